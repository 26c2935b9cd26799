"""What the teller of a story agreed to, word for word, on the page of the story."""

from typing import Any

from involve.services.moderation.staff_story import StaffStory
from involve.services.staff.access import Actor
from involve.services.tellers.agreed import list_agreed


def agreed_of_story(session: Any, _actor: Actor, story: StaffStory) -> dict[str, Any]:
    """Return every answer with the words that were read; whoever may open the story may see them."""
    return {"agreed_answers": list_agreed(session, story.id)}
