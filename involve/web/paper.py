"""Paper that leaves the site as PDF: not made again for a reader who has it, and no oftener than stated."""

from flask import Response, request, url_for

from involve.documents.paper import Paper, mark_of, write_html, write_pdf
from involve.i18n import LANGUAGES, PageLanguage
from involve.web.addresses import PAGE
from involve.web.site import site

NAMES: dict[PageLanguage, str] = {"cy": "taflen", "en": "sheet"}


def send_paper(paper: Paper, name: str, **values: object) -> Response:
    """Return *paper* as a PDF, or only that nothing changed where the reader has it already.

    No PDF is kept here: words that were taken back are on no later sheet.
    """
    html = write_html(paper, **values)
    answer = Response(mimetype="application/pdf")
    answer.set_etag(mark_of(html))
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.make_conditional(request)
    if answer.status_code != 304:
        answer.set_data(write_pdf(html))
    return answer


def full_addresses(endpoint: str, **values: object) -> dict[PageLanguage, str]:
    """Return the whole address of a page in each language, as people type it or scan it from paper."""
    root = site().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    return {language: root + url_for(endpoint, **{PAGE: language}, **values) for language in LANGUAGES}
