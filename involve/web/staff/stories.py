"""One story as staff see it: what to hide, what becomes of it, and what its tags are."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.i18n import lazy_gettext as _l
from involve.i18n import other_language, page_language
from involve.services.moderate import ChangedMeanwhile, check_version, decide_story, judge_tag, redact_story
from involve.services.publish import PublishingNotAgreed
from involve.services.readers import LATELY, list_readers
from involve.services.replies import list_replies
from involve.services.staff_story import StaffStory, open_story
from involve.web.addresses import PAGE, page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.forms import HideForm
from involve.web.staff.story_parts import values_of_parts

DONE = {
    "published": _l("The story is published."),
    "held": _l("The story is held back. The public does not see it."),
    "declined": _l("The story is declined. The public does not see it."),
    "save": _l("What is hidden is kept. Read the result before you publish."),
}
CHANGED = _l(
    "Someone else changed this story meanwhile. Your ticks and words are still here, and what they hid is ticked too. "
    "Look at it again before you go on."
)
NOT_AGREED = _l("This story cannot be published: the person who told it did not agree to that.")


@page(blueprint, cy="/staff/straeon/<reference>", en="/staff/stories/<reference>")
def show_story(reference: str) -> ResponseReturnValue:
    """Read a story beside the form that the public would see."""
    return render_story(look_at(reference))


@page(
    blueprint,
    cy="/staff/straeon/<reference>/golygu",
    en="/staff/stories/<reference>/moderate",
    methods=("GET", "POST"),
)
def moderate_story(reference: str) -> ResponseReturnValue:
    """Keep what is hidden and, with the same press, publish, hold or decline."""
    if request.method == "GET":
        return back_to_story(reference)
    story, verdict = look_at(reference), request.form.get("verdict", "save")
    form = HideForm(story)
    if "switch" in request.form:
        return render_story(story, form)
    if not form.validate() or refuse_missing(form, story.text or ""):
        return render_story(story, form, 422)
    try:
        keep(story, form, verdict)
    except ChangedMeanwhile:
        form.catch_up(story)
        form.form_errors.append(CHANGED)
    except PublishingNotAgreed:
        form.form_errors.append(NOT_AGREED)
    if form.form_errors:
        return render_story(story, form, 409)
    flash(DONE[verdict], "good")
    return back_to_story(reference)


@page(
    blueprint,
    cy="/staff/straeon/<reference>/tagiau",
    en="/staff/stories/<reference>/tags",
    methods=("GET", "POST"),
)
def answer_tag(reference: str) -> ResponseReturnValue:
    """Say as staff whether a tag is right."""
    if request.method == "POST":
        verdict, scheme, concept = [*request.form.get("verdict", "").split(":"), "", "", ""][:3]
        with site().writing() as session:
            judge_tag(session, signed_in(), reference, scheme, concept, verdict, site().clock())
    return back_to_story(reference, "tags")


def look_at(reference: str) -> StaffStory:
    """Return the story; that somebody read the original is written down."""
    with site().writing() as session:
        return open_story(session, signed_in(), reference, site().clock())


def keep(story: StaffStory, form: HideForm, verdict: str) -> None:
    """Keep in one transaction what is hidden and what becomes of the story."""
    actor, now = signed_in(), site().clock()
    with site().writing() as session:
        check_version(session, actor, story.reference, form.version.data)
        redact_story(session, actor, story.reference, form.spans_in(story.text or ""), now)
        if verdict != "save":
            decide_story(session, actor, story.reference, verdict, now)


def refuse_missing(form: HideForm, text: str) -> bool:
    """Whether some words to hide do not stand in the story; the field then says which."""
    missing = form.missing_in(text)
    if missing:
        words = " · ".join(missing)
        form.words.errors = [
            _l("These words are not in the story, exactly as written: %(words)s", words=words)
        ]
    return bool(missing)


def back_to_story(reference: str, part: str | None = None) -> ResponseReturnValue:
    """Go to the story, and there to a part of the page."""
    return redirect(url_for("staff.show_story", reference=reference, _anchor=part), 303)


def render_story(story: StaffStory, form: HideForm | None = None, status: int = 200) -> ResponseReturnValue:
    """Show the story with the forms that this member of staff may use."""
    actor, where = signed_in(), (story.body_id, story.project_id)
    # A part may write down that something of it was read.
    with site().writing() as session:
        replies = list_replies(session, story.id)
        readers = list_readers(session, actor, story.id, site().clock()) if story.original else ()
        parts = values_of_parts(session, actor, story)
    values: dict[str, Any] = {
        "story": story,
        "form": form or HideForm(story),
        "replies": replies,
        "readers": readers,
        "lately": LATELY.seconds // 60,
        "may_moderate": story.original and actor.may("moderate", *where),
        "may_tag": story.text is not None and actor.may("tag", *where),
        "may_reply": actor.may("reply", *where),
        **parts,
    }
    if values["may_moderate"]:
        # The other language keeps the ticks and words of a form that was not sent.
        other = {PAGE: other_language(page_language())}
        values |= {
            "twin_form": "moderate",
            "twin_url": url_for("staff.moderate_story", reference=story.reference, **other),
        }
    return make_response(render_template("staff/story.html", **values), status)
