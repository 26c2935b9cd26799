"""Naming a theme anew, and merging it into another."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from involve.errors import Conflict, NotAllowed, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.reading.reading_sessions import find_reading
from involve.services.reading.theme_views import ThemeView, list_themes
from involve.services.reading.themes import NameIsTheirs, merge_theme, rename_theme
from involve.web.addresses import page
from involve.web.flashes import KEPT, flash
from involve.web.reading import blueprint
from involve.web.reading.desk import take_seat
from involve.web.reading.forms import MergeForm, NameForm
from involve.web.reading.themes import CLOSED
from involve.web.site import site

THEIRS = _l("Somebody else wrote this name: you can only add the language that is missing")
MEANWHILE = _l(
    "Somebody named this theme meanwhile. What stands now is above the form; what you wrote is still in it."
)
ASKED = _l("Whoever put this theme forward is asked whether it may be merged. Until then both stand.")


@page(
    blueprint,
    cy="/darllen/<int:stage_id>/themau/<int:theme_id>/enw",
    en="/reading/<int:stage_id>/themes/<int:theme_id>/name",
    methods=("GET", "POST"),
)
def name_theme(stage_id: int, theme_id: int) -> ResponseReturnValue:
    """Name a theme anew, or in the language that is missing."""
    theme, _others = find_theme(stage_id, theme_id)
    form = NameForm(data={"version": theme.version, "name_cy": theme.name.cy, "name_en": theme.name.en})
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form("name", stage_id, theme, form, 422 if form.errors else 200)
    try:
        with site().writing() as session:
            rename_theme(session, take_seat(session, stage_id), theme_id, form.naming, site().clock())
    except NameIsTheirs:
        form.name_cy.errors = [THEIRS]
        return show_form("name", stage_id, theme, form, 422)
    except Conflict as refused:
        flash(MEANWHILE if str(refused) == "name" else CLOSED, "warn")
        form.version.data = str(theme.version)
        return show_form("name", stage_id, theme, form, 409)
    flash(KEPT, "good")
    return redirect(url_for("reading.read_together", stage_id=stage_id, _anchor=f"theme-{theme_id}"), 303)


@page(
    blueprint,
    cy="/darllen/<int:stage_id>/themau/<int:theme_id>/uno",
    en="/reading/<int:stage_id>/themes/<int:theme_id>/merge",
    methods=("GET", "POST"),
)
def join_theme(stage_id: int, theme_id: int) -> ResponseReturnValue:
    """Merge a theme into another, or ask who put it forward to let it be merged."""
    theme, others = find_theme(stage_id, theme_id)
    form = MergeForm(others)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form("merge", stage_id, theme, form, 422 if form.errors else 200)
    into_id = int(form.into.data)
    with site().writing() as session:
        done = merge_theme(session, take_seat(session, stage_id), theme_id, into_id, site().clock())
    flash(KEPT if done else ASKED, "good")
    part = f"theme-{into_id if done else theme_id}"
    return redirect(url_for("reading.read_together", stage_id=stage_id, _anchor=part), 303)


def find_theme(stage_id: int, theme_id: int) -> tuple[ThemeView, tuple[ThemeView, ...]]:
    """Return a theme, and the others.

    Raises:
        NotFound: there is no such theme.
        NotAllowed: the rung lets this reader name none.
        Conflict: the session is closed.
    """
    with site().reading() as session:
        reader = take_seat(session, stage_id)
        reading, themes = find_reading(session, stage_id), list_themes(session, reader)
    if not reader.makes:
        raise NotAllowed("rung")
    if reading is None or not reading.is_open:
        raise Conflict("closed")
    found = {each.id: each for each in themes}
    if theme_id not in found:
        raise NotFound("theme")
    return found.pop(theme_id), tuple(found.values())


def show_form(
    template: str, stage_id: int, theme: ThemeView, form: FlaskForm, status: int
) -> ResponseReturnValue:
    """Show one of the two forms."""
    values = {"theme": theme, "form": form, "stage_id": stage_id, "twin_form": template}
    return make_response(render_template(f"reading/{template}.html", **values), status)
