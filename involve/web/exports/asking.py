"""Asking for a file of the stories that fit the filters of the evidence page."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from tempfile import TemporaryFile
from typing import IO, Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.documents.tables.columnar import has_parquet
from involve.documents.tables.writers import write_stories
from involve.i18n import gettext
from involve.services.evidence.exports import AT_ONCE, ask_for_export
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.published import count_published, one_moment, published_stories
from involve.services.projects.projects import name_projects
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.exports import find_export_form
from involve.web.addresses import page
from involve.web.evidence.asked import PROBLEMS, Asked, read_asked, write_address
from involve.web.evidence.panel import choice_label
from involve.web.exports import blueprint
from involve.web.exports.forms import ExportForm
from involve.web.limits import EXPORTING, PRINTING, limiter
from involve.web.site import site

# Of a file, handed over at once.
PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for, how many stories fit, and the names of the projects."""

    asked: Asked
    total: int
    projects: Mapping[str, Bilingual]


@page(blueprint, cy="/lawrlwytho", en="/download", methods=("GET", "POST"))
@limiter.limit(EXPORTING, methods=["POST"])
def take_stories() -> ResponseReturnValue:
    """Choose a kind of file for the stories that fit; few come at once, of many a file is made."""
    wanted, form = look_up(request.args), ExportForm()
    chosen = request.method == "POST" and "switch" not in request.form
    if chosen and wanted.total and form.validate():
        if wanted.total <= AT_ONCE:
            address = write_address(wanted.asked.wanted)
            return redirect(url_for("exports.send_stories", format=form.format.data, **address), 303)
        key = secrets.token_urlsafe(16)
        with site().writing() as session:
            job = ask_for_export(session, wanted.asked.wanted, form.format.data, key, site().clock())
        site().carry_out(job)
        return redirect(url_for("exports.show_export_here", key=key), 303)
    return show_form(wanted, form)


@page(blueprint, cy="/lawrlwytho/ffeil", en="/download/file")
@limiter.limit(PRINTING)
def send_stories() -> ResponseReturnValue:
    """Take a few stories along at once, as a file."""
    wanted, form = look_up(request.args), ExportForm(request.args)
    if not wanted.total or wanted.total > AT_ONCE or not form.validate():
        return show_form(wanted, form)
    # Written first: whoever reads slowly keeps no connection to the database.
    file = TemporaryFile()  # noqa: SIM115  closed with the answer
    with one_moment(site().factory) as session:
        write_stories(form.format.data, file, published_stories(session, wanted.asked.wanted))
    return send_file(file, form.format.data)


def look_up(arguments: Mapping[str, str]) -> Wanted:
    """Return what an address asks for, and how many stories fit; none where it cannot be used."""
    with site().reading() as session:
        projects = name_projects(session)
        asked = read_asked(arguments, frozenset(projects))
        total = 0 if asked.problems else count_published(session, asked.wanted)
    return Wanted(asked, total, projects)


def show_form(wanted: Wanted, form: ExportForm) -> ResponseReturnValue:
    """Return the page that asks for the kind of file, or says why there is none."""
    asked, status = wanted.asked, 200
    if asked.problems:
        status = 400
    elif form.errors or (request.method == "POST" and not wanted.total):
        status = 422
    values: dict[str, Any] = {
        "total": wanted.total,
        "at_once": wanted.total <= AT_ONCE,
        "problems": [(PROBLEMS[name], asked.typed.get(name, "")) for name in asked.problems],
        "chosen": list(label_filter(asked.wanted, wanted.projects)),
        "address": write_address(asked.wanted),
        "parquet": has_parquet(),
        "project": asked.wanted.project,
        "twin_form": "download" if wanted.total else "",
    }
    return make_response(render_template("exports/take.html", form=form, **values), status)


def label_filter(wanted: EvidenceFilter, projects: Mapping[str, Bilingual]) -> Iterator[str]:
    """Yield in words what the stories are chosen by."""
    for field in fields(EvidenceFilter):
        value = getattr(wanted, field.name)
        if not value:
            continue
        if field.name == "words":
            yield gettext("Search: %(words)s", words=value)
        else:
            yield choice_label(field.name, value, projects)


def send_file(file: IO[bytes], form: str) -> Response:
    """Return an open file as an answer that is handed over piece by piece."""
    kind = find_export_form(form)
    size = file.seek(0, 2)
    file.seek(0)
    answer = Response(hand_over(file), mimetype=kind.mimetype)
    answer.call_on_close(file.close)
    name = f"involve-{site().today.isoformat()}.{kind.suffix}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.content_length = size
    return answer


def hand_over(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what is in an open file, and close it."""
    with file:
        while piece := file.read(PIECE):
            yield piece
