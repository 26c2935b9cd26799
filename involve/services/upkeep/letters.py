"""Letters: e-mails to members of staff and to followers, and e-mails or texts to tellers who asked to hear of news.

A letter is a row, written with what causes it. Its job sends it outside any transaction, since a mail server may be
slow, and one that is down only delays it. Where no mail server is set, letters wait. Who sends one notes that first,
so that no two do; a letter whose sender died is sent again under the same id (docs/telling.md says what that promises).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput
from involve.models import Contact, Letter, User
from involve.services.following.readers import FollowerReader, find_reader, note_refused
from involve.services.tellers.contacts import PURPOSE, contact_state
from involve.services.upkeep.jobs import add_job
from involve.services.upkeep.marks import letter_mark
from involve.services.upkeep.sealing import open_sealed
from involve.vocabulary.letters import find_letter_kind

SEND_LETTER = "send_letter"
# Whoever carries letters may say later what became of one; where they do not say it by themselves, they are asked.
ASK_DELIVERY = "ask_delivery"
ASK_AFTER = timedelta(hours=1)
# After that a letter says nothing new any more.
GIVE_UP = timedelta(days=7)
LONGEST_WAIT = timedelta(hours=1)
# As long as that a letter is its sender's alone: longer than a conversation with a mail server, shorter than a lease.
HOLD = timedelta(minutes=4)


class PostFailed(Exception):
    """A letter could not be handed to the mail server. No reader ever meets this."""


class PostRefused(PostFailed):
    """The mail server will never take this letter: the address does not work."""


class PostDelayed(PostFailed):
    """The mail server does not answer, or asks to come again later."""


class PostNotAllowed(PostDelayed):
    """It takes no letters of this site as it is set up: a wrong key or template. They wait until that is mended."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is needed to make the words of a letter and to send it. `state` is what a one-time link hangs on.

    `mark` names the letter to whoever carries it. `again`: somebody died while sending it, or saw no clear answer, so
    it may have been taken; where that can be asked, ask first.
    """

    id: int
    kind: str
    language: str
    address: str
    detail: dict[str, Any]
    written_at: datetime
    user_id: int | None = None
    contact_id: int | None = None
    state: str = ""
    channel: str = "email"
    mark: str = ""
    again: bool = False
    follower: FollowerReader | None = None


# Returns "sending" where whoever carries the letter will say what became of it.
Post = Callable[[Envelope], str | None]


def write_to_user(session: Session, kind: str, user_id: int, now: datetime, **detail: object) -> int:
    """Write a letter to a member of staff, in their language, and return the id of the job that sends it.

    Raises:
        BadInput: the kind of letter does not name one of *detail*.
        NotFound: there is no such kind.
    """
    user = session.get_one(User, user_id)
    return _write(session, kind, now, user.language, detail, user_id=user_id)


def tell_of_news(session: Session, story_id: int, now: datetime) -> int | None:
    """Let a teller who asked for it know that there is something new; return the id of the job that sends the letter.

    None where nobody asked, where nothing arrives at what they left, or where such a letter waits already. One that is
    being sent may come before the news.
    """
    contact = session.scalar(select(Contact).where(Contact.story_id == story_id))
    if contact is None or contact.failed_at is not None:
        return None
    waiting = select(Letter.id).where(
        Letter.contact_id == contact.id, Letter.state == "due", Letter.handed_at.is_(None)
    )
    if session.scalar(waiting.limit(1)) is not None:
        return None
    return _write(session, "news", now, contact.language, {}, contact_id=contact.id)


def send_letter(factory: SessionFactory, letter_id: int, now: datetime, post: Post, code_key: str) -> None:
    """Send a letter that is due; what the mail server cannot take now is tried again, later each time."""
    with transaction(factory) as session:
        envelope = _take(session, letter_id, now, code_key)
    if envelope is None:
        return
    error: PostFailed | None = None
    delivery: str | None = None
    try:
        delivery = post(envelope)
    except PostFailed as refused:
        error = refused
    except Exception:
        _let_go(factory, letter_id)
        raise
    with transaction(factory) as session:
        letter = session.get(Letter, letter_id)
        if letter is not None and letter.state == "due":
            _settle(session, letter, envelope, error, now)
            _expect_word(session, letter, delivery, now)


def wait_after(attempts: int) -> timedelta:
    """Return how long a letter waits that was tried so often."""
    return min(timedelta(minutes=2 ** min(attempts, 10)), LONGEST_WAIT)


def link_state(mark: str, password: str | None) -> str:
    """Return what a one-time link hangs on: a new password or session mark of the account makes it void."""
    return sha256(f"{mark} {password or ''}".encode()).hexdigest()[:32]


def count_letters(session: Session) -> dict[str, int]:
    """Return how many letters are in each state."""
    rows = session.execute(select(Letter.state, func.count()).group_by(Letter.state))
    return {row[0]: row[1] for row in rows}


def _write(
    session: Session,
    kind: str,
    now: datetime,
    language: str,
    detail: dict[str, Any],
    user_id: int | None = None,
    contact_id: int | None = None,
) -> int:
    """Keep a letter with the job of sending it."""
    if set(detail) - set(find_letter_kind(kind).detail):
        raise BadInput("detail")
    letter = Letter(
        kind=kind,
        user_id=user_id,
        contact_id=contact_id,
        language=language,
        detail=detail,
        state="due",
        attempts=0,
        written_at=now,
    )
    session.add(letter)
    session.flush()
    return add_job(session, SEND_LETTER, letter.id, now)


def _take(session: Session, letter_id: int, now: datetime, code_key: str) -> Envelope | None:
    """Note that a letter is being sent, and return where it goes; None where there is nothing to do now."""
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None or letter.state != "due":
        return None
    held = letter.handed_at
    if held is not None and now < held + HOLD:
        # Somebody is at it. Should they die, this job finds it.
        add_job(session, SEND_LETTER, letter.id, held + HOLD)
        return None
    envelope = _address(session, letter, now, code_key)
    if envelope is None:
        letter.state, letter.attempts = "dropped", letter.attempts + 1
        return None
    letter.handed_at = now
    return replace(envelope, again=held is not None or letter.attempts > 0)


def _let_go(factory: SessionFactory, letter_id: int) -> None:
    """Give a letter back that could not even be written."""
    with transaction(factory) as session:
        letter = session.get(Letter, letter_id)
        if letter is not None:
            letter.handed_at = None


def _address(session: Session, letter: Letter, now: datetime, code_key: str) -> Envelope | None:
    """Return where a letter goes; None where its reader is gone."""
    mark = letter_mark(code_key, letter.id, letter.written_at)
    about = (letter.id, letter.kind, letter.language, "", letter.detail, letter.written_at)
    envelope = Envelope(*about, mark=mark)
    if letter.user_id is not None:
        user = session.get_one(User, letter.user_id)
        state = link_state(user.fs_uniquifier, user.password)
        there = replace(envelope, address=user.email, user_id=user.id, state=state)
        return there if user.active else None
    contact = None if letter.contact_id is None else session.get(Contact, letter.contact_id)
    if contact is None:
        reader = find_reader(session, letter, now, code_key)
        if reader is None:
            return None
        return replace(envelope, address=reader.address, state=reader.state, follower=reader)
    if contact.failed_at is not None:
        return None
    address, state = open_sealed(code_key, PURPOSE, contact.sealed), contact_state(contact)
    return replace(envelope, address=address, contact_id=contact.id, state=state, channel=contact.channel)


def _settle(
    session: Session, letter: Letter, envelope: Envelope, error: PostFailed | None, now: datetime
) -> None:
    """Note what became of a letter; one that was only delayed gets another job."""
    letter.attempts += 1
    letter.last_error = None if error is None else type(error).__name__
    letter.handed_at = None
    if error is None:
        letter.state, letter.sent_at = "sent", now
    elif isinstance(error, PostRefused) or now - letter.written_at > GIVE_UP:
        letter.state = "failed"
        if isinstance(error, PostRefused):
            _give_address_up(session, envelope, now)
            note_refused(session, letter.id, now)
    else:
        add_job(session, SEND_LETTER, letter.id, now + wait_after(letter.attempts))


def _give_address_up(session: Session, envelope: Envelope, now: datetime) -> None:
    """Note that a teller's address does not work, unless another stands in its place since."""
    contact = None if envelope.contact_id is None else session.get(Contact, envelope.contact_id)
    if contact is not None and contact_state(contact) == envelope.state:
        contact.failed_at = contact.failed_at or now


def _expect_word(session: Session, letter: Letter, delivery: str | None, now: datetime) -> None:
    """Note whether more will be said of a letter that was handed over, and ask for it later."""
    if letter.state == "sent":
        letter.delivery = delivery
    if letter.delivery == "sending":
        add_job(session, ASK_DELIVERY, letter.id, now + ASK_AFTER)
