"""What became of a letter after it was handed over: told by whoever carries it, asked of them, or sent back by post."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Contact, Letter
from involve.services.following.readers import note_refused
from involve.services.upkeep.jobs import add_job
from involve.services.upkeep.letters import (
    ASK_AFTER,
    ASK_DELIVERY,
    GIVE_UP,
    SEND_LETTER,
    PostFailed,
    wait_after,
)
from involve.services.upkeep.marks import find_by_mark, letter_mark

# Returns what is said of the letter with a mark, one of models.letter.DELIVERIES; None where nothing is known of it.
Ask = Callable[[str], str | None]
# What GOV.UK Notify says of a letter, in the words that we keep. A text abroad is "sent", and no more is heard of it.
SAID = {
    "created": "sending",
    "sending": "sending",
    "pending": "sending",
    "sent": "delivered",
    "delivered": "delivered",
    "permanent-failure": "permanent-failure",
    "temporary-failure": "temporary-failure",
    "technical-failure": "technical-failure",
}
# A telephone that is off is tried for three days.
ASK_UNTIL = timedelta(days=4)
SETTLED = frozenset({"delivered", "permanent-failure"})


def take_receipt(session: Session, code_key: str, mark: str, said: str, now: datetime) -> bool:
    """Note what is said of the letter with a mark, and return whether there is such a letter; twice is once."""
    letter = find_by_mark(session, code_key, mark)
    if letter is None:
        return False
    note_delivery(session, letter, said, now)
    return True


def note_delivery(session: Session, letter: Letter, said: str, now: datetime) -> None:
    """Note what became of a letter; *said* is one of models.letter.DELIVERIES.

    What arrived, arrived. After a permanent failure the address is not written to any more. A letter that whoever
    carries it lost by a fault of theirs is sent again.
    """
    if letter.delivery in SETTLED or said == "sending" or letter.state == "dropped":
        return
    if said == "technical-failure":
        _send_again(session, letter, now)
        return
    letter.delivery, letter.handed_at = said, None
    letter.sent_at = letter.sent_at or now
    letter.state = "sent" if said == "delivered" else "bounced"
    if said == "permanent-failure":
        _give_address_up(session, letter, now)


def ask_delivery(factory: SessionFactory, letter_id: int, now: datetime, ask: Ask, code_key: str) -> None:
    """Ask what became of a letter of which nothing final was said yet, and again later, up to four days."""
    with factory() as session:
        letter = session.get(Letter, letter_id)
        if letter is None or letter.delivery != "sending":
            return
        mark = letter_mark(code_key, letter.id, letter.written_at)
    try:
        said = ask(mark)
    except PostFailed:
        said = None
    with transaction(factory) as session:
        letter = session.get(Letter, letter_id, with_for_update=True)
        if letter is None or letter.delivery != "sending":
            return
        note_delivery(session, letter, said or "sending", now)
        waited = now - (letter.sent_at or now)
        if letter.delivery == "sending" and waited < ASK_UNTIL:
            add_job(session, ASK_DELIVERY, letter.id, now + max(ASK_AFTER, waited))


def _send_again(session: Session, letter: Letter, now: datetime) -> None:
    """Make a letter due again, unless it is, or says nothing new any more."""
    if letter.state == "due":
        return
    letter.delivery = "technical-failure"
    if now - letter.written_at > GIVE_UP:
        letter.state = "failed"
        return
    letter.state = "due"
    add_job(session, SEND_LETTER, letter.id, now + wait_after(letter.attempts))


def _give_address_up(session: Session, letter: Letter, now: datetime) -> None:
    """Note that nothing arrives at an address; not at that of a teller who left another since."""
    note_refused(session, letter.id, now)
    contact = None if letter.contact_id is None else session.get(Contact, letter.contact_id)
    if contact is not None and contact.added_at <= (letter.sent_at or now):
        contact.failed_at = contact.failed_at or now
