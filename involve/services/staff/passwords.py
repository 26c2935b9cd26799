"""Passwords: what one must be, and changing one's own. Hashing is the caller's, who has the library for it."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from involve.models import User
from involve.services.staff.sessions import end_sessions
from involve.services.trail.record import record
from involve.services.upkeep.letters import write_to_user

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
# A guesser who knows how people choose needs more tries than this (zxcvbn's estimate), or it is refused.
FEWEST_GUESSES = 10**8
# What is weighed; a longer password is not weaker for its end.
WEIGHED = 60
# Words that guessers of a site like this try first and the library's English lists lack.
COMMON_HERE = (
    "cyfrinair",
    "croeso",
    "cymru",
    "caerdydd",
    "abertawe",
    "involve",
    "cynnwys",
    "straeon",
    "stori",
)


def is_easy_to_guess(password: str, about: tuple[str, ...] = ()) -> bool:
    """Whether *password* is common, a pattern, or made of the words in *about*: the person's name and address."""
    from zxcvbn import zxcvbn  # its lists of words are read when it is imported

    # Parts too: of a name with its surname, or an address with its domain.
    parts = [
        part for each in about for part in (each, each.replace(" ", ""), *re.split(r"[^\w]+", each)) if part
    ]
    judged = zxcvbn(password[:WEIGHED], user_inputs=[*parts, *COMMON_HERE])
    return bool(judged["guesses"] < FEWEST_GUESSES)


def change_password(
    session: Session, user_id: int, password_hash: str, now: datetime, keep: int | None = None
) -> int:
    """Keep a new password (hashed by the caller), and end every session but the one with the id *keep*.

    Returns the job of a letter that tells its owner.
    """
    session.get_one(User, user_id).password = password_hash
    record(session, "password_changed", "user", user_id, now, user_id=user_id)
    end_sessions(session, user_id, now, keep)
    return write_to_user(session, "password_changed", user_id, now)
