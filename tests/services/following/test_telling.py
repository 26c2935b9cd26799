"""Telling followers by e-mail: nothing lost, nothing told twice, and nothing that was taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from involve.database import SessionFactory, transaction
from involve.models import Project, Reply
from involve.services.following.asking import Wish
from involve.services.following.telling import tell_followers_where_due
from tests.factories import ENGLISH_STORY, NOW, make_story
from tests.mailbox import Mailbox
from tests.publications import publish
from tests.services.following.happened import answer, decide, note_outcome
from tests.services.following.readers import ADDRESS, follow, go, headings, sent_to, states, wish

LATER = NOW + timedelta(hours=2)


def begin(factory: SessionFactory, mailbox: Mailbox, wished: Wish, at: datetime = NOW) -> None:
    """Have somebody follow something, and take away the letter that asked them whether they want to."""
    with transaction(factory) as session:
        follow(session, wished, at)
    go(factory, mailbox, at)
    mailbox.messages.clear()


def count_answers(mailbox: Mailbox) -> int:
    """Return how many public answers letters told of."""
    return len([each for each in headings(mailbox) if "Public answer" in each])


def test_what_happened_before_the_yes_is_not_told_and_what_comes_after_is_told_once(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        answer(session)
        follow(session, wish())
    go(factory, mailbox, NOW)
    mailbox.messages.clear()
    go(factory, mailbox, LATER)
    assert mailbox.messages == []
    with transaction(factory) as session:
        note_outcome(session, decide(session, at=LATER), at=LATER)
        answer(session, "arall", at=LATER)
    for hours in range(3, 30):
        go(factory, mailbox, NOW + timedelta(hours=hours))
    assert sent_to(mailbox) == ["News of what you follow on Involve"]
    (message,) = [each for each in mailbox.messages if each["To"] == ADDRESS]
    assert "Decision: A late bus on Fridays" in message.get_content()
    assert "Decision carried out: A late bus on Fridays" in message.get_content()
    assert "Public answer" not in message.get_content()
    assert "https://involve.example/en/decisions/1" in message.get_content().splitlines()


def test_a_letter_says_public_headings_and_nothing_of_any_story(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish())
        publish(session, make_story(session))
        answer(session, at=NOW)
    go(factory, mailbox, LATER)
    told = "\n".join(mailbox.messages[-1].get_content().splitlines())
    assert "2 April 2026\nPublic answer: A good life locally\nhttps://involve.example/en/what-changed" in told
    assert not any(word in told for word in ENGLISH_STORY.split() if len(word) > 6)
    assert "Thank you" not in told


# The paces differ in Python only: one of them on the other database.
@pytest.mark.parametrize(
    ("template_url", "pace", "letters"),
    [
        ("sqlite", "at_once", 20),
        ("sqlite", "daily", 10),
        ("postgresql", "daily", 10),
        ("sqlite", "weekly", 2),
        ("sqlite", "monthly", 1),
    ],
    indirect=["template_url"],
)
def test_at_each_pace_everything_is_told_once(
    factory: SessionFactory, mailbox: Mailbox, project: str, pace: str, letters: int
) -> None:
    start = datetime(2026, 3, 24, 6, tzinfo=UTC)
    begin(factory, mailbox, wish(pace=pace), start)
    # Ten days across the beginning of summer time, with something happening in each morning and each evening.
    for day in range(10):
        for hour in (9, 18):
            now = start + timedelta(days=day, hours=hour - 6)
            with transaction(factory) as session:
                answer(session, at=now - timedelta(minutes=30))
            go(factory, mailbox, now)
            go(factory, mailbox, now + timedelta(minutes=30))
    assert len(sent_to(mailbox)) == letters
    go(factory, mailbox, start + timedelta(days=70, hours=4))
    assert count_answers(mailbox) == 20


def test_a_sender_that_stood_still_for_a_week_catches_up_with_one_letter_and_nothing_lost(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    begin(factory, mailbox, wish(pace="daily"))
    for day in range(1, 8):
        with transaction(factory) as session:
            answer(session, at=NOW + timedelta(days=day))
    for hours in range(24):
        go(factory, mailbox, NOW + timedelta(days=8, hours=hours))
    assert len(sent_to(mailbox)) == 1
    assert count_answers(mailbox) == 7


def test_a_mail_server_that_is_down_for_days_delays_one_letter_and_doubles_nothing(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    begin(factory, mailbox, wish(pace="daily"))
    mailbox.answer = "451 Come again later"
    for day in range(1, 4):
        with transaction(factory) as session:
            answer(session, at=NOW + timedelta(days=day))
        go(factory, mailbox, NOW + timedelta(days=day, hours=1))
    mailbox.answer = ""
    go(factory, mailbox, NOW + timedelta(days=4))
    assert len(sent_to(mailbox)) == 1
    # The rest is told a day after the one that waited went, and not in the same hour.
    go(factory, mailbox, NOW + timedelta(days=5))
    assert len(sent_to(mailbox)) == 2
    assert count_answers(mailbox) == 3


def test_what_a_letter_could_not_tell_for_a_week_is_told_by_a_later_one(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish())
        answer(session, at=NOW)
    mailbox.answer = "451 Come again later"
    go(factory, mailbox, LATER)
    go(factory, mailbox, NOW + timedelta(days=9))
    assert "failed" in states(factory)
    mailbox.answer = ""
    mailbox.messages.clear()
    go(factory, mailbox, NOW + timedelta(days=9, hours=3))
    go(factory, mailbox, NOW + timedelta(days=9, hours=6))
    assert count_answers(mailbox) == 1


def test_what_is_taken_back_before_a_letter_goes_is_not_in_it(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish())
        decide(session, at=NOW)
        answer(session, at=NOW)
    tell_followers_where_due(factory, LATER)
    with transaction(factory) as session:
        session.execute(update(Reply).values(public=False))
    go(factory, mailbox, LATER)
    assert [line for line in headings(mailbox) if "Public" in line] == []
    assert [line for line in headings(mailbox) if "Decision" in line] == ["Decision: A late bus on Fridays"]


def test_a_letter_of_which_everything_was_taken_back_goes_to_nobody(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish())
        answer(session, at=NOW)
    tell_followers_where_due(factory, LATER)
    with transaction(factory) as session:
        session.execute(update(Project).values(listed=False))
    go(factory, mailbox, LATER)
    assert (headings(mailbox), states(factory)[-1]) == ([], "dropped")
    with transaction(factory) as session:
        session.execute(update(Project).values(listed=True))
    go(factory, mailbox, LATER + timedelta(hours=2))
    assert [line for line in headings(mailbox) if "Public" in line] == ["Public answer: A good life locally"]


def test_two_things_that_overlap_are_told_once_and_a_new_one_hides_nothing(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish("body", "corff-prawf", pace="weekly"))
        answer(session, at=NOW)
        # Not told yet, and public before the second yes.
        follow(session, wish(pace="weekly"), NOW + timedelta(minutes=1))
    go(factory, mailbox, LATER)
    go(factory, mailbox, NOW + timedelta(days=7))
    assert len([line for line in headings(mailbox) if "Public answer" in line]) == 1
