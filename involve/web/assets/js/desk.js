// The moderation desk: words are hidden by clicking, selecting or the keyboard; single keys move about. Loaded on pages
// of moderators only; each page works without it.
import { offerKeys } from "./keys.js";
import { offerHiding } from "./hiding.js";

offerHiding();
offerKeys();
