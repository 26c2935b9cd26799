"""Who has not been heard: by the whole site and by each project, in tables with what they show in words."""

from flask import render_template

from involve.i18n import page_language
from involve.services.missing.figures import ENOUGH
from involve.services.missing.views import Missing, Part, show_missing
from involve.vocabulary.areas import AREAS, Area, find_area
from involve.vocabulary.terms import find
from involve.web.addresses import page
from involve.web.evidence import blueprint
from involve.web.site import site


@page(blueprint, cy="/pwy-sydd-heb-eu-clywed", en="/who-is-missing")
def show_missing_on_site() -> str:
    """See whom all projects together have not heard."""
    with site().reading() as session:
        return show(show_missing(session))


@page(blueprint, cy="/prosiectau/<slug>/pwy-sydd-heb-eu-clywed", en="/projects/<slug>/who-is-missing")
def show_missing_in_project(slug: str) -> str:
    """See whom one project has not heard."""
    with site().reading() as session:
        return show(show_missing(session, slug))


def show(missing: Missing) -> str:
    """Return the page."""
    within = [find_area(gss) for gss in missing.areas] or list(AREAS)
    return render_template(
        "evidence/missing.html",
        missing=missing,
        enough=ENOUGH,
        named=name_areas,
        group_name=lambda part, group: find(part.question.groups, group.id).name,
        census=sorted(within, key=lambda area: area.name.in_language(page_language())),
        everyone=sum(area.population_2021 for area in within),
    )


def name_areas(part: Part) -> list[Area]:
    """Return the areas with which a question is compared; none: all Wales."""
    return [find_area(gss) for gss in part.areas]
