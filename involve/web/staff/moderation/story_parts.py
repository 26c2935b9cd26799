"""What other journeys add to the page of a story: each a function whose values their own include of the page shows.

The page includes `templates/staff/_story_safeguarding.html` above the form of moderation and `_story_conversation.html`
below it, where they stand. A journey writes its include and adds its function here.
"""

from collections.abc import Callable
from typing import Any

from involve.services.moderation.staff_story import StaffStory
from involve.services.staff.access import Actor
from involve.web.staff.moderation.agreed import agreed_of_story
from involve.web.staff.moderation.takebacks import takeback_of_story
from involve.web.staff.people.trail import trail_of_story
from involve.web.staff.safeguarding.concerns import concern_values_of
from involve.web.staff.talking.talk import talk_of_story
from involve.web.staff.translations.translating import translations_of_story

Part = Callable[[Any, Actor, StaffStory], dict[str, Any]]

PARTS: tuple[Part, ...] = (
    agreed_of_story,
    concern_values_of,
    talk_of_story,
    takeback_of_story,
    trail_of_story,
    translations_of_story,
)


def values_of_parts(session: Any, actor: Actor, story: StaffStory) -> dict[str, Any]:
    """Return all values that the parts of the page show."""
    values: dict[str, Any] = {}
    for part in PARTS:
        values |= part(session, actor, story)
    return values
