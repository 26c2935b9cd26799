"""A teller's e-mail address or number: left, changed, taken away; and the pages by which readers end such letters."""

from collections.abc import Callable
from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from involve.errors import NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.tellers.contacts import contact_fails
from involve.services.tellers.my_contact import (
    forget_my_contact,
    keep_my_contact,
    show_my_contact,
    stop_letters,
)
from involve.services.tellers.reach import LONGEST_ADDRESS
from involve.services.upkeep.tokens import read_short_token, read_token
from involve.settings import Settings
from involve.vocabulary.letters import SHORT_STOP_PATHS, STOP_MARK, STOP_PATHS
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.my_story import blueprint
from involve.web.my_story.opened import require_story
from involve.web.my_story.views import back_to_story
from involve.web.reaching import COUNTRY_HINT, LABELS, NeedsReach, ReachField, name_channels
from involve.web.site import site

KEPT = {
    "email": _l("Your e-mail address is kept. You will hear when there is something new."),
    "text": _l("Your mobile number is kept. You will hear when there is something new."),
}
GONE = _l("What you left is deleted. No more messages will come.")
STOP_ADDRESSES, SHORT_STOP_ADDRESSES = (
    {
        language: path.removeprefix(f"/{language}").replace("{token}", "<mark>")
        for language, path in paths.items()
    }
    for paths in (STOP_PATHS, SHORT_STOP_PATHS)
)


class ContactForm(FlaskForm):  # type: ignore[misc]
    """One e-mail address or number."""

    address = ReachField("", [NeedsReach()])

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.address.offer(settings)
        kind = self.address.kind
        self.address.label.text = LABELS[kind]
        limit = _l("At most %(number)s characters.", number=LONGEST_ADDRESS)
        self.address.description = limit if kind == "email" else COUNTRY_HINT


@page(blueprint, cy="/fy-stori/e-bost", en="/my-story/email", methods=("GET", "POST"))
def change_contact() -> ResponseReturnValue:
    """Leave an e-mail address or number, look at it once more, change it or take it away."""
    story_id, form, go = require_story(), ContactForm(site().settings), request.form.get("go")
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
        channel = keep_my_contact(session, story_id, form.address.data, now, key)
    flash(KEPT[channel], "good")
    return back_to_story("email")


@page(blueprint, cy=STOP_ADDRESSES["cy"], en=STOP_ADDRESSES["en"], methods=("GET", "POST"))
def stop_letters_here(mark: str) -> ResponseReturnValue:
    """End the letters to an address with one press and without the code; a mail program may press by itself."""
    return stop_by(read_token, mark)


@page(blueprint, cy=SHORT_STOP_ADDRESSES["cy"], en=SHORT_STOP_ADDRESSES["en"], methods=("GET", "POST"))
def stop_texts_here(mark: str) -> ResponseReturnValue:
    """End the texts to a number in the same way."""
    return stop_by(read_short_token, mark)


def stop_by(read: Callable[[str, str, str], tuple[int, str]], mark: str) -> ResponseReturnValue:
    """Show the page on which letters end, or end them; what is gone already stays gone."""
    try:
        contact_id, state = read(site().settings.secret_key, STOP_MARK, mark)
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
        fails = contact_fails(session, story_id)
    settings = site().settings
    values: dict[str, Any] = {
        "kept": kept,
        "fails": fails,
        "form": form,
        "sends": bool(settings.carriers),
        "channels": name_channels(settings),
    }
    return make_response(render_template("my_story/contact.html", **values, twin_form="contact"), status)
