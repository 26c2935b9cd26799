"""Following by e-mail: nothing before a yes, nothing lost or told twice, and the end of it in one press."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, ContactRefused, NotFound
from involve.models import Follow, Follower, FollowerTold, Letter, Project, Reply
from involve.services.following.asking import MOST_ASKED, ask_to_follow
from involve.services.following.follows import (
    UNCONFIRMED,
    UNREACHABLE,
    change_letters,
    confirm_follow,
    forget_follower,
    show_my_following,
    stop_following,
)
from involve.services.following.readers import follower_state
from involve.services.following.telling import tell_followers_where_due
from involve.services.upkeep.rounds import go_round
from tests.factories import CODE_KEY, ENGLISH_STORY, NOW, make_project, make_story
from tests.mailbox import Mailbox, open_mailbox
from tests.publications import publish
from tests.services.following.happened import answer, decide, note_outcome
from tests.services.following.readers import ADDRESS, find_follower, follow, go, headings, link_in, wish
from tests.services.rows import all_rows

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def project(factory: SessionFactory) -> str:
    """A project, beside another that somebody else follows."""
    with transaction(factory) as session:
        make_project(session, "arall", body="corff-arall")
        follow(session, wish(subject="arall", address="rhywun@example.org"))
        return make_project(session)


def states(factory: SessionFactory) -> list[str]:
    with factory() as session:
        return list(session.scalars(select(Letter.state).order_by(Letter.id)))


def sent_to(mailbox: Mailbox, address: str = ADDRESS) -> list[str]:
    return [str(message["Subject"]) for message in mailbox.messages if message["To"] == address]


def test_nothing_is_told_before_whoever_reads_there_said_yes(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        ask_to_follow(session, wish(language="cy"), NOW, CODE_KEY)
        answer(session, at=NOW)
    go(factory, mailbox, LATER)
    assert sent_to(mailbox) == ["Ydych chi eisiau dilyn hyn ar Involve?"]
    asked = mailbox.messages[-1]
    assert "Bywyd da yn y fro" in asked.get_content()
    assert asked["Content-Language"] == "cy"
    assert link_in(asked, "/cy/dilyn/cadarnhau/")
    assert asked["List-Unsubscribe"].strip("<>") in asked.get_content()
    assert asked["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    go(factory, mailbox, NOW + timedelta(days=3))
    assert len(sent_to(mailbox)) == 1


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


@pytest.mark.parametrize(
    ("pace", "letters"),
    [("at_once", 20), ("daily", 10), ("weekly", 2), ("monthly", 1)],
)
def test_at_each_pace_everything_is_told_once(
    factory: SessionFactory, mailbox: Mailbox, project: str, pace: str, letters: int
) -> None:
    start = datetime(2026, 3, 24, 6, tzinfo=UTC)
    with transaction(factory) as session:
        follow(session, wish(pace=pace), start)
    go(factory, mailbox, start)
    mailbox.messages.clear()
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
    assert len([each for each in headings(mailbox) if "Public answer" in each]) == 20


def test_a_sender_that_stood_still_for_a_week_catches_up_with_one_letter_and_nothing_lost(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish(pace="daily"))
    go(factory, mailbox, NOW)
    mailbox.messages.clear()
    for day in range(1, 8):
        with transaction(factory) as session:
            answer(session, at=NOW + timedelta(days=day))
    for hours in range(24):
        go(factory, mailbox, NOW + timedelta(days=8, hours=hours))
    assert len(sent_to(mailbox)) == 1
    assert len([each for each in headings(mailbox) if "Public answer" in each]) == 7


def test_a_mail_server_that_is_down_for_days_delays_one_letter_and_doubles_nothing(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish(pace="daily"))
    go(factory, mailbox, NOW)
    mailbox.messages.clear()
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
    assert len([each for each in headings(mailbox) if "Public answer" in each]) == 3


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
    assert len([each for each in headings(mailbox) if "Public answer" in each]) == 1


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


def test_what_comes_back_is_the_same_whether_an_address_is_there_and_letters_tell_its_owner(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish(pace="weekly", language="cy"))
        # In capitals, at another pace, in another language, by somebody else perhaps.
        ask_to_follow(session, wish(address=ADDRESS.upper(), pace="at_once"), NOW, CODE_KEY)
        follower = find_follower(session)
        assert follower is not None
        assert (follower.pace, follower.language, len(follower.follows)) == ("weekly", "cy", 1)
    go(factory, mailbox, NOW)
    assert sent_to(mailbox)[-1] == "Rydych chi’n dilyn hyn ar Involve yn barod"
    assert link_in(mailbox.messages[-1], "/cy/dilyn/newid/")


def test_a_second_wish_takes_the_newest_pace_and_only_a_yes_makes_it_hold(
    factory: SessionFactory, project: str
) -> None:
    with transaction(factory) as session:
        ask_to_follow(session, wish(pace="daily"), NOW, CODE_KEY)
        ask_to_follow(session, wish(pace="monthly", language="cy"), NOW, CODE_KEY)
        follower = find_follower(session)
        assert follower is not None
        (row,) = follower.follows
        assert row.confirmed_at is None
        confirm_follow(session, row.id, follower_state(follower), NOW)
        confirm_follow(session, row.id, follower_state(follower), LATER)
        assert (follower.pace, follower.language, row.confirmed_at) == ("monthly", "cy", NOW)


def test_one_address_is_not_asked_again_and_again(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    for _ in range(MOST_ASKED + 3):
        with transaction(factory) as session:
            ask_to_follow(session, wish(), NOW, CODE_KEY)
            ask_to_follow(session, wish("everything", "all"), NOW, CODE_KEY)
    go(factory, mailbox, NOW)
    assert len(sent_to(mailbox)) == MOST_ASKED
    with transaction(factory) as session:
        ask_to_follow(session, wish(), NOW + timedelta(days=1, minutes=1), CODE_KEY)
    go(factory, mailbox, NOW + timedelta(days=1, minutes=1))
    assert len(sent_to(mailbox)) == MOST_ASKED + 1


def test_what_nobody_confirmed_is_deleted_and_what_was_confirmed_stays(
    factory: SessionFactory, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish(address="arall@example.org"))
        ask_to_follow(
            session, wish(kind="goal", subject="culture", address="arall@example.org"), NOW, CODE_KEY
        )
        ask_to_follow(session, wish(), NOW, CODE_KEY)
    go_round(factory, NOW + UNCONFIRMED - timedelta(seconds=1))
    with factory() as session:
        assert session.scalar(select(func.count()).select_from(Follow)) == 4
    go_round(factory, NOW + UNCONFIRMED)
    with factory() as session:
        assert find_follower(session) is None
        assert [each.kind for each in session.scalars(select(Follow))] == ["project", "project"]
        assert ADDRESS not in all_rows(session)


def test_an_address_that_does_not_work_is_not_written_to_again_until_its_owner_says_yes_again(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish())
        answer(session, at=NOW)
    mailbox.answer = f"550 No such person as {ADDRESS}"
    go(factory, mailbox, LATER)
    mailbox.answer = ""
    with transaction(factory) as session:
        answer(session, at=LATER)
    go(factory, mailbox, NOW + timedelta(days=1))
    assert headings(mailbox) == []
    with transaction(factory) as session:
        follow(session, wish(), NOW + timedelta(days=2))
        answer(session, at=NOW + timedelta(days=2))
    go(factory, mailbox, NOW + timedelta(days=2, hours=1))
    assert "Public answer: A good life locally" in headings(mailbox)


def test_an_address_at_which_nothing_arrives_is_deleted_in_the_end(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        follow(session, wish())
    mailbox.answer = "550 No such person"
    go(factory, mailbox, NOW)
    mailbox.answer = ""
    go_round(factory, NOW + UNREACHABLE)
    with factory() as session:
        assert find_follower(session) is None


def test_a_follower_sees_changes_and_ends_what_is_theirs_alone(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        own = follow(session, wish())
        follow(session, wish("goal", "culture"))
        other = session.scalars(select(Follower.id).where(Follower.id != own)).one()
        follower = session.get_one(Follower, own)
        state, foreign = follower_state(follower), session.get_one(Follower, other).follows[0].id
        mine = show_my_following(session, own, state)
        assert [each.thing.kind for each in mine.followed if each.thing] == ["project", "goal"]
        change_letters(session, own, state, "cy", "weekly")
        assert (follower.language, follower.pace) == ("cy", "weekly")
        with pytest.raises(NotFound):
            show_my_following(session, other, state)
        stop_following(session, own, state, foreign)
        assert session.get(Follow, foreign) is not None
        with pytest.raises(NotFound):
            change_letters(session, own, state, "cy", "hourly")
        with pytest.raises(BadInput):
            change_letters(session, own, state, "fr", "daily")
        stop_following(session, own, state, mine.followed[0].id)
        stop_following(session, own, state, mine.followed[0].id)
        assert len(show_my_following(session, own, state).followed) == 1
        stop_following(session, own, state, mine.followed[1].id)
        assert session.get(Follower, own) is None
        forget_follower(session, own, state)


def test_one_press_deletes_the_address_and_all_that_it_was_told(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        own = follow(session, wish())
        state = follower_state(session.get_one(Follower, own))
        answer(session, at=NOW)
        forget_follower(session, own, "a" * 32)
        assert session.get(Follower, own) is not None
    tell_followers_where_due(factory, LATER)
    with transaction(factory) as session:
        forget_follower(session, own, state)
        assert session.scalars(select(FollowerTold).where(FollowerTold.follower_id == own)).all() == []
    go(factory, mailbox, LATER)
    assert sent_to(mailbox) == []
    assert {"dropped"} <= set(states(factory))


def test_a_thing_that_is_hidden_again_is_told_of_to_nobody_and_shown_as_gone(
    factory: SessionFactory, mailbox: Mailbox, project: str
) -> None:
    with transaction(factory) as session:
        own = follow(session, wish())
        answer(session, at=NOW)
        session.execute(update(Project).where(Project.slug == project).values(listed=False))
    go(factory, mailbox, LATER)
    assert headings(mailbox) == []
    with transaction(factory) as session:
        mine = show_my_following(session, own, follower_state(session.get_one(Follower, own)))
        assert [each.thing for each in mine.followed] == [None]


def test_the_database_holds_no_address_that_can_be_read(factory: SessionFactory, project: str) -> None:
    with transaction(factory) as session:
        follow(session, wish())
        assert "mair" not in all_rows(session).casefold()


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"address": "mair"}, ContactRefused),
        ({"address": "mair@example.org\nBcc: all@example.org"}, ContactRefused),
        ({"address": "a" * 10_000 + "@example.org"}, ContactRefused),
        ({"address": ""}, ContactRefused),
        ({"pace": "hourly"}, NotFound),
        ({"pace": "p" * 10_000}, NotFound),
        ({"language": "fr"}, BadInput),
        ({"subject": "drafft"}, NotFound),
        ({"subject": "heb-ei-restru"}, NotFound),
        ({"kind": "story", "subject": "1"}, NotFound),
    ],
)
def test_what_cannot_be_asked_for_leaves_no_row(
    factory: SessionFactory, project: str, changed: dict[str, str], error: type[Exception]
) -> None:
    with transaction(factory) as session:
        make_project(session, "heb-ei-restru")
        session.execute(update(Project).where(Project.slug == "heb-ei-restru").values(listed=False))
    with pytest.raises(error), transaction(factory) as session:
        ask_to_follow(session, wish(**changed), NOW, CODE_KEY)
    with factory() as session:
        assert find_follower(session) is None
        assert session.scalar(select(func.count()).select_from(Follow)) == 1
