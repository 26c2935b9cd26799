"""The story of the teller who opened it by code, for every service that acts on their word."""

from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Story


def find_own_story(session: Session, story_id: int) -> Story:
    """Return the row of a story that was not withdrawn; it stays locked, so that nobody publishes it meanwhile.

    Raises:
        NotFound: it was withdrawn.
    """
    story = session.get(Story, story_id, with_for_update=True)
    if story is None or story.state == "withdrawn":
        raise NotFound("story")
    return story
