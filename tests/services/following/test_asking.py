"""Asking to follow by e-mail: nothing before a yes, and nobody learns who follows already."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, ContactRefused, NotFound
from involve.models import Follow, Project
from involve.services.following.asking import MOST_ASKED, ask_to_follow
from involve.services.following.follows import (
    UNCONFIRMED,
    confirm_follow,
)
from involve.services.following.readers import follower_state
from involve.services.upkeep.rounds import go_round
from tests.factories import CODE_KEY, NOW, make_project
from tests.mailbox import Mailbox
from tests.services.following.happened import answer
from tests.services.following.readers import ADDRESS, find_follower, follow, go, link_in, sent_to, wish
from tests.services.rows import all_rows

LATER = NOW + timedelta(hours=2)


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
