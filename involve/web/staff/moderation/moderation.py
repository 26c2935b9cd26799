"""What becomes of a story: hidden and published, held, declined; agreed to by a second person; undone."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.services.moderation.judgements import (
    NothingToReview,
    NotTheLast,
    OwnJudgement,
    review_judgement,
    undo_judgement,
)
from involve.services.moderation.moderate import ChangedMeanwhile, Judged, Press, check_version, judge_story
from involve.services.moderation.queue import find_neighbour, list_queue
from involve.services.moderation.staff_story import StaffStory
from involve.services.publishing.publish import PublishingNotAgreed
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.moderation.moderation_form import HideForm
from involve.web.staff.moderation.queue_asked import read_filter, write_filter
from involve.web.staff.moderation.stories import back_to_story, look_at, render_story
from involve.web.staff.moderation.undo_offer import offer_undo

CHANGED = _l(
    "Someone else changed this story meanwhile. Your ticks and words are still here, and what they hid is ticked too. "
    "Look at it again before you go on."
)
NOT_AGREED = _l("This story cannot be published: the person who told it did not agree to that.")
NOT_IN = {
    "cy": _l("Write the sentence in Welsh: its teller chose that"),
    "en": _l("Write the sentence in English: its teller chose that"),
}
KEPT = _l("What is hidden is kept. Read the result before you publish.")
UNDONE = _l("It is undone. The story is as it was before.")
NOT_UNDONE = _l("It cannot be undone any more: something was done with the story since.")
UPHELD = _l("You agreed. The story is declined, and its teller reads why.")
OVERTURNED = _l("You did not agree. The story is as it was before.")
NOT_WAITING = _l("Nobody waits for a second person here any more.")
NOT_YOUR_OWN = _l("You cannot be the second person for what you decided yourself.")


@page(
    blueprint,
    cy="/staff/straeon/<reference>/golygu",
    en="/staff/stories/<reference>/moderate",
    methods=("GET", "POST"),
)
def moderate_story(reference: str) -> ResponseReturnValue:
    """Keep what is hidden and, with the same press, publish, hold or decline; then the next story opens."""
    if request.method == "GET":
        return back_to_story(reference)
    story, verdict = look_at(reference), request.form.get("verdict", "save")
    form = HideForm(story)
    if "switch" in request.form:
        return render_story(story, form)
    if not form.validate() or form.refuse_missing(story.text or "", verdict):
        return render_story(story, form, 422)
    try:
        judged = keep(story, form, verdict)
    except ChangedMeanwhile:
        form.catch_up(story)
        form.form_errors.append(CHANGED)
    except PublishingNotAgreed:
        form.form_errors.append(NOT_AGREED)
    except LanguageMissing:
        form.sentence.errors = [NOT_IN[story.reply_language]]
    if form.errors:
        return render_story(story, form, 409 if form.form_errors else 422)
    for job_id in (judged.job_id, *judged.asked):
        site().carry_out(job_id)
    offer_undo("step", f"{reference}:{judged.id}")
    if verdict == "save":
        flash(KEPT, "good")
        return back_to_story(reference)
    flash(said(reference, verdict, judged.pending), "good")
    return open_next(reference)


@page(
    blueprint,
    cy="/staff/straeon/<reference>/dadwneud",
    en="/staff/stories/<reference>/undo",
    methods=("GET", "POST"),
)
def undo_step(reference: str) -> ResponseReturnValue:
    """Undo the last step."""
    if request.method == "POST":
        step_id = request.form.get("step", 0, type=int)
        try:
            with site().writing() as session:
                judged = undo_judgement(session, signed_in(), reference, step_id, site().clock())
        except NotTheLast:
            flash(NOT_UNDONE, "warn")
        else:
            site().carry_out(judged.job_id)
            flash(UNDONE, "good")
    return back_to_story(reference)


@page(
    blueprint,
    cy="/staff/straeon/<reference>/cytuno",
    en="/staff/stories/<reference>/agree",
    methods=("GET", "POST"),
)
def agree_as_second(reference: str) -> ResponseReturnValue:
    """Say as the second person whether a story is to be declined."""
    if request.method == "POST":
        uphold = request.form.get("answer") == "agree"
        try:
            with site().writing() as session:
                judged = review_judgement(session, signed_in(), reference, uphold, site().clock())
        except OwnJudgement:
            flash(NOT_YOUR_OWN, "warn")
        except NothingToReview:
            flash(NOT_WAITING, "warn")
        else:
            site().carry_out(judged.job_id)
            flash(UPHELD if uphold else OVERTURNED, "good")
    return back_to_story(reference)


def keep(story: StaffStory, form: HideForm, verdict: str) -> Judged:
    """Keep in one transaction what is hidden and what becomes of the story."""
    actor, now = signed_in(), site().clock()
    press = Press(
        "redacted" if verdict == "save" else verdict,
        form.spans_in(story.text or ""),
        form.reason_for(verdict),
        form.sentence.data or "" if verdict in ("held", "declined") else "",
    )
    with site().writing() as session:
        check_version(session, actor, story.reference, form.version.data)
        return judge_story(session, actor, story.reference, press, now)


def said(reference: str, verdict: str, pending: bool) -> object:
    """Return what the next page says of a verdict."""
    if pending:
        return _l(
            "Story %(reference)s is held back until a second person agrees to decline it.",
            reference=reference,
        )
    if verdict == "published":
        return _l("Story %(reference)s is published.", reference=reference)
    if verdict == "held":
        return _l("Story %(reference)s is held back. The public does not see it.", reference=reference)
    return _l("Story %(reference)s is declined. The public does not see it.", reference=reference)


def open_next(reference: str) -> ResponseReturnValue:
    """Go to the story after that one in the queue, or to the first that waits, or to the empty queue."""
    wanted, actor, today = read_filter(request.args), signed_in(), site().today
    with site().reading() as session:
        following = find_neighbour(session, actor, wanted, today, reference)
        if following is None:
            listed = list_queue(session, actor, wanted, today)
            following = next((item.reference for item in listed.items if item.reference != reference), None)
    asked = write_filter(wanted)
    if following is None:
        return redirect(url_for("staff.show_queue", **asked), 303)
    return redirect(url_for("staff.show_story", reference=following, **asked), 303)
