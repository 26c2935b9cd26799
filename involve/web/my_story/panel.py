"""A teller's seat on the panel: taking or leaving it, and speaking on what is before the panel."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import Conflict
from involve.i18n import lazy_gettext as _l
from involve.services.deciding import panel
from involve.web.addresses import page
from involve.web.flashes import KEPT, flash
from involve.web.my_story import blueprint
from involve.web.my_story.forms import PanelForm
from involve.web.my_story.opened import require_story
from involve.web.site import site

NOTHING = _l(
    "Nothing waits for you on the panel: you have no seat on it, or the decision was published or changed."
)
CHANGED_MEANWHILE = _l("The words of the decision were changed. Read them again before you answer.")


@page(blueprint, cy="/fy-stori/panel", en="/my-story/panel", methods=("GET", "POST"))
def sit_on_panel() -> ResponseReturnValue:
    """Take or leave the seat that was offered, and see what is before the panel."""
    story_id = require_story()
    seat = find_seat(story_id)
    if seat is None:
        return say_nothing_here()
    if request.method != "POST" or request.form.get("seat") not in ("take", "leave"):
        return render_template("my_story/panel.html", seat=seat)
    take = request.form["seat"] == "take"
    with site().writing() as session:
        panel.answer_offer(session, story_id, take, site().clock())
    flash(KEPT, "good")
    return redirect(url_for("my_story.sit_on_panel" if take else "my_story.open_story"), 303)


@page(
    blueprint,
    cy="/fy-stori/panel/<int:decision_id>",
    en="/my-story/panel/<int:decision_id>",
    methods=("GET", "POST"),
)
def speak_on(decision_id: int) -> ResponseReturnValue:
    """Say whether I agree with a decision."""
    story_id = require_story()
    before = find_before(story_id, decision_id)
    if before is None:
        return say_nothing_here()
    form = PanelForm(before)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_decision(before, form, 422 if form.errors else 200)
    said = form.read_version, form.verdict.data, form.reason.data or ""
    try:
        with site().writing() as session:
            panel.say(session, story_id, decision_id, *said, site().clock())
    except Conflict:
        # The words that the member wrote stay; the words of the decision are the new ones.
        flash(CHANGED_MEANWHILE, "warn")
        form.version.data = str(before.decision.version)
        return show_decision(before, form, 409)
    flash(KEPT, "good")
    return redirect(url_for("my_story.sit_on_panel"), 303)


def find_seat(story_id: int) -> panel.MySeat | None:
    """Return the seat that the teller of the open story has or was offered."""
    with site().reading() as session:
        return panel.show_my_seat(session, story_id)


def find_before(story_id: int, decision_id: int) -> panel.Before | None:
    """Return the decision, if it is before the panel and this person sits on it."""
    seat = find_seat(story_id)
    for before in seat.decisions if seat else ():
        if before.decision.id == decision_id and before.decision.state == "proposed":
            return before
    return None


def say_nothing_here() -> ResponseReturnValue:
    """Go back to the story where there is nothing to sit on or to speak on, and say so."""
    flash(NOTHING, "warn")
    return redirect(url_for("my_story.open_story"), 303)


def show_decision(before: panel.Before, form: PanelForm, status: int = 200) -> ResponseReturnValue:
    """Show the words of a decision and the form."""
    values = {"decision": before.decision, "form": form, "twin_form": "speak"}
    return make_response(render_template("my_story/speak.html", **values), status)
