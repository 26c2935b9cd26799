"""The list of projects, and one project with its question, rung and promise."""

from flask import render_template

from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.missing.views import headline
from involve.services.pictures.by_goal import count_by_goal
from involve.services.projects.privacy import show_privacy
from involve.services.projects.projects import get_project, list_projects
from involve.services.promises.changes import find_answer
from involve.services.reading.theme_views import list_public_themes
from involve.services.returns.done import list_done
from involve.vocabulary.ladders import find_ladder, find_rung
from involve.vocabulary.stages import find_stage
from involve.vocabulary.standings import RULE
from involve.web.addresses import page
from involve.web.pictures.drawings import wheel_values
from involve.web.projects import blueprint
from involve.web.site import site

FEW = 3


@page(blueprint, cy="/prosiectau", en="/projects")
def show_projects() -> str:
    """See every project, open ones first."""
    with site().reading() as session:
        projects = list_projects(session, site().today)
    return render_template(
        "projects/list.html", projects=projects, find_rung=find_rung, find_stage=find_stage
    )


@page(blueprint, cy="/prosiectau/<slug>", en="/projects/<slug>")
def show_project(slug: str) -> str:
    """See what a project asks, what can still change, and what the body promises."""
    with site().reading() as session:
        project = get_project(session, slug, site().today)
        answered_on = find_answer(session, project)
        privacy = show_privacy(session, project.id)
        themes = list_public_themes(session, project.id)
        done = list_done(session, [project.id])[project.id]
        choosing, wanted = Choosing(session), EvidenceFilter(project=slug)
        newest = find_stories(session, wanted, limit=FEW, choosing=choosing)
        goals = count_by_goal(choosing, choosing.fitting(wanted))
        heard = headline(session, slug)
    ladder = find_ladder(project.current.ladder)
    rung = find_rung(project.current.ladder, project.current.rung)
    return render_template(
        "projects/project.html",
        project=project,
        ladder=ladder,
        rung=rung,
        newest=newest,
        heard=heard,
        themes=themes,
        answered_on=answered_on,
        done=done,
        privacy=privacy,
        today=site().today,
        find_stage=find_stage,
        **wheel_values(goals, wanted),
    )


@page(blueprint, cy="/prosiectau/<slug>/themau", en="/projects/<slug>/themes")
def show_themes(slug: str) -> str:
    """See the themes that participants and staff made together, those of a minority among them."""
    with site().reading() as session:
        project = get_project(session, slug, site().today)
        themes = list_public_themes(session, project.id)
        heard = headline(session, slug)
    return render_template("projects/themes.html", project=project, themes=themes, rule=RULE, heard=heard)
