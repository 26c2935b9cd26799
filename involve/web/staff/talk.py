"""The part of a story's page that shows what its teller and the staff said to each other."""

from typing import Any

from involve.services.access import Actor
from involve.services.conversation import read_by_staff
from involve.services.staff_story import StaffStory
from involve.web.site import site


def talk_of_story(session: Any, actor: Actor, story: StaffStory) -> dict[str, Any]:
    """Return the conversation for those who may take part in it; what is new in it counts as read from now."""
    may = actor.may("converse", story.body_id, story.project_id)
    return {"talk": read_by_staff(session, actor, story.reference, site().clock()) if may else None}
