"""Paper that leaves the site as PDF: not made again for a reader who has it, and no oftener than stated."""

from collections.abc import Callable
from functools import partial

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
    return send_pdf(write_html(paper, **values), name)


def send_pdf(html: str, name: str) -> Response:
    """Return paper that is written already as a PDF of that name."""
    return send_html_as("application/pdf", html, f"{name}.pdf", partial(write_pdf, html))


def send_html_as(mimetype: str, html: str, name: str, make: Callable[[], bytes]) -> Response:
    """Return the file that *make* makes of *html*, unless the reader has it already; no search engine lists it."""
    answer = Response(mimetype=mimetype)
    answer.set_etag(mark_of(html))
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.make_conditional(request)
    if answer.status_code != 304:
        answer.set_data(make())
    return answer


def full_addresses(endpoint: str, **values: object) -> dict[PageLanguage, str]:
    """Return the whole address of a page in each language, as people type it or scan it from paper."""
    root = site().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    return {language: root + url_for(endpoint, **{PAGE: language}, **values) for language in LANGUAGES}
