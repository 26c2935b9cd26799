"""The newest published stories that fit the filters of the evidence page, as a feed in each language."""

import hashlib
from urllib.parse import urlencode

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from involve.documents.feeds import ATOM, Place
from involve.documents.stories_feed import FeedWords, write_stories_feed
from involve.i18n import gettext, other_language, page_language
from involve.services.evidence.evidence import find_stories
from involve.web.addresses import PAGE, page
from involve.web.limits import SEARCHING, limiter, say_limit
from involve.web.sharing import blueprint
from involve.web.sharing.asked import Shared, read_shared, refuse, site_root
from involve.web.site import site
from involve.web.unchanged import send_if_changed

# Stories on one page of a feed; its link `next` goes on.
ENTRIES = 50


@page(blueprint, cy="/tystiolaeth.atom", en="/evidence.atom")
@limiter.limit(SEARCHING)
def show_stories() -> ResponseReturnValue:
    """Follow the stories that fit, the newest first, a page at a time."""
    with site().reading() as session:
        shared = read_shared(session, paged=True)
        if shared.problems:
            return refuse(shared)
        found = find_stories(session, shared.wanted, ENTRIES, shared.after)
    written = write_stories_feed(
        found.stories,
        _words(shared),
        page_language(),
        _place(shared, found.next),
        lambda story: url_for("evidence.read_story", reference=story.reference),
    )
    return send_if_changed(say_limit(Response(written, mimetype=ATOM)))


def _words(shared: Shared) -> FeedWords:
    """Return the site's words, in the language of the page."""
    # The same filters in another order are the same feed.
    asked = urlencode(sorted(shared.address.items()))
    known_as = hashlib.sha256(asked.encode()).hexdigest()[:16] if asked else "all"
    return FeedWords(
        f"feed/stories/{known_as}",
        ": ".join(("Involve", " · ".join((gettext("Published stories"), *shared.words)))),
        lambda story: gettext("Story %(reference)s", reference=story.reference),
        gettext("Read this story on the site. The person who told it has not agreed to be quoted."),
    )


def _place(shared: Shared, more: str | None) -> Place:
    """Return where the feed stands, and where it goes on."""
    own = {**shared.address, **({"after": shared.after} if shared.after else {})}
    return Place(
        site_root(),
        _address("sharing.show_stories", own),
        _address("sharing.show_stories", own, **{PAGE: other_language(page_language())}),
        _address("evidence.browse_evidence", shared.address),
        _address("sharing.show_stories", shared.address),
        _address("sharing.show_stories", {**shared.address, "after": more}) if more else "",
    )


def _address(endpoint: str, asked: dict[str, str], **values: str) -> str:
    """Return the path of a page with a question; written by hand, as url_for reads some names as orders."""
    query = urlencode(asked)
    return url_for(endpoint, **values) + (f"?{query}" if query else "")
