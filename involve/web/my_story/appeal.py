"""A teller whose story was held or declined asks that somebody else looks at it."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import Optional

from involve.i18n import lazy_gettext as _l
from involve.services.tellers.appeals import LONGEST_APPEAL, NothingToAppeal, appeal_judgement, show_my_appeal
from involve.services.tellers.my_story import show_my_story
from involve.web.addresses import page
from involve.web.fields import WordsField
from involve.web.flashes import flash
from involve.web.my_story import blueprint
from involve.web.my_story.opened import require_story
from involve.web.my_story.timeline import tell_decision
from involve.web.my_story.views import back_to_story
from involve.web.site import site

ASKED = _l("Someone who did not decide it will look at it. You read here what they say.")
NOTHING = _l("There is nothing to ask now: it was decided anew, or you asked before.")


class AppealForm(FlaskForm):  # type: ignore[misc]
    """What the second person should know; it may be left empty."""

    words = WordsField(
        _l("What should they know?"),
        [Optional()],
        limit=LONGEST_APPEAL,
        description=_l(
            "You need not write anything. Welsh or English; only staff read it. At most 1,000 characters."
        ),
    )


@page(blueprint, cy="/fy-stori/ail-berson", en="/my-story/second-person", methods=("GET", "POST"))
def ask_second_person() -> ResponseReturnValue:
    """Ask that somebody else looks at what was decided."""
    story_id, form = require_story(), AppealForm()
    with site().writing() as session:
        appeal = show_my_appeal(session, story_id, site().clock())
        story = show_my_story(session, story_id, site().clock())
    if appeal is None or appeal.stands != "open":
        flash(NOTHING, "warn")
        return back_to_story("so-far")
    if request.method != "POST" or "switch" in request.form or not form.validate():
        values = {"form": form, "decision": tell_decision(story), "twin_form": "appeal"}
        return make_response(render_template("my_story/appeal.html", **values), 422 if form.errors else 200)
    try:
        with site().writing() as session:
            appeal_judgement(session, story_id, form.words.data or "", site().clock())
        flash(ASKED, "good")
    except NothingToAppeal:
        flash(NOTHING, "warn")
    return back_to_story("second-person")
