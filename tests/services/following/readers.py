"""Followers for tests: who asked, who said yes, and what they were sent."""

from datetime import datetime
from email.message import EmailMessage
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.documents.post import make_post
from involve.models import Follow, Follower, Letter
from involve.services.following.asking import Wish, ask_to_follow
from involve.services.following.follows import confirm_follow
from involve.services.following.readers import follower_state
from involve.services.stories.codes import hash_address
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.services.upkeep.rounds import go_round
from tests.factories import CODE_KEY, NOW
from tests.mailbox import Mailbox

ADDRESS = "mair.jones@example.org"


def wish(
    kind: str = "project",
    subject: str = "bywyd-da",
    address: str = ADDRESS,
    language: str = "en",
    pace: str = "at_once",
) -> Wish:
    """Return what somebody asks for."""
    return Wish(kind, subject, address, language, pace)


def find_follower(session: Session, address: str = ADDRESS) -> Follower | None:
    """Return the row of an address."""
    return session.scalar(select(Follower).where(Follower.mark == hash_address(CODE_KEY, address.casefold())))


def follow(session: Session, asked: Wish, now: datetime = NOW) -> int:
    """Ask for something and say yes, and return the follower's id."""
    ask_to_follow(session, asked, now, CODE_KEY)
    follower = find_follower(session, asked.address)
    assert follower is not None
    row = session.scalars(
        select(Follow).where(
            Follow.follower_id == follower.id, Follow.kind == asked.kind, Follow.subject == asked.subject
        )
    ).one()
    confirm_follow(session, row.id, follower_state(follower), now)
    return follower.id


def go(factory: SessionFactory, mailbox: Mailbox, now: datetime) -> None:
    """Do what a worker does at one moment."""
    while go_round(factory, now) + run_due_jobs(
        factory, make_handlers(make_post(mailbox.settings()), CODE_KEY), lambda: now
    ):
        pass


def link_in(message: EmailMessage, part: str) -> str:
    """Return the path of the link in a letter that holds *part*."""
    (line,) = [line for line in message.get_content().splitlines() if part in line]
    return urlsplit(line).path


def headings(mailbox: Mailbox, since: int = 0) -> list[str]:
    """Return the headings of all letters that told news, in their order."""
    lines = [line for message in mailbox.messages[since:] for line in message.get_content().splitlines()]
    return [line for line in lines if ": " in line and not line.startswith(("http", "To "))]


def sent_to(mailbox: Mailbox, address: str = ADDRESS) -> list[str]:
    """Return the subjects of the letters to an address, in their order."""
    return [str(message["Subject"]) for message in mailbox.messages if message["To"] == address]


def states(factory: SessionFactory) -> list[str]:
    """Return the states of all letters, in their order."""
    with factory() as session:
        return list(session.scalars(select(Letter.state).order_by(Letter.id)))


__all__ = [
    "ADDRESS",
    "find_follower",
    "follow",
    "go",
    "headings",
    "link_in",
    "sent_to",
    "states",
    "transaction",
    "wish",
]
