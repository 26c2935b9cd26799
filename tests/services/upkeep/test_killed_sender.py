"""A sender that is killed, wherever it is: no letter is lost, and none is read twice.

A mail server that took a letter cannot be asked whether it did. A sender that dies between its word and our note of it
leaves a letter that is sent again, under the same id, by which whoever receives it knows it for the same letter.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.models import Job, Letter
from involve.services.moderation.replies import reply_to_stories
from involve.services.upkeep.handlers import HANDLERS
from involve.services.upkeep.jobs import run_due_jobs
from tests.factories import NOW, make_project, make_staff, make_story
from tests.mailbox import Mailbox, open_mailbox
from tests.sender import Sender, Starters

LETTERS = 24
KILLS = 12
# A letter takes a few milliseconds; so the sender dies within one of the first.
LONGEST = 0.15


@dataclass
class Deadly(Mailbox):
    """A mail server that kills whoever sends, once, at one step of the conversation; it keeps what it took."""

    at: str = ""
    kill: Callable[[], None] = field(default=lambda: None)

    def _reach(self, step: str) -> None:
        if step == self.at:
            self.at = ""
            self.kill()

    async def handle_EHLO(self, _s: Any, session: Any, _e: Any, host: str, answers: list[str]) -> list[str]:  # noqa: N802
        session.host_name = host
        self._reach("greeted")
        return answers

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802
        self._reach("addressed")
        return await super().handle_RCPT(server, session, envelope, address, _o)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self._reach("handed over")
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture(scope="module")
def starters() -> Iterator[Starters]:
    starters = Starters()
    yield starters
    starters.close()


@contextmanager
def sending(factory: SessionFactory, starters: Starters) -> Iterator[tuple[Sender, Deadly]]:
    """Give a sender on the test's database, and the server to which it sends."""
    url = factory.kw["bind"].url.render_as_string(hide_password=False)
    with open_mailbox(Deadly()) as mailbox, starters.borrow(url, mailbox) as sender:
        assert isinstance(mailbox, Deadly)
        mailbox.kill = sender.kill
        yield sender, mailbox


def answer_all(factory: SessionFactory, tellers: int) -> None:
    """Answer so many tellers, each of whom left an address."""
    with transaction(factory) as session:
        make_project(session)
        told = [
            make_story(session, text=f"Bus {n}.", contact=f"{n}@example.org", tagged=False).reference
            for n in range(tellers)
        ]
        reply_to_stories(session, make_staff(session), told, "Bydd bws.", "There will be a bus.", NOW)
    run_due_jobs(factory, HANDLERS, lambda: NOW)


def as_read(mailbox: Mailbox) -> Counter[str]:
    """Return how many letters each address has, as a reader sees it: one for each id."""
    return Counter({str(message["Message-ID"]): str(message["To"]) for message in mailbox.messages}.values())


def assert_all_sent(factory: SessionFactory, mailbox: Mailbox, tellers: int) -> None:
    """Hold it to that: each teller has one letter, and nothing is left to do."""
    assert as_read(mailbox) == Counter({f"{n}@example.org": 1 for n in range(tellers)})
    with factory() as session:
        states = session.execute(select(Letter.state, func.count()).group_by(Letter.state)).all()
        assert [tuple(row) for row in states] == [("sent", tellers)]
        assert session.scalars(select(Job.state).distinct()).all() == ["done"]


@pytest.mark.parametrize(("step", "copies"), [("greeted", 1), ("addressed", 1), ("handed over", 2)])
def test_a_sender_that_dies_at_a_step_leaves_each_teller_one_letter(
    factory: SessionFactory, starters: Starters, step: str, copies: int
) -> None:
    answer_all(factory, 1)
    with sending(factory, starters) as (sender, mailbox):
        mailbox.at = step
        sender.start()
        assert not sender.wait()
        for _ in range(3):
            sender.start()
            assert sender.wait()
        assert_all_sent(factory, mailbox, 1)
        # Only after the last word of a letter can nobody know; then both copies have one id.
        assert len(mailbox.messages) == copies


def test_a_sender_that_is_killed_again_and_again_ends_with_one_letter_for_each(
    factory: SessionFactory, starters: Starters
) -> None:
    answer_all(factory, LETTERS)
    seed = random.randrange(10**6)
    moments = random.Random(seed)
    killed = 0
    with sending(factory, starters) as (sender, mailbox):
        for _ in range(KILLS):
            sender.start()
            time.sleep(moments.uniform(0, LONGEST))
            sender.kill()
            killed += not sender.wait()
        sender.start()
        assert sender.wait()
        sender.start()
        assert sender.wait()
        assert_all_sent(factory, mailbox, LETTERS)
        assert len(mailbox.messages) <= LETTERS + killed, f"seed {seed}"


def test_two_senders_at_once_send_a_letter_once(factory: SessionFactory, starters: Starters) -> None:
    answer_all(factory, 6)
    with sending(factory, starters) as (one, mailbox):
        url = factory.kw["bind"].url.render_as_string(hide_password=False)
        with starters.borrow(url, mailbox) as other:
            one.start()
            other.start()
            assert one.wait()
            assert other.wait()
            one.start()
            assert one.wait()
        assert len(mailbox.messages) == 6
        assert_all_sent(factory, mailbox, 6)


def test_a_server_that_takes_a_letter_and_then_talks_nonsense_gets_no_second(
    factory: SessionFactory, starters: Starters
) -> None:
    answer_all(factory, 1)
    with sending(factory, starters) as (sender, mailbox):

        async def stammer(*_: Any) -> str:
            return "500 What?"

        mailbox.handle_QUIT = stammer  # type: ignore[method-assign]
        for _ in range(2):
            sender.start()
            assert sender.wait()
        assert len(mailbox.messages) == 1
        assert_all_sent(factory, mailbox, 1)
