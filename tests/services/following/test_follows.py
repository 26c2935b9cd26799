"""Followers change and end what they follow, and an address that does not work is let go."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotFound
from involve.models import Follow, Follower, FollowerTold, Project
from involve.services.following.follows import (
    UNREACHABLE,
    change_letters,
    forget_follower,
    show_my_following,
    stop_following,
)
from involve.services.following.readers import follower_state
from involve.services.following.telling import tell_followers_where_due
from involve.services.upkeep.rounds import go_round
from tests.factories import NOW
from tests.mailbox import Mailbox
from tests.services.following.happened import answer
from tests.services.following.readers import (
    ADDRESS,
    find_follower,
    follow,
    go,
    headings,
    sent_to,
    states,
    wish,
)

LATER = NOW + timedelta(hours=2)


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
