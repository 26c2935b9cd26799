"""Gathering stories with people on one device: where a collector starts, and where each story ends for them."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from involve.services.projects.project_views import view_project
from involve.services.projects.projects import find_project
from involve.services.staff.access import projects_where, require
from involve.services.stories.collect import list_collecting
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import page
from involve.web.my_story.opened import close_here
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint


@page(blueprint, cy="/staff/casglu", en="/staff/collect")
def show_collecting() -> str:
    """See the projects in which I may gather stories, and those for which I may log hours."""
    actor = signed_in()
    with site().reading() as session:
        open_projects = list_collecting(session, actor, site().today)
        logging = [
            (project.slug, Bilingual(project.name_cy, project.name_en))
            for project in projects_where(session, actor, "log_outreach")
        ]
    return render_template("staff/collecting.html", open_projects=open_projects, logging=logging)


@page(blueprint, cy="/staff/prosiectau/<slug>/casglu", en="/staff/projects/<slug>/collect")
def collect_stories(slug: str) -> ResponseReturnValue:
    """Gather stories: how to, and the button that begins the next one. No story stays open on the way."""
    actor = signed_in()
    with site().reading() as session:
        row = find_project(session, slug)
        require(actor, "collect", row)
        project = view_project(row, site().today)
    close_here()
    return render_template("staff/collect.html", project=project)


def first_page() -> ResponseReturnValue | None:
    """Return the way to their own first page for those who log insights and read no stories, else None."""
    actor = signed_in()
    if actor.may_anywhere("read_queue") or not actor.may_anywhere("log_insight"):
        return None
    return redirect(url_for("insights.log_insight"), 303)
