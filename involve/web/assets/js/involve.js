// The niceties of the site, loaded as a module: every journey works without them.
import { ErrorSummary, PasswordInput, createAll } from "govuk-frontend";
import { browseInPlace } from "./browse.js";
import { offerCode } from "./code.js";
import { StoryCount } from "./count.js";
import { watchExport } from "./exports.js";
import { offerLeaving } from "./leave.js";
import { sendOnce } from "./once.js";
import { offerPasskeys } from "./passkeys.js";
import { offerTriads } from "./triad.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [StoryCount, ErrorSummary, PasswordInput]) {
  createAll(component);
}
offerLeaving();
sendOnce();
offerCode();
offerPasskeys();
offerTriads();
watchExport();
browseInPlace();
