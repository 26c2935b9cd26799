"""Taking a story back for somebody who has no code: asked for once more, with a reason, and then gone."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.backups.withdrawals import WITHDRAWN
from involve.services.moderation.staff_story import StaffStory, find_story
from involve.services.moderation.takebacks import take_back_for
from involve.services.staff.access import Actor
from involve.vocabulary.takebacks import TAKEBACKS
from involve.web.addresses import page
from involve.web.fields import LineField, OneOfField, choice
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint

OTHER = _l("Write the number of this story: it is on this page")
GONE = _l("The story is taken back. Its words are erased everywhere on this site.")


class TakeBackForm(FlaskForm):  # type: ignore[misc]
    """Why, and the number of the story once more."""

    because = OneOfField(_l("Why is it taken back?"), [InputRequired(_l("Choose a reason"))])
    typed = LineField(_l("Write the number of the story"), [InputRequired(OTHER)])

    def __init__(self) -> None:
        super().__init__()
        language = page_language()
        self.because.choices = [choice(each.id, each.name.in_language(language)) for each in TAKEBACKS]


def takeback_of_story(_session: Any, actor: Actor, story: StaffStory) -> dict[str, Any]:
    """Return whether this member of staff may take the story back for somebody."""
    return {"may_take_back": actor.may("take_back", story.body_id, story.project_id)}


@page(
    blueprint,
    cy="/staff/straeon/<reference>/tynnu-yn-ol",
    en="/staff/stories/<reference>/take-back",
    methods=("GET", "POST"),
)
def take_back(reference: str) -> ResponseReturnValue:
    """Take a story back for somebody."""
    form = TakeBackForm()
    with site().reading() as session:
        reference = find_story(session, signed_in(), reference, "take_back").reference
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form(form, reference)
    try:
        with site().writing() as session:
            typed, because = form.typed.data, form.because.data
            gone = take_back_for(session, signed_in(), reference, because, typed, site().clock())
            site().note_taken_back(WITHDRAWN, gone)
    except BadInput:
        form.typed.errors = [OTHER]
        return show_form(form, reference)
    flash(GONE, "good")
    return redirect(url_for("staff.show_queue"), 303)


def show_form(form: TakeBackForm, reference: str) -> ResponseReturnValue:
    """Ask once more, with what was typed."""
    body = render_template("staff/take_back.html", form=form, reference=reference, twin_form="take-back")
    return make_response(body, 422 if form.errors else 200)
