"""Ending a continuous dialogue in the open."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.promises.dialogues import end_dialogue
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.fields import DayField
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.projects.promises import find_stage_promise

SET = _l("The closing date is public. Stories told until then are answered as promised.")
SOON = _l("Choose a day at least 14 days from today, so that people can still tell their story")


class EndForm(FlaskForm):  # type: ignore[misc]
    """The last day."""

    last_day = DayField(
        _l("What is the last day on which people can tell a story?"),
        [InputRequired(_l("Write a day, a month and a year"))],
        description=_l("At least 14 days from today. It is shown to everyone from now on."),
    )


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/diwedd",
    en="/staff/projects/<slug>/stages/<int:stage_id>/end",
    methods=("GET", "POST"),
)
def end_stage(slug: str, stage_id: int) -> ResponseReturnValue:
    """End a continuous dialogue, on a day that everyone can see from now on."""
    promise, stage = find_stage_promise(slug, stage_id)
    form = EndForm()
    if request.method == "POST" and "switch" not in request.form and form.validate():
        try:
            with site().writing() as session:
                end_dialogue(session, signed_in(), stage_id, form.last_day.data, site().clock())
        except BadInput:
            form.last_day.errors = [SOON]
        else:
            flash(SET, "good")
            return redirect(url_for("staff.show_project", slug=slug), 303)
    values = {"form": form, "promise": promise, "stage": stage, "find_stage": find_stage, "twin_form": "end"}
    return make_response(render_template("staff/ending.html", **values), 422 if form.errors else 200)
