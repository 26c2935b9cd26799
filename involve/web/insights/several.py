"""Logging many insights at once: a short list on one page, or a CSV file, whose lines go in one by one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from involve.errors import Conflict
from involve.i18n import lazy_gettext as _l
from involve.services.evidence.import_plan import Refusal
from involve.services.insights.insight_upload import (
    FileRefused,
    Row,
    UploadOutcome,
    log_lines,
    read_table,
    take_rows,
)
from involve.services.insights.insights import habits_of, list_logging
from involve.services.projects.signposts import list_signposts
from involve.vocabulary.insights import HOW
from involve.web.addresses import page
from involve.web.errors import show_explanation
from involve.web.explanation import Explanation
from involve.web.flashes import flash
from involve.web.help import part_help
from involve.web.insights import blueprint
from involve.web.insights.logging import SENT_ALREADY
from involve.web.insights.several_forms import FileForm, SeveralForm
from involve.web.security import signed_in
from involve.web.site import site

LOGGED = _l("They are logged. You find the answers here.")
HOWS = ", ".join(how.id for how in HOW)
# Rows of one transaction: short, because a participant who sends a story meanwhile waits for it on SQLite.
BATCH = 25
REASONS = {
    "empty": _l("No text"),
    "long": _l("The text is longer than 2,000 characters"),
    "unreadable": _l("The text holds characters that cannot be read"),
    "people": _l("People: write a whole number, or 2-5, 6-20 or 20+"),
    "how": _l("How: write %(words)s", words=HOWS),
    "area": _l("Area: write the name of a local authority, in Welsh or in English, or its GSS code"),
    "idea": _l("What you would try is longer than 1,000 characters"),
    "personal": _l("It seems to name someone: take that out, or tick the box below and send the file again"),
    "csv": _l("A quotation mark is missing or stands in the wrong place"),
}
FILES = {
    "empty": _l("The file is empty"),
    "large": _l("The file is larger than 400 kB. Send it in parts."),
    "workbook": _l("This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8” and send that."),
    "binary": _l("This is not a text file, whatever its name says. Save your table as “CSV UTF-8”."),
    "encoding": _l(
        "The letters of this file cannot be read. Save it as “CSV UTF-8”, so that letters such as ŵ and ŷ come through."
    ),
    "rows": _l("The file has more than 200 lines. Send it in parts."),
    "broken": _l("The first line cannot be read as CSV"),
    "columns": _l("The first line has to name the columns, and one of them has to be: %(name)s", name="text"),
}
TOO_LARGE = Explanation(
    "too_large", 413, _l("This file is too large"), _l("A file can have up to 400 kB and 200 lines.")
)


@page(blueprint, cy="/staff/mewnwelediadau/sawl", en="/staff/insights/several", methods=("GET", "POST"))
def log_several() -> ResponseReturnValue:
    """Log several at once, one to a line."""
    with site().reading() as session:
        form = SeveralForm(list_logging(session, signed_in()), habits_of(session, signed_in()))
    if request.method == "GET" or "switch" in request.form or not form.validate():
        return show_several(form)
    named = form.notice()
    if named:
        return show_several(form, named)
    try:
        with site().writing() as session:
            client_id, now = UUID(form.client_id.data), site().clock()
            log_lines(session, signed_in(), form.drafts, client_id, now, site().settings.code_key)
    except Conflict:
        form.renew()
        form.form_errors.append(SENT_ALREADY)
        return show_several(form)
    flash(LOGGED, "good")
    return redirect(url_for("insights.show_mine", risk=1), 303)


@page(blueprint, cy="/staff/mewnwelediadau/ffeil", en="/staff/insights/file", methods=("GET", "POST"))
def log_file() -> ResponseReturnValue:
    """Log the lines of a CSV file, and see which could not be taken, and why."""
    with site().reading() as session:
        form = FileForm(list_logging(session, signed_in()), habits_of(session, signed_in()))
    if request.method == "GET" or "switch" in request.form or not form.validate():
        return show_file(form)
    try:
        rows, broken = read_table(form.table.data.read())
    except FileRefused as error:
        form.table.errors = [FILES[str(error)]]
        return show_file(form)
    return show_file(form, take_in_batches(form, rows, broken))


@blueprint.errorhandler(RequestEntityTooLarge)
def explain_size(_error: RequestEntityTooLarge) -> Response:
    """Say how large a file can be; nothing else that is sent here is ever that large."""
    return show_explanation(TOO_LARGE)


def take_in_batches(form: FileForm, rows: Sequence[Row], broken: Sequence[Refusal]) -> UploadOutcome:
    """Log rows, each batch for itself: what went in stays in, and a repeat adds nothing."""
    outcome = UploadOutcome(refused=tuple(broken))
    for start in range(0, len(rows), BATCH):
        with site().writing() as session:
            outcome += take_rows(
                session,
                signed_in(),
                form.project.data,
                rows[start : start + BATCH],
                site().clock(),
                site().settings.code_key,
                bool(form.named_too.data),
                bool(form.wants_letter.data),
            )
    return outcome


def show_several(
    form: SeveralForm, named: Sequence[tuple[str, list[tuple[int, int]]]] = ()
) -> ResponseReturnValue:
    """Show the short list, and the lines that seem to name someone."""
    body = render_template("insights/several.html", form=form, named=named, twin_form="insight")
    return make_response(body, 422 if form.errors else 200)


def show_file(form: FileForm, outcome: UploadOutcome | None = None) -> ResponseReturnValue:
    """Show the form of a file, and what became of the one that was sent."""
    values: dict[str, Any] = {"refused": [], "help_parts": None, "hows": HOWS}
    if outcome is not None:
        refused = sorted(outcome.refused, key=lambda each: each.line)
        values["refused"] = [(each.line, REASONS[each.reason]) for each in refused]
        if outcome.at_risk:
            with site().reading() as session:
                values["help_parts"] = part_help(list_signposts(session))
    body = render_template("insights/file.html", form=form, outcome=outcome, twin_form="insight", **values)
    return make_response(body, 422 if form.errors else 200)
