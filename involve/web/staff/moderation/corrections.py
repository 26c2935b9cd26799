"""Staff who offer the teller of a story a small correction of the published wording."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, InputRequired

from involve.errors import Conflict
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.publishing.corrections import (
    WordingRefused,
    list_corrections_for_staff,
    offer_correction,
    take_correction_back,
)
from involve.vocabulary.corrections import (
    CORRECTION_REASONS,
    find_correction_reason,
    find_correction_state,
)
from involve.web.addresses import page
from involve.web.fields import LineField, OneOfField, choice
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint

OFFERED = _l("The correction is offered. Nothing changes until the teller says yes with their code.")
TAKEN_BACK = _l("The correction is taken back.")
ANSWERED = _l("The teller has answered this correction already.")
# Where each mistake belongs, and what it is.
REFUSED = {
    "missing": ("old", _l("These words are not in the story, exactly as written")),
    "several": ("old", _l("These words stand in the story more than once: add a word before or after them")),
    "overlaps": ("old", _l("Another correction is offered for some of these words already")),
    "crosses": ("old", _l("Only a part of something hidden is in these words: take all of it, or none")),
    "long": ("old", _l("A correction is small: at most 200 characters")),
    "same": ("new", _l("Write the new words, different from the old ones")),
    "reveals": ("new", _l("The new words hold what is hidden, or something that may identify someone")),
}


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """The words as they stand, those in their place, and why."""

    old = LineField(
        _l("The words as they stand in the story as it was told"),
        [DataRequired(_l("Write the words as they stand in the story"))],
        description=_l("Exactly as written there. At most 200 characters."),
    )
    new = LineField(
        _l("The words that you offer in their place"),
        [DataRequired(_l("Write the new words, different from the old ones"))],
        description=_l("In the language of the story. At most 200 characters."),
    )
    reason = OneOfField(_l("Why"), [InputRequired(_l("Choose a reason"))])

    def __init__(self) -> None:
        super().__init__()
        language = page_language()
        self.reason.choices = [
            choice(each.id, each.name.in_language(language), hint=each.sentence.in_language(language))
            for each in CORRECTION_REASONS
        ]


@page(
    blueprint,
    cy="/staff/straeon/<reference>/cywiriadau",
    en="/staff/stories/<reference>/corrections",
    methods=("GET", "POST"),
)
def offer_correction_here(reference: str) -> ResponseReturnValue:
    """See what was offered, and offer a correction."""
    form = CorrectionForm()
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form(reference, form, 422 if form.errors else 200)
    words = form.old.data, form.new.data, form.reason.data
    try:
        with site().writing() as session:
            offer_correction(session, signed_in(), reference, *words, site().clock())
    except WordingRefused as refused:
        field, message = REFUSED[str(refused)]
        form[field].errors = [message]
        return show_form(reference, form, 422)
    flash(OFFERED, "good")
    return back_to_corrections(reference)


@page(
    blueprint,
    cy="/staff/straeon/<reference>/cywiriadau/<int:correction_id>/tynnu-yn-ol",
    en="/staff/stories/<reference>/corrections/<int:correction_id>/take-back",
    methods=("GET", "POST"),
)
def take_back_correction(reference: str, correction_id: int) -> ResponseReturnValue:
    """Take an offer back that was not answered."""
    if request.method == "POST":
        try:
            with site().writing() as session:
                take_correction_back(session, signed_in(), reference, correction_id, site().clock())
            flash(TAKEN_BACK, "good")
        except Conflict:
            flash(ANSWERED, "warn")
    return back_to_corrections(reference)


def back_to_corrections(reference: str) -> ResponseReturnValue:
    """Go to the corrections of a story."""
    return redirect(url_for("staff.offer_correction_here", reference=reference), 303)


def show_form(reference: str, form: CorrectionForm, status: int) -> ResponseReturnValue:
    """Show what was offered so far, and the form."""
    with site().writing() as session:
        corrections = list_corrections_for_staff(session, signed_in(), reference, site().clock())
    values = {
        "reference": reference,
        "corrections": corrections,
        "form": form,
        "twin_form": "correction",
        "find_reason": find_correction_reason,
        "find_state": find_correction_state,
    }
    return make_response(render_template("staff/corrections.html", **values), status)
