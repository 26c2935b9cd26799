"""Results sheets: what was asked, said, decided and done, on paper, for where people do not read e-mail."""

from flask import Response, request

from involve.documents.paper import Paper
from involve.i18n import LANGUAGES, page_language
from involve.services.returns.sheets import Sheet, show_decision_sheet, show_project_sheet
from involve.vocabulary.outcomes import find_status
from involve.web.addresses import page
from involve.web.limits import PRINTING, limiter
from involve.web.paper import NAMES, full_addresses, send_paper
from involve.web.promises import blueprint
from involve.web.site import site


@page(blueprint, cy="/prosiectau/<slug>/taflen.pdf", en="/projects/<slug>/sheet.pdf")
@limiter.limit(PRINTING)
def print_project(slug: str) -> Response:
    """Take the results sheet of a project."""
    with site().reading() as session:
        sheet = show_project_sheet(session, slug, site().clock())
    return send_sheet(sheet, full_addresses("what_changed.show_project", slug=slug))


@page(
    blueprint, cy="/penderfyniadau/<int:decision_id>/taflen.pdf", en="/decisions/<int:decision_id>/sheet.pdf"
)
@limiter.limit(PRINTING)
def print_decision(decision_id: int) -> Response:
    """Take the results sheet of a decision."""
    with site().reading() as session:
        sheet = show_decision_sheet(session, decision_id, site().clock())
    return send_sheet(sheet, full_addresses("promises.show_decision", decision_id=decision_id))


def send_sheet(sheet: Sheet, more: dict[str, str]) -> Response:
    """Return a sheet as the reader asks for it: `both` languages, Welsh first, or that of the page; `large` letters."""
    languages = LANGUAGES if "both" in request.args else (page_language(),)
    paper = Paper("sheet", sheet.title, languages, large="large" in request.args)
    return send_paper(
        paper,
        f"{NAMES[page_language()]}-{sheet.slug}",
        sheet=sheet,
        today=site().today,
        more=more,
        my_story=full_addresses("my_story.open_story"),
        find_status=find_status,
    )
