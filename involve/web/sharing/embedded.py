"""Counts and the newest stories of a filter in small, for a frame on another site: no script, no cookie, no form."""

from urllib.parse import urlencode

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from involve.database import Session
from involve.i18n import LANGUAGES, in_both
from involve.i18n import lazy_gettext as _l
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import Choosing, Facet, count_facets
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.public_story import PublicStory
from involve.web.addresses import PAGE, page
from involve.web.limits import SEARCHING, limiter
from involve.web.sharing import blueprint
from involve.web.sharing.asked import Shared, read_shared, refuse, site_root
from involve.web.site import site
from involve.web.unchanged import send_if_changed
from involve.web.what_changed.embedded import FRAME, Snippet

# How many stories and how many goals or stances stand in a frame, and how high it is in pixels.
MOST_STORIES, MOST_SPOKEN_OF = 3, 4
HEIGHT = 640
NAME = _l("Published stories")


@page(blueprint, cy="/mewnosod/tystiolaeth", en="/embed/evidence")
@limiter.limit(SEARCHING)
def embed_evidence() -> ResponseReturnValue:
    """Show in a frame how many stories fit, what they speak of, and the newest that may be quoted."""
    with site().reading() as session:
        shared = read_shared(session)
        if shared.problems:
            return refuse(shared)
        choosing = Choosing(session)
        found = find_stories(session, shared.wanted, choosing=choosing)
        spoken_of = _spoken_of(session, shared.wanted, choosing)
    shown = render_template(
        "sharing/embed.html",
        words=shared.words,
        total=found.total,
        spoken_of=spoken_of,
        stories=quotable(found.stories),
        more=url_for("evidence.browse_evidence", **shared.address),
    )
    return send_if_changed(make_response(shown))


def _spoken_of(session: Session, wanted: EvidenceFilter, choosing: Choosing) -> tuple[Facet, ...]:
    """Return what the stories speak of: their goals, or where one was asked for, their stances.

    What was asked for itself is counted without that choice, so it would be more than there are stories.
    """
    names = ("goal",) if wanted.goal is None else ("stance",) if wanted.stance is None else ()
    return count_facets(session, wanted, choosing, names)[:MOST_SPOKEN_OF]


def quotable(stories: tuple[PublicStory, ...]) -> list[PublicStory]:
    """Return the first of those whose tellers agreed to be quoted: others agreed to be read on this site only."""
    return [story for story in stories if story.quotable][:MOST_STORIES]


def frame_lines(shared: Shared) -> tuple[Snippet, ...]:
    """Return what to paste for each language, with whole addresses; the frame is named in that language."""
    query = urlencode(shared.address)
    names = in_both(NAME)
    found = []
    for language in LANGUAGES:
        address = site_root() + url_for("sharing.embed_evidence", **{PAGE: language})
        whole, name = address + (f"?{query}" if query else ""), names[language]
        lines = FRAME.format(address=escape(whole), name=escape(name), language=language, height=HEIGHT)
        found.append(Snippet(language, lines))
    return tuple(found)
