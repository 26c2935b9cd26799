"""The part of a story's page that shows what its teller and the staff said to each other."""

from typing import Any

from involve.services.moderation.staff_story import StaffStory
from involve.services.staff.access import Actor
from involve.services.tellers.appeals import is_appealed
from involve.services.tellers.conversation import read_by_staff
from involve.web.site import site


def talk_of_story(session: Any, actor: Actor, story: StaffStory) -> dict[str, Any]:
    """Return the conversation for those who may take part in it; what is new in it counts as read from now."""
    where = story.body_id, story.project_id
    if not actor.may("converse", *where):
        return {"talk": None, "appealed": False}
    talk = read_by_staff(session, actor, story.reference, site().clock())
    # A wording can be corrected where there may be a published one, and a teller to agree.
    may_correct = actor.may("moderate", *where) and "publish" in story.uses and talk.reachable
    appealed = actor.may("moderate", *where) and is_appealed(session, story.id)
    return {"talk": talk, "may_correct": may_correct, "appealed": appealed}
