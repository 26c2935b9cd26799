"""What Notify says became of a letter: believed where it is ours, asked for where it does not come."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.models import Job, Letter
from involve.services.tellers.contacts import contact_fails, keep_contact
from involve.services.tellers.my_contact import keep_my_contact
from involve.services.upkeep.delivery import take_receipt
from involve.services.upkeep.letters import GIVE_UP, tell_of_news
from involve.services.upkeep.marks import letter_mark
from tests.factories import CODE_KEY, NOW
from tests.notify_service import Notify, refusal
from tests.services.upkeep.notified import fails, letters, send_due, tell


def receive(factory: SessionFactory, said: str, now: datetime = NOW, mark: str | None = None) -> bool:
    """Take a delivery receipt for the only letter."""
    with transaction(factory) as session:
        letter = session.scalars(select(Letter)).one()
        ours = letter_mark(CODE_KEY, letter.id, letter.written_at)
        return take_receipt(session, CODE_KEY, mark or ours, said, now)


def test_after_a_permanent_failure_nothing_is_sent_there_until_another_address_is_left(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    send_due(factory, notify)
    assert receive(factory, "permanent-failure")
    assert letters(factory) == [("bounced", "permanent-failure")]
    with transaction(factory) as session:
        assert contact_fails(session, story_id)
        assert tell_of_news(session, story_id, NOW) is None
        keep_my_contact(session, story_id, "07700 900456", NOW + timedelta(days=1), CODE_KEY)
        assert not contact_fails(session, story_id)
    tell(factory, story_id, NOW + timedelta(days=1))
    send_due(factory, notify, NOW + timedelta(days=1))
    assert notify.sent[-1]["phone_number"] == "+447700900456"


def test_a_receipt_about_an_earlier_address_gives_no_later_one_up(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    send_due(factory, notify)
    with transaction(factory) as session:
        keep_contact(session, story_id, "newydd@example.org", "cy", NOW + timedelta(hours=1), CODE_KEY)
    receive(factory, "permanent-failure", NOW + timedelta(hours=2))
    assert not fails(factory, story_id)


def test_what_arrived_arrived_whatever_is_said_later_and_twice_is_once(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    send_due(factory, notify)
    for said in ("temporary-failure", "delivered", "delivered", "temporary-failure", "permanent-failure"):
        assert receive(factory, said)
    receive(factory, "technical-failure")
    assert letters(factory) == [("sent", "delivered")]
    assert not fails(factory, story_id)


def test_a_receipt_that_comes_before_the_sender_saw_the_answer_settles_the_letter(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    notify.lost = 1
    send_due(factory, notify)
    receive(factory, "delivered")
    send_due(factory, notify, NOW + timedelta(hours=1))
    assert (len(notify.sent), letters(factory)) == (1, [("sent", "delivered")])


def test_what_notify_lost_by_its_own_fault_is_sent_again_once_also_when_that_is_said_twice(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    send_due(factory, notify)
    notify.sent[0]["status"] = "technical-failure"
    receive(factory, "technical-failure")
    send_due(factory, notify, NOW + timedelta(hours=1))
    assert len(notify.sent) == 2
    receive(factory, "technical-failure", NOW + timedelta(hours=2))
    send_due(factory, notify, NOW + timedelta(hours=4))
    assert (len(notify.sent), letters(factory)) == (2, [("sent", "sending")])
    receive(factory, "technical-failure", NOW + GIVE_UP + timedelta(days=1))
    assert letters(factory) == [("failed", "technical-failure")]


@pytest.mark.parametrize(
    "mark", ["1-" + "0" * 32, "999999-" + "a" * 32, "x", "", "1", "-1-" + "0" * 32, "é" * 40]
)
def test_a_receipt_for_a_letter_that_is_not_ours_changes_nothing(
    factory: SessionFactory, notify: Notify, story_id: int, mark: str
) -> None:
    tell(factory, story_id)
    send_due(factory, notify)
    with transaction(factory) as session:
        assert not take_receipt(session, CODE_KEY, mark, "permanent-failure", NOW)
    assert letters(factory) == [("sent", "sending")]


def test_without_receipts_notify_is_asked_until_it_knows(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    send_due(factory, notify)
    send_due(factory, notify, NOW + timedelta(minutes=30))
    assert notify.asked == []
    send_due(factory, notify, NOW + timedelta(hours=1))
    notify.trouble = refusal(500, "Exception", "Internal server error")
    send_due(factory, notify, NOW + timedelta(hours=2))
    notify.trouble = None
    notify.sent[0]["status"] = "permanent-failure"
    send_due(factory, notify, NOW + timedelta(hours=12))
    assert letters(factory) == [("bounced", "permanent-failure")]
    assert fails(factory, story_id)
    send_due(factory, notify, NOW + timedelta(days=3))
    assert len(notify.asked) == 2


def test_asking_ends_after_days(factory: SessionFactory, notify: Notify, story_id: int) -> None:
    tell(factory, story_id)
    send_due(factory, notify)
    for days in range(1, 12):
        send_due(factory, notify, NOW + timedelta(days=days))
    with factory() as session:
        assert session.scalars(select(Job).where(Job.state == "due")).all() == []
    assert len(notify.asked) < 6
    assert letters(factory) == [("sent", "sending")]
