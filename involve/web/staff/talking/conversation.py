"""Staff who write to the teller of a story: a question, or words that need no answer, in the language they chose."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from involve.errors import LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.services.tellers.conversation import (
    LONGEST_REMARK,
    MOST_A_DAY,
    SaidEnough,
    StaffConversation,
    read_by_staff,
    write_to_teller,
)
from involve.web.addresses import page
from involve.web.fields import TickField, WordsField
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.moderation.stories import back_to_story

LABELS = {
    "cy": _l("What do you want to say? The teller chose to read in Welsh"),
    "en": _l("What do you want to say? The teller chose to read in English"),
}
# By the language that the teller chose.
NOBODY = {
    "cy": _l("Nobody here can write it in Welsh today: it is in English, and the teller reads so"),
    "en": _l("Nobody here can write it in English today: it is in Welsh, and the teller reads so"),
}
WRONG_LANGUAGE = {
    "cy": _l(
        "This looks like English, and the teller chose Welsh. Have it translated, or tick the box below"
    ),
    "en": _l(
        "This looks like Welsh, and the teller chose English. Have it translated, or tick the box below"
    ),
}
LIMITS = _l(
    "At most 2,000 characters, and at most %(number)s messages a day to one teller.", number=MOST_A_DAY
)
ENOUGH = _l("Staff have written to this teller as often as one can in a day. Send it tomorrow.")
SENT = _l("The teller finds it with their code.")


class WriteForm(FlaskForm):  # type: ignore[misc]
    """What staff want to say, and whether it is in the language that was not asked for."""

    text = WordsField(
        "", [DataRequired(_l("Write something here"))], limit=LONGEST_REMARK, description=LIMITS
    )
    other = TickField("")

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.text.label.text, self.other.label.text = LABELS[language], NOBODY[language]


@page(
    blueprint,
    cy="/staff/straeon/<reference>/sgwrs",
    en="/staff/stories/<reference>/conversation",
    methods=("GET", "POST"),
)
def write_to_teller_here(reference: str) -> ResponseReturnValue:
    """Ask the teller something, or tell them something that needs no answer."""
    with site().writing() as session:
        talk = read_by_staff(session, signed_in(), reference, site().clock())
    form = WriteForm(talk.reply_language)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form(talk, form, 422 if form.errors else 200)
    if status := refuse(reference, form):
        return show_form(talk, form, status)
    flash(SENT, "good")
    return back_to_story(reference, "conversation")


def refuse(reference: str, form: WriteForm) -> int:
    """Send what was written and return 0, or put into the form why not and return the status."""
    asks = request.form.get("go") != "tell"
    try:
        with site().writing() as session:
            words, now = form.text.data, site().clock()
            write_to_teller(session, signed_in(), reference, words, now, asks, form.other.data)
    except LanguageMissing:
        form.text.errors = [WRONG_LANGUAGE[form.language]]
        return 422
    except SaidEnough:
        form.text.errors = [ENOUGH]
        return 429
    return 0


def show_form(talk: StaffConversation, form: WriteForm, status: int) -> ResponseReturnValue:
    """Show what was said so far, and the box."""
    return make_response(
        render_template("staff/conversation.html", talk=talk, form=form, twin_form="write"), status
    )
