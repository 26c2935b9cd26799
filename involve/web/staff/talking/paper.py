"""Posters and cards for a project, to be printed by staff and given out where people are."""

from flask import Response, render_template

from involve.documents.paper import Paper
from involve.errors import NotFound, StageClosed
from involve.i18n import in_both
from involve.i18n import lazy_gettext as _l
from involve.services.projects.project_views import ProjectView, view_project
from involve.services.projects.projects import find_project
from involve.services.staff.access import require
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.ladders import find_rung
from involve.web.addresses import page
from involve.web.limits import PRINTING, limiter
from involve.web.paper import full_addresses, send_paper
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint

# By the name in the address: the template, its title, how many stand on one sheet, and whether it invites to tell.
KINDS = {
    "poster": ("poster", _l("Poster: tell your story"), 0, True),
    "cards": ("card_tell", _l("Cards: tell your story"), 4, True),
    "codes": ("card_code", _l("Cards: come back with your code"), 8, False),
}


@page(blueprint, cy="/staff/prosiectau/<slug>/papur", en="/staff/projects/<slug>/paper")
def show_paper(slug: str) -> str:
    """See what can be printed for a project."""
    project = find_own(slug)
    return render_template(
        "staff/paper.html", project=project, tell=full_addresses("tell.tell_story", slug=slug)
    )


@page(blueprint, cy="/staff/prosiectau/<slug>/papur/<kind>.pdf", en="/staff/projects/<slug>/paper/<kind>.pdf")
@limiter.limit(PRINTING)
def print_paper(slug: str, kind: str) -> Response:
    """Take a poster or cards, Welsh first and both languages in the same size."""
    project = find_own(slug)
    if kind not in KINDS:
        raise NotFound(kind)
    template, title, copies, invites = KINDS[kind]
    if invites and project.current.progress == "past":
        raise StageClosed(slug)
    paper = Paper(template, Bilingual(**in_both(title)), copies=copies)
    return send_paper(
        paper,
        f"{kind}-{slug}",
        project=project,
        rung=find_rung(project.current.ladder, project.current.rung),
        tell=full_addresses("tell.tell_story", slug=slug),
        my_story=full_addresses("my_story.open_story"),
    )


def find_own(slug: str) -> ProjectView:
    """Return a project for which this person may print.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        row = find_project(session, slug)
        require(signed_in(), "print_paper", row)
        return view_project(row, site().today)
