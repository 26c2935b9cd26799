"""One story as staff see it: its words, what was done with it, and what its tags are."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.i18n import other_language, page_language
from involve.services.moderation.judgements import list_steps
from involve.services.moderation.moderate import judge_tag
from involve.services.moderation.queue import find_neighbour
from involve.services.moderation.readers import LATELY, list_readers
from involve.services.moderation.replies import list_replies
from involve.services.moderation.second_people import second_people
from involve.services.moderation.staff_story import StaffStory, open_story
from involve.vocabulary.reasons import LONGEST_SENTENCE, find_reason
from involve.web.addresses import PAGE, page
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.moderation.moderation_form import HideForm
from involve.web.staff.moderation.queue_asked import read_filter, write_filter
from involve.web.staff.moderation.story_parts import values_of_parts
from involve.web.staff.moderation.undo_offer import take_undo_offer


@page(blueprint, cy="/staff/straeon/<reference>", en="/staff/stories/<reference>")
def show_story(reference: str) -> ResponseReturnValue:
    """Read a story beside the form that the public would see."""
    return render_story(look_at(reference))


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


def back_to_story(reference: str, part: str | None = None) -> ResponseReturnValue:
    """Go to the story, and there to a part of the page; the queue stays as it was filtered."""
    asked = write_filter(read_filter(request.args))
    return redirect(url_for("staff.show_story", reference=reference, _anchor=part, **asked), 303)


def render_story(story: StaffStory, form: HideForm | None = None, status: int = 200) -> ResponseReturnValue:
    """Show the story with the forms that this member of staff may use."""
    actor, where = signed_in(), (story.body_id, story.project_id)
    may_moderate = story.original and actor.may("moderate", *where)
    # A part may write down that something of it was read.
    with site().writing() as session:
        values = {
            "replies": list_replies(session, story.id),
            **_neighbours(session, story),
            **(_for_moderators(session, story) if may_moderate else {}),
            **values_of_parts(session, actor, story),
        }
    values |= {
        "story": story,
        "form": form or HideForm(story),
        "may_moderate": may_moderate,
        "may_tag": story.text is not None and actor.may("tag", *where),
        "may_reply": actor.may("reply", *where),
        "undo": take_undo_offer(),
    }
    if may_moderate:
        # The other language keeps the ticks and words of a form that was not sent.
        other = {PAGE: other_language(page_language()), **values["asked"]}
        values |= {
            "twin_form": "moderate",
            "twin_url": url_for("staff.moderate_story", reference=story.reference, **other),
        }
    return make_response(render_template("staff/story.html", **values), status)


def _neighbours(session: Any, story: StaffStory) -> dict[str, Any]:
    """Return what the queue was filtered by, and the stories before and after this one in it."""
    wanted = read_filter(request.args)
    here = (session, signed_in(), wanted, site().today, story.reference)
    return {
        "asked": write_filter(wanted),
        "previous": find_neighbour(*here, backwards=True),
        "following": find_neighbour(*here),
    }


def _for_moderators(session: Any, story: StaffStory) -> dict[str, Any]:
    """Return what was done with the story, who else is at it, and who else may agree to what is done."""
    actor = signed_in()
    return {
        "steps": list_steps(session, actor, story.id),
        "second": second_people(session, actor, story.project_id),
        "find_reason": find_reason,
        "readers": list_readers(session, actor, story.id, site().clock()),
        "lately": LATELY.seconds // 60,
        "longest_sentence": LONGEST_SENTENCE,
    }
