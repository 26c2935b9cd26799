"""The evidence pages: a list with filters and search, and one story."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from involve.errors import NotFound
from involve.services.deciding.ahead import list_ahead_of
from involve.services.evidence.alike import Alike, find_alike
from involve.services.evidence.evidence import get_story
from involve.services.evidence.facets import Choosing
from involve.services.evidence.remembering import remember
from involve.services.projects.projects import name_projects
from involve.web.addresses import page
from involve.web.evidence import blueprint
from involve.web.evidence.asked import read_asked, write_address
from involve.web.evidence.listing import make_list
from involve.web.labels import facet_label
from involve.web.limits import SEARCHING, limiter
from involve.web.site import site


@page(blueprint, cy="/tystiolaeth", en="/evidence")
@limiter.limit(SEARCHING)
def browse_evidence() -> ResponseReturnValue:
    """Browse what people live through, by goal, way, stance, place, project, language and words."""
    with site().reading() as session:
        choosing = Choosing(session)
        names = remember(session, choosing.index, "names", "projects", lambda: name_projects(session))
        asked = read_asked(request.args, names.keys())
        listed = make_list(session, asked, choosing, names)
    values = {"listed": listed, "asked": asked, "download": write_address(asked.wanted)}
    return make_response(render_template("evidence/list.html", **values), 400 if asked.problems else 200)


@page(blueprint, cy="/tystiolaeth/<reference>", en="/evidence/<reference>")
def read_story(reference: str) -> str:
    """Read one published story, with its tags and the words behind them."""
    with site().reading() as session:
        story = get_story(session, reference)
        if story is None:
            raise NotFound(reference)
        ahead, alike = list_ahead_of(session, story.reference), find_alike(session, story.id)
    return render_template(
        "evidence/story.html", story=story, ahead=ahead, alike=alike, shared_names=_shared_names
    )


def _shared_names(each: Alike) -> tuple[str, ...]:
    """Return the names of what two stories share, each once: a theme may be called as a topic is."""
    return tuple(dict.fromkeys(facet_label(facet, value) for facet, value in each.shared))
