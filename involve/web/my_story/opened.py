"""Which story this browser has open: its id and the last use, in a signed cookie, for half an hour at a time."""

from datetime import UTC, datetime, timedelta

from flask import session

from involve.errors import NotFound
from involve.web.site import site

# Telephones are shared: a story that nobody looks at closes itself.
IDLE = timedelta(minutes=30)
KEY = "story"


def open_here(story_id: int) -> None:
    """Keep the story open in this browser. Neither its code nor any of its words are in the cookie."""
    session[KEY] = [story_id, int(site().clock().timestamp())]


def opened_story() -> int | None:
    """Return the id of the story that is open, and count this as a use; None when none was opened.

    Raises:
        NotFound: it was left alone for too long.
    """
    if KEY not in session:
        return None
    story_id, used_at = session[KEY]
    if site().clock() - datetime.fromtimestamp(used_at, UTC) > IDLE:
        raise NotFound("left alone")
    open_here(story_id)
    return int(story_id)


def require_story() -> int:
    """Return the id of the story that is open.

    Raises:
        NotFound: none is.
    """
    story_id = opened_story()
    if story_id is None:
        raise NotFound("none open")
    return story_id


def close_here() -> None:
    """Forget which story was open."""
    session.pop(KEY, None)
