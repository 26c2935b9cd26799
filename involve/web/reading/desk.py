"""Who sits at the table: staff who are signed in, or the teller whose story is open in this browser."""

from involve.database import Session
from involve.errors import NotAllowed, NotFound
from involve.services.reading.reading_sessions import Reader, seat_staff, seat_teller
from involve.web.my_story.opened import opened_story
from involve.web.security import is_signed_in, signed_in


class NoSeat(NotFound):
    """Nobody whose story belongs to this session is here, and no member of staff who may read in it."""


def take_seat(session: Session, stage_id: int) -> Reader:
    """Return the reader at work in this browser; where a collector is signed in beside a teller, the teller.

    Raises:
        NoSeat: there is none, or there is no such session.
    """
    try:
        if is_signed_in():
            return seat_staff(session, signed_in(), stage_id)
    except (NotAllowed, NotFound):
        # Whoever works elsewhere may sit here as a teller all the same.
        pass
    try:
        story_id = opened_story()
        if story_id is not None:
            return seat_teller(session, story_id, stage_id)
    except NotFound as error:
        raise NoSeat from error
    raise NoSeat
