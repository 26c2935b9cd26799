"""The audit trail of a body for its administrators: who looked at what, and every change, on pages and as CSV."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.i18n import gettext, page_language
from involve.services.evidence.exporting import guard_cell
from involve.services.moderation.staff_story import StaffStory
from involve.services.projects.projects import LARGEST_ID
from involve.services.staff.access import Actor
from involve.services.staff.memberships import bodies_to_manage
from involve.services.trail.trail_lines import TrailLine
from involve.services.trail.trail_view import (
    MOST_EXPORTED,
    NoSuchStory,
    TrailPage,
    list_people,
    read_trail,
    take_trail,
)
from involve.web.addresses import page
from involve.web.labels import actor_name, event_name
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.people.trail_forms import NO_STORY, TrailForm

LOOKED = "original_viewed"


@page(blueprint, cy="/staff/cyrff/<body>/trywydd", en="/staff/bodies/<body>/audit")
def show_trail(body: str) -> ResponseReturnValue:
    """See who looked at what, and every change, newest first."""
    form, found = ask(body), None
    if form.validate():
        before = request.args.get("before", None, type=int)
        before = min(max(before, 0), LARGEST_ID) if before is not None else None
        try:
            with site().writing() as session:
                found = read_trail(session, signed_in(), body, form.wanted, before, site().clock())
        except NoSuchStory:
            form.story.errors = [NO_STORY]
    shown = render_template(
        "staff/trail.html",
        form=form,
        body=body,
        found=found,
        looked=LOOKED,
        most=MOST_EXPORTED,
        older=older_address(body, form, found),
    )
    return make_response(shown, 422 if form.errors else 200)


@page(blueprint, cy="/staff/cyrff/<body>/trywydd.csv", en="/staff/bodies/<body>/audit.csv")
def export_trail(body: str) -> ResponseReturnValue:
    """Take the lines that are asked for along as CSV."""
    form = ask(body)
    if not form.validate():
        return make_response(
            render_template("staff/trail.html", form=form, body=body, found=None, looked=LOOKED, older=None),
            422,
        )
    with site().writing() as session:
        lines = take_trail(session, signed_in(), body, form.wanted, site().clock())
    answer = Response(write_csv(lines), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{site().today.isoformat()}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def trail_of_story(session: Any, actor: Actor, story: StaffStory) -> dict[str, Any]:
    """Return the body whose trail holds a story's lines, for those who may read it; else nothing."""
    bodies = bodies_to_manage(session, actor) if actor.may("read_trail", story.body_id) else ()
    return {"trail_of": next((each.slug for each in bodies if each.id == story.body_id), None)}


def ask(body: str) -> TrailForm:
    """Return the question that stands in the address."""
    with site().reading() as session:
        return TrailForm(list_people(session, signed_in(), body))


def older_address(body: str, form: TrailForm, found: TrailPage | None) -> str | None:
    """Return where the page of older lines is; None at the end."""
    if found is None or found.before is None:
        return None
    return url_for("staff.show_trail", body=body, before=found.before, **form.address)


def write_csv(lines: tuple[TrailLine, ...]) -> str:
    """Return the lines as CSV with a heading, which a spreadsheet opens as words and never runs."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(
        (
            gettext("Number"),
            gettext("Time"),
            gettext("Who did it"),
            gettext("What happened"),
            gettext("Kind"),
            gettext("About"),
            gettext("Project"),
            gettext("More"),
        )
    )
    writer.writerows(_cells(line) for line in lines)
    # The mark by which spreadsheets know UTF-8.
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue()


def _cells(line: TrailLine) -> Iterator[str]:
    """Yield the cells of a line."""
    about = line.about or f"{line.subject} {line.subject_id}"
    project = line.project.in_language(page_language()) if line.project else ""
    detail = json.dumps(line.detail, ensure_ascii=False) if line.detail else ""
    who = line.who or actor_name(line.actor)
    cells = (
        str(line.id),
        line.at.isoformat(timespec="seconds"),
        who,
        event_name(line.kind),
        line.kind,
        about,
        project,
        detail,
    )
    yield from map(guard_cell, cells)
