"""The steps of a file that was sent: which column is what, what would go in, how far it is, what became of it."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import Conflict
from involve.i18n import gettext
from involve.services.evidence.exporting import guard_cell
from involve.services.importing.taking import make_importer
from involve.services.importing.uploads import (
    UNDER_WAY,
    ImportView,
    confirm_import,
    first_rows,
    forget_import,
    plan_import,
    refused_lines,
    view_import,
)
from involve.services.upkeep.handlers import import_handlers
from involve.services.upkeep.jobs import run_job
from involve.web.addresses import page
from involve.web.fields import UNREADABLE_CHARACTERS
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.importing.import_forms import MORE_USES, TOLD, ColumnsForm, column_name
from involve.web.staff.importing.import_words import note_words, reason_words

# So few rows that a person can wait for them.
LOOK_AT_ONCE, TAKE_AT_ONCE = 200, 25
# Refused rows on the page; all of them are in the file that can be fetched.
SHOWN_REFUSED = 50
SHORT = 160  # characters of a cell that are shown


@page(blueprint, cy="/staff/mewnforio/<import_key>", en="/staff/import/<import_key>", methods=("GET", "POST"))
def show_import(import_key: str) -> ResponseReturnValue:
    """See where a file stands, and take the next step."""
    view = look_up(import_key)
    if request.method == "GET":
        return show_step(view)
    do = request.form.get("do", "")
    if do == "delete":
        with site().writing() as session:
            forget_import(session, signed_in(), import_key, folder(), site().clock())
        return redirect(url_for("staff.start_import"), 303)
    if do == "take":
        return take_in(view)
    return match_columns(view)


def match_columns(view: ImportView) -> ResponseReturnValue:
    """Keep what was said of the columns and have the file looked through."""
    form = ColumnsForm(view, first_rows(folder(), view.key))
    if view.state not in ("sent", "looked"):
        return redirect(url_for("staff.show_import", import_key=view.key), 303)
    if "switch" in request.form or not form.validate():
        return show_columns(view, form)
    with site().writing() as session:
        plan = form.plan(view.project)
        job = plan_import(session, signed_in(), view.key, plan, form.places, site().clock())
    return go_on(view, job, LOOK_AT_ONCE)


def take_in(view: ImportView) -> ResponseReturnValue:
    """Have a file taken in that was looked through; pressed twice, it is taken in once."""
    try:
        with site().writing() as session:
            job = confirm_import(session, signed_in(), view.key, site().clock())
    except Conflict:
        return redirect(url_for("staff.show_import", import_key=view.key), 303)
    return go_on(view, job, TAKE_AT_ONCE)


def go_on(view: ImportView, job: int, at_once: int) -> ResponseReturnValue:
    """Have the work done: here where it is little, else by the worker; the page says how far it is."""
    here = site()
    if view.total <= at_once:
        handlers = import_handlers(make_importer(here.settings, here.clock))
        run_job(here.factory, job, handlers, here.clock)
    else:
        here.dispatch(job)
    return redirect(url_for("staff.show_import", import_key=view.key), 303)


def show_step(view: ImportView) -> ResponseReturnValue:
    """Show the page that fits where a file stands."""
    if view.state == "sent" or (view.state == "looked" and "change" in request.args):
        return show_columns(view, ColumnsForm(view, first_rows(folder(), view.key)))
    shown = view.refused[:SHOWN_REFUSED]
    body = render_template(
        "staff/import_step.html",
        view=view,
        under_way=view.state in UNDER_WAY,
        notes=list(note_words(view)),
        refused=[(each.line, reason_words(each.reason, view)) for each in shown],
        told=TOLD[view.plan.told_as] if view.plan else "",
        uses=[use.label for use in MORE_USES if view.plan and use.id in view.plan.uses],
        chosen=column_name(view.places["text"], view.columns) if view.places else "",
    )
    return without_store(make_response(body))


def show_columns(view: ImportView, form: ColumnsForm) -> ResponseReturnValue:
    """Show which column is what, as it is guessed or was said, beside the first rows."""
    rows = first_rows(folder(), view.key)
    values: dict[str, Any] = {
        "headings": [gettext("Row %(number)s", number=at) for at in range(1, len(rows) + 1)],
        "rows": [
            [column_name(at, view.columns), *(_shown(row, at) for row in rows)]
            for at in range(len(view.columns))
        ],
        "notes": list(note_words(view)),
    }
    body = render_template("staff/import_columns.html", view=view, form=form, twin_form="columns", **values)
    return without_store(make_response(body, 422 if form.errors else 200))


@page(blueprint, cy="/staff/mewnforio/<import_key>/gwrthodwyd", en="/staff/import/<import_key>/refused")
def fetch_refused(import_key: str) -> ResponseReturnValue:
    """Fetch the rows that cannot be taken, with the reasons, to be corrected and sent again."""
    view = look_up(import_key)
    file = StringIO(newline="")
    table = csv.writer(file)
    table.writerow([gettext("Line"), gettext("Why"), *map(guard_cell, view.columns)])
    for refusal, cells in refused_lines(view, folder()):
        table.writerow([refusal.line, reason_words(refusal.reason, view), *map(guard_cell, cells)])
    answer = Response("\ufeff" + file.getvalue().encode("utf-8", "replace").decode(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="involve-{site().today.isoformat()}.csv"'
    return without_store(answer)


def look_up(key: str) -> ImportView:
    """Return where one's own file stands."""
    with site().reading() as session:
        return view_import(session, signed_in(), key, site().clock())


def folder() -> Any:
    """Return where the words of files are."""
    return site().settings.resolved_import_dir


def without_store(answer: Response) -> Response:
    """Return an answer that no browser keeps: it holds original words."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(row: Sequence[str], at: int) -> str | dict[str, str]:
    """Return a cell as far as it fits on a page; nobody knows its language."""
    cell = UNREADABLE_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", row[at]) if at < len(row) else ""
    short = cell if len(cell) <= SHORT else f"{cell[:SHORT]}…"
    return {"text": short, "lang": "und"} if short else "–"
