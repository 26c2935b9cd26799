"""A brief on whatever the filters of the evidence page fix, to be read, and to be taken along as a pack."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.documents.pack import FINDERS, write_pack
from involve.documents.word import write_docx
from involve.errors import BadInput
from involve.i18n import LANGUAGES, PageLanguage, page_language
from involve.services.findings.brief import Brief, write_brief
from involve.services.findings.choices import leave_out
from involve.services.projects.projects import name_projects
from involve.web.addresses import page
from involve.web.evidence import blueprint
from involve.web.evidence.asked import PROBLEMS, Asked, read_asked, write_address
from involve.web.limits import BRIEFING, PACKING, limiter
from involve.web.paper import send_html_as, send_pdf
from involve.web.site import site

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: dict[PageLanguage, str] = {"cy": "briff", "en": "brief"}


@page(blueprint, cy="/tystiolaeth/briff", en="/evidence/brief")
@limiter.limit(BRIEFING)
def show_brief() -> ResponseReturnValue:
    """Read a brief: counts, how strong they are, people’s words, who is missing, and what came of it."""
    asked, brief = look_up(request.args)
    address = write_address(asked.wanted)
    slug = asked.wanted.project
    values = {
        "brief": brief,
        "problems": [(PROBLEMS[name], asked.typed.get(name, "")) for name in asked.problems],
        "address": address,
        "both": {**address, "both": 1},
        "story_url": story_url,
        "against_url": against_url(brief),
        "wider_url": lambda kind: url_for(
            "evidence.show_brief", **write_address(leave_out(asked.wanted, kind))
        ),
        "project_url": lambda slug: url_for(
            "evidence.show_brief", **write_address(replace(asked.wanted, project=slug))
        ),
        "missing_url": url_for("evidence.show_missing_in_project", slug=slug)
        if slug
        else url_for("evidence.show_missing_on_site"),
    }
    shown = render_template("evidence/brief.html", **FINDERS, **values)
    return make_response(shown, 400 if brief is None else 200)


@page(blueprint, cy="/tystiolaeth/briff.pdf", en="/evidence/brief.pdf")
@limiter.limit(PACKING)
def take_pdf() -> Response:
    """Take a brief along as a PDF."""
    return send_pdf(make_pack(), FILES[page_language()])


@page(blueprint, cy="/tystiolaeth/briff.docx", en="/evidence/brief.docx")
@limiter.limit(PACKING)
def take_word() -> Response:
    """Take a brief along as a Word document."""
    html = make_pack()
    return send_html_as(DOCX, html, f"{FILES[page_language()]}.docx", partial(write_docx, html))


def make_pack() -> str:
    """Return the pack that was asked for as HTML: in `both` languages, Welsh first, or in that of the page.

    Raises:
        BadInput: the address asks for what there is not.
    """
    asked, brief = look_up(request.args)
    if brief is None:
        raise BadInput(asked.problems[0])
    languages = LANGUAGES if "both" in request.args else (page_language(),)
    return write_pack(
        brief, languages, site().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    )


def look_up(arguments: Mapping[str, str]) -> tuple[Asked, Brief | None]:
    """Return what an address asks for, and the brief on it; none where it cannot be used."""
    with site().reading() as session:
        # A brief has one page only.
        asked = read_asked({**arguments, "after": ""}, frozenset(name_projects(session)))
        return asked, None if asked.problems else write_brief(session, asked.wanted, site().clock())


def story_url(reference: str) -> str:
    """Return where a quoted story is read."""
    return url_for("evidence.read_story", reference=reference)


def against_url(brief: Brief | None) -> str:
    """Return where the stories against a finding are listed; nothing where there are none."""
    if brief is None or not brief.against:
        return ""
    return url_for("evidence.browse_evidence", **write_address(replace(brief.wanted, stance=brief.opposite)))
