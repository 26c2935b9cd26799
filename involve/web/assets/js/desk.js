// The desks of staff: words are hidden by clicking, selecting or the keyboard, single keys move about, and sentences are
// ticked by selecting them. Loaded on those pages only; each works without it.
import { offerKeys } from "./keys.js";
import { offerHiding } from "./hiding.js";
import { offerSentences } from "./sentences.js";

offerHiding();
offerKeys();
offerSentences();
