// The count of characters, with its thousands parted in Welsh too: browsers have no Welsh numbers, which are written as
// English ones are.
import { CharacterCount } from "govuk-frontend";

export class StoryCount extends CharacterCount {
  formatCountMessage(remaining, kind) {
    const said = super.formatCountMessage(remaining, kind);
    return said.replace(/\d{4,}/, (digits) => Number(digits).toLocaleString("en-GB"));
  }
}
