"""Helping somebody with their story code over the telephone, without ever asking for it."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from involve.vocabulary.spoken import SPOKEN
from involve.web.addresses import page
from involve.web.staff import blueprint


@page(blueprint, cy="/staff/cod-ar-y-ffon", en="/staff/code-on-the-phone")
def help_with_code() -> ResponseReturnValue:
    """Read how each character is said in both languages."""
    address = url_for("my_story.open_story", _external=True)
    return render_template("staff/code_help.html", characters=SPOKEN, address=address)
