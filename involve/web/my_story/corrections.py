"""A teller who is offered a small correction: both wordings side by side, yes or no, and undoing it later."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import Conflict
from involve.i18n import lazy_gettext as _l
from involve.services.publishing.corrections import answer_correction, list_my_corrections
from involve.vocabulary.corrections import find_correction_reason
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.my_story import blueprint
from involve.web.my_story.opened import require_story
from involve.web.site import site

SAID = {
    "accepted": _l("Thank you. The new words are used wherever your story is published."),
    "refused": _l("Your own words stay as they are."),
    "undone": _l("Your own words stand again wherever your story is published."),
}
CHANGED = _l("The staff took this correction back, or you answered it before. This is how things stand.")


@page(blueprint, cy="/fy-stori/cywiriadau", en="/my-story/corrections")
def see_corrections() -> ResponseReturnValue:
    """See what was offered, and what I said of it."""
    story_id = require_story()
    with site().writing() as session:
        corrections = list_my_corrections(session, story_id, site().clock())
    return render_template(
        "my_story/corrections.html", corrections=corrections, find_reason=find_correction_reason
    )


@page(
    blueprint,
    cy="/fy-stori/cywiriadau/<int:correction_id>",
    en="/my-story/corrections/<int:correction_id>",
    methods=("GET", "POST"),
)
def answer_correction_here(correction_id: int) -> ResponseReturnValue:
    """Say yes or no to a correction, or undo one."""
    story_id = require_story()
    if request.method == "POST":
        answer = request.form.get("answer", "")
        try:
            with site().writing() as session:
                answer_correction(session, story_id, correction_id, answer, site().clock())
            flash(SAID[answer], "good")
        except Conflict:
            flash(CHANGED, "warn")
    return redirect(url_for("my_story.see_corrections"), 303)
