"""Forms of people who are signed in, or opened a story, are guarded against being sent by another site."""

from flask import Flask
from flask_wtf import CSRFProtect

from involve.web import api, exports, following, my_story, notify, tell


def init_csrf(app: Flask) -> None:
    """Guard every form but those before any session (decision 0002): telling, opening, following, files, the API.

    Nor is what GOV.UK Notify reports, which shows a token.
    """
    guard = CSRFProtect(app)
    for each in (tell, api, notify, following, exports):
        guard.exempt(each.blueprint)
    guard.exempt(my_story.views.open_story)
    # A mail program may press this one by itself (RFC 8058); the mark in its address is the proof.
    guard.exempt(my_story.contact.stop_letters_here)
    guard.exempt(my_story.contact.stop_texts_here)
