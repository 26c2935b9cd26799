"""How to use these figures elsewhere: the help of the API, and what to copy for the stories of a filter."""

from urllib.parse import urlencode

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from involve.services.evidence.evidence import find_stories
from involve.web.addresses import page
from involve.web.api.examples import EVIDENCE, STORIES
from involve.web.api.parameters import EXAMPLES, FILTERS, PAGING
from involve.web.limits import KEYED_SEARCHING, KEYED_SENDING, SEARCHING, SENDING, amount_of
from involve.web.sharing import blueprint
from involve.web.sharing.asked import read_shared, refuse, site_root
from involve.web.sharing.embedded import frame_lines
from involve.web.sharing.stories_feed import ENTRIES
from involve.web.site import site

# More values than this are not listed one by one.
MOST_LISTED = 10


@page(blueprint, cy="/api", en="/api")
def show_help() -> str:
    """Read how programs use what is public: addresses, filters, limits, keys, errors."""
    return render_template(
        "sharing/help.html",
        filters=FILTERS,
        paging=PAGING,
        examples=EXAMPLES,
        most_listed=MOST_LISTED,
        stories=STORIES,
        evidence=EVIDENCE,
        limits={
            "read": (amount_of(SEARCHING), amount_of(KEYED_SEARCHING)),
            "send": (amount_of(SENDING), amount_of(KEYED_SENDING)),
        },
        entries=ENTRIES,
        root=site_root(),
    )


@page(blueprint, cy="/mewnosod", en="/embed")
def take_along() -> ResponseReturnValue:
    """Copy what shows the stories of a filter elsewhere: a frame, a feed, an address for programs."""
    with site().reading() as session:
        shared = read_shared(session)
        if shared.problems:
            return refuse(shared)
        total = find_stories(session, shared.wanted, 1).total
    query = f"?{asked}" if (asked := urlencode(shared.address)) else ""
    return render_template(
        "sharing/take_along.html",
        words=shared.words,
        total=total,
        snippets=frame_lines(shared),
        feed=site_root() + url_for("sharing.show_stories") + query,
        counts=site_root() + url_for("api.count_stories") + query,
        listed=site_root() + url_for("api.list_stories") + query,
        frame=url_for("sharing.embed_evidence") + query,
        back=url_for("evidence.browse_evidence") + query,
    )
