"""A teller's e-mail address: left, changed, taken away; and the page by which a letter's reader ends such letters."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, ValidationError

from involve.errors import ContactRefused, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.tellers.contacts import LONGEST_ADDRESS, check_address
from involve.services.tellers.my_contact import (
    forget_my_contact,
    keep_my_contact,
    show_my_contact,
    stop_letters,
)
from involve.services.upkeep.tokens import read_token
from involve.vocabulary.letters import STOP_MARK, STOP_PATHS
from involve.web.addresses import page
from involve.web.fields import LineField
from involve.web.flashes import flash
from involve.web.my_story import blueprint
from involve.web.my_story.opened import require_story
from involve.web.my_story.views import back_to_story
from involve.web.site import site

KEPT = _l("Your e-mail address is kept. You will hear when there is something new.")
GONE = _l("Your e-mail address is deleted. No more e-mails will come.")
NONE = _l("Write an e-mail address, for example name@example.org")
SEVERAL = _l("Write one address only, on one line, without commas or spaces")
# What would make one address several, or add lines to the head of a letter.
PARTING = frozenset(',;<>"\r\n\t ')
STOP_ADDRESSES = {
    language: path.removeprefix(f"/{language}").replace("{token}", "<mark>")
    for language, path in STOP_PATHS.items()
}


class ContactForm(FlaskForm):  # type: ignore[misc]
    """One e-mail address."""

    address = LineField(
        _l("Your e-mail address"),
        [DataRequired(NONE)],
        description=_l("At most %(number)s characters.", number=LONGEST_ADDRESS),
    )

    def validate_address(self, field: LineField) -> None:
        """Refuse what is no address, or more than one."""
        if PARTING & set(field.data):
            raise ValidationError(SEVERAL)
        try:
            field.data = check_address(field.data)
        except ContactRefused:
            raise ValidationError(NONE) from None


@page(blueprint, cy="/fy-stori/e-bost", en="/my-story/email", methods=("GET", "POST"))
def change_contact() -> ResponseReturnValue:
    """Leave an e-mail address, look at it once more, change it or take it away."""
    story_id, form, go = require_story(), ContactForm(), request.form.get("go")
    if request.method != "POST" or "switch" in request.form or go == "write":
        return show_form(story_id, form)
    if go == "remove":
        with site().writing() as session:
            forget_my_contact(session, story_id, site().clock())
        flash(GONE, "good")
        return back_to_story("email")
    if not form.validate():
        return show_form(story_id, form, 422)
    if go != "keep":
        return render_template("my_story/contact_check.html", form=form, twin_form="contact")
    with site().writing() as session:
        now, key = site().clock(), site().settings.code_key
        keep_my_contact(session, story_id, form.address.data, now, key)
    flash(KEPT, "good")
    return back_to_story("email")


@page(blueprint, cy=STOP_ADDRESSES["cy"], en=STOP_ADDRESSES["en"], methods=("GET", "POST"))
def stop_letters_here(mark: str) -> ResponseReturnValue:
    """End the letters to an address with one press and without the code; a mail program may press by itself."""
    try:
        contact_id, state = read_token(site().settings.secret_key, STOP_MARK, mark)
    except NotFound:
        return make_response(render_template("my_story/stop_letters.html", stands="unknown"), 404)
    if request.method == "POST":
        with site().writing() as session:
            stop_letters(session, contact_id, state, site().clock())
    stands = "stopped" if request.method == "POST" else "asked"
    return render_template("my_story/stop_letters.html", stands=stands)


def show_form(story_id: int, form: ContactForm, status: int = 200) -> ResponseReturnValue:
    """Show what is kept, and the box."""
    with site().writing() as session:
        kept = show_my_contact(session, story_id, site().settings.code_key)
    values = {"kept": kept, "form": form, "sends": bool(site().settings.mail_host), "twin_form": "contact"}
    return make_response(render_template("my_story/contact.html", **values), status)
