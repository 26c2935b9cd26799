"""The table itself: every theme with its passages, a word on each, and room for a new one."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.database import Session
from involve.errors import BadInput, Conflict, NotAllowed, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.projects.projects import LARGEST_ID
from involve.services.reading.reading_sessions import Reader, find_reading
from involve.services.reading.theme_passages import take_out
from involve.services.reading.theme_views import list_stories, list_themes
from involve.services.reading.themes import answer_merge, part_theme, put_forward, say_of
from involve.vocabulary.standings import RULE
from involve.web.addresses import page
from involve.web.flashes import KEPT, flash
from involve.web.reading import blueprint
from involve.web.reading.desk import NoSeat, take_seat
from involve.web.reading.forms import NameForm
from involve.web.site import site

OPEN_FIRST = _l(
    "To read together, open your story with its code; staff sign in. "
    "There may be no reading session here, or your story belongs to another project."
)
CLOSED = _l("The reading session was closed meanwhile, so nothing was changed.")
GONE = _l("This theme or passage was changed or merged meanwhile. Look at the list as it stands now.")
NOT_YOURS = _l("Somebody else put this here, so only they can change it. You can say that you do not agree.")
MANY = _l("There are sixty themes, which is as many as a session holds. Merge some first.")


@page(blueprint, cy="/darllen/<int:stage_id>", en="/reading/<int:stage_id>", methods=("GET", "POST"))
def read_together(stage_id: int) -> ResponseReturnValue:
    """See the themes as they form, and put one forward."""
    form = NameForm()
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_table(stage_id, form, 422 if form.errors else 200)
    try:
        with site().writing() as session:
            put_forward(session, take_seat(session, stage_id), form.naming.name, site().clock())
    except BadInput:
        form.name_cy.errors = [MANY]
        return show_table(stage_id, form, 422)
    flash(KEPT, "good")
    return back_to_table(stage_id)


@page(
    blueprint,
    cy="/darllen/<int:stage_id>/themau/<int:theme_id>",
    en="/reading/<int:stage_id>/themes/<int:theme_id>",
    methods=("POST",),
)
def answer_theme(stage_id: int, theme_id: int) -> ResponseReturnValue:
    """Say whether I agree with a theme, take a passage out of it, or answer who asks to merge it."""
    with site().writing() as session:
        _do(session, take_seat(session, stage_id), theme_id)
    flash(KEPT, "good")
    return back_to_table(stage_id, f"theme-{theme_id}")


def _do(session: Session, reader: Reader, theme_id: int) -> None:
    """Do what the button that was pressed says."""
    now, pressed = site().clock(), request.form
    if "say" in pressed:
        say_of(session, reader, theme_id, pressed["say"], now)
    elif "out" in pressed:
        take_out(session, reader, _number("out"))
    elif "merge" in pressed:
        answer_merge(session, reader, theme_id, pressed["merge"] == "accept", now)
    elif "part" in pressed:
        part_theme(session, reader, _number("part"), now)
    else:
        raise BadInput("button")


def _number(name: str) -> int:
    """Return the number of a row that a button sent; one that no row has where it is none."""
    return min(request.form.get(name, -1, type=int), LARGEST_ID)


@blueprint.errorhandler(NoSeat)
def ask_who(_error: NoSeat) -> ResponseReturnValue:
    """Ask for the code where nobody sits at the table."""
    flash(OPEN_FIRST, "warn")
    return redirect(url_for("my_story.open_story"), 303)


@blueprint.errorhandler(Conflict)
@blueprint.errorhandler(NotFound)
@blueprint.errorhandler(NotAllowed)
def say_what_happened(error: Exception) -> ResponseReturnValue:
    """Go back to the table as it stands now, and say why nothing was changed."""
    words = CLOSED if isinstance(error, Conflict) else GONE if isinstance(error, NotFound) else NOT_YOURS
    flash(words, "warn")
    return back_to_table((request.view_args or {})["stage_id"])


def back_to_table(stage_id: int, part: str | None = None) -> ResponseReturnValue:
    """Go to the list of themes, and there to one of them."""
    return redirect(url_for("reading.read_together", stage_id=stage_id, _anchor=part), 303)


def show_table(stage_id: int, form: NameForm, status: int) -> ResponseReturnValue:
    """Show the themes, the stories that are still to be read, and the form."""
    with site().reading() as session:
        reader = take_seat(session, stage_id)
        values: dict[str, Any] = {
            "reading": find_reading(session, stage_id),
            "themes": list_themes(session, reader),
            "page": list_stories(session, reader, read_place()),
        }
    body = render_template(
        "reading/table.html",
        form=form,
        reader=reader,
        rule=RULE,
        twin_form="name" if reader.makes and values["reading"].is_open else None,
        **values,
    )
    return make_response(body, status)


def read_place() -> int:
    """Return after how many stories the page begins; from the first where the address says nothing that can be used."""
    return min(max(request.args.get("after", 0, type=int), 0), LARGEST_ID)
