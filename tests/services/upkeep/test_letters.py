"""Letters: sent once, in the reader's language, with nothing of a story; a server that is away loses none."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.documents.post import make_post
from involve.errors import BadInput, ContactRefused
from involve.models import Contact, Job, Letter
from involve.services.tellers.contacts import contact_of, forget_contact, keep_contact
from involve.services.tellers.my_story import find_by_code, withdraw_story
from involve.services.upkeep.handlers import HANDLERS, make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.services.upkeep.letters import GIVE_UP, tell_of_news, write_to_user
from tests.factories import CODE_KEY, ENGLISH_STORY, NOW, make_project, make_staff, make_story
from tests.mailbox import Mailbox, open_mailbox

ADDRESS = "mair.jones@example.org"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def story_id(factory: SessionFactory) -> int:
    """A story whose teller wants letters in Welsh, beside one whose teller left no address."""
    with transaction(factory) as session:
        make_project(session)
        make_story(session, text="Noise: the library is closed on Mondays.")
        story_id = make_story(session, reply_language="cy", contact=ADDRESS).story_id
    run_due_jobs(factory, HANDLERS, lambda: NOW)
    return story_id


def send_due(factory: SessionFactory, mailbox: Mailbox, now: datetime = NOW) -> None:
    run_due_jobs(factory, make_handlers(make_post(mailbox.settings()), CODE_KEY), lambda: now)


def states(factory: SessionFactory) -> list[str]:
    with factory() as session:
        return list(session.scalars(select(Letter.state).order_by(Letter.id)))


def tell(factory: SessionFactory, story_id: int) -> int | None:
    with transaction(factory) as session:
        return tell_of_news(session, story_id, NOW)


def test_a_teller_who_asked_hears_that_there_is_news_in_their_language_and_nothing_of_what(
    factory: SessionFactory, mailbox: Mailbox, story_id: int
) -> None:
    assert tell(factory, story_id) is not None
    send_due(factory, mailbox)
    send_due(factory, mailbox)
    (message,) = mailbox.messages
    body = message.get_content()
    assert message["To"] == ADDRESS
    assert message["Content-Language"] == "cy"
    assert message["Subject"] == "Mae rhywbeth newydd ar Involve"
    assert "https://involve.example/cy/fy-stori" in body.splitlines()
    assert not any(word in body for word in ENGLISH_STORY.split() if len(word) > 4)
    assert message["List-Unsubscribe"].strip("<>") in body
    assert states(factory) == ["sent"]


def test_who_left_no_address_is_not_written_to_and_one_letter_at_a_time_is_enough(
    factory: SessionFactory, mailbox: Mailbox, story_id: int
) -> None:
    with transaction(factory) as session:
        other = session.scalars(select(Contact.story_id)).one() - 1
        assert tell_of_news(session, other, NOW) is None
    assert tell(factory, story_id) is not None
    assert tell(factory, story_id) is None
    send_due(factory, mailbox)
    assert tell(factory, story_id) is not None
    send_due(factory, mailbox)
    assert len(mailbox.messages) == 2


def test_without_a_mail_server_letters_wait_and_go_when_there_is_one(
    factory: SessionFactory, mailbox: Mailbox, story_id: int
) -> None:
    tell(factory, story_id)
    run_due_jobs(factory, make_handlers(None, CODE_KEY), lambda: NOW + timedelta(days=1))
    assert states(factory) == ["due"]
    send_due(factory, mailbox, NOW + timedelta(days=2))
    assert (states(factory), len(mailbox.messages)) == (["sent"], 1)


def test_a_mail_server_that_is_away_for_a_day_loses_nothing(
    factory: SessionFactory, mailbox: Mailbox, story_id: int
) -> None:
    tell(factory, story_id)
    mailbox.answer = "451 Come again later"
    for hours in range(24):
        send_due(factory, mailbox, NOW + timedelta(hours=hours))
    assert (states(factory), mailbox.messages) == (["due"], [])
    mailbox.answer = ""
    send_due(factory, mailbox, NOW + timedelta(days=1, hours=1))
    send_due(factory, mailbox, NOW + timedelta(days=1, hours=2))
    assert (states(factory), len(mailbox.messages)) == (["sent"], 1)


def test_a_letter_that_nobody_takes_for_a_week_is_given_up(
    factory: SessionFactory, mailbox: Mailbox, story_id: int
) -> None:
    tell(factory, story_id)
    port, mailbox.port = mailbox.port, 1
    send_due(factory, mailbox, NOW)
    mailbox.port = port
    mailbox.answer = "451 Come again later"
    send_due(factory, mailbox, NOW + GIVE_UP + timedelta(hours=1))
    assert states(factory) == ["failed"]


def test_an_address_that_does_not_work_is_not_tried_again_and_is_in_no_row(
    factory: SessionFactory, mailbox: Mailbox, story_id: int
) -> None:
    tell(factory, story_id)
    mailbox.answer = f"550 No such person as {ADDRESS}"
    send_due(factory, mailbox)
    assert states(factory) == ["failed"]
    with factory() as session:
        letter = session.scalars(select(Letter)).one()
        assert letter.last_error == "PostRefused"
        assert all(job.state == "done" for job in session.scalars(select(Job)))


def test_after_withdrawal_the_address_is_gone_and_a_letter_that_was_due_goes_to_nobody(
    factory: SessionFactory, mailbox: Mailbox, story_id: int
) -> None:
    tell(factory, story_id)
    with transaction(factory) as session:
        withdraw_story(session, story_id, NOW)
        assert session.scalars(select(Contact)).all() == []
    send_due(factory, mailbox)
    assert (states(factory), mailbox.messages) == (["dropped"], [])


def test_the_database_holds_no_address_that_can_be_read(factory: SessionFactory, story_id: int) -> None:
    with transaction(factory) as session:
        assert contact_of(session, story_id, CODE_KEY) == ADDRESS
        sealed = session.scalars(select(Contact.sealed)).one()
        assert "mair" not in sealed
        keep_contact(session, story_id, "arall@example.org", "en", NOW, CODE_KEY)
        assert contact_of(session, story_id, CODE_KEY) == "arall@example.org"
        assert forget_contact(session, story_id)
        assert not forget_contact(session, story_id)


@pytest.mark.parametrize(
    "typed", ["", "mair", "mair@", "a@b@c.org", "mair@example.org\r\nBcc: x@example.org", "a@x.org, b@x.org"]
)
def test_what_is_no_single_address_is_refused_and_nothing_is_kept(
    factory: SessionFactory, typed: str
) -> None:
    with transaction(factory) as session:
        make_project(session)
        with pytest.raises(ContactRefused):
            make_story(session, contact=typed)


def test_a_repeat_of_the_same_story_keeps_its_code(factory: SessionFactory, story_id: int) -> None:
    with transaction(factory) as session:
        receipt = make_story(session, contact=ADDRESS, tagged=False)
        assert find_by_code(session, receipt.code, CODE_KEY) == receipt.story_id


def test_a_letter_names_only_what_its_kind_allows(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        actor = make_staff(session)
        with pytest.raises(BadInput):
            write_to_user(session, "news", actor.user_id, NOW, words="somebody's story")
