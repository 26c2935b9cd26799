"""Answering many at once: nobody is told twice, and who took their story back is told nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput
from involve.models import Letter, Message
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import show_my_story, withdraw_story
from involve.services.telling.previewing import preview_answer
from tests.factories import NOW, make_story
from tests.services.telling.answers import ANSWER, LATER, send, tell


def at_once(*acts: Callable[[], object]) -> None:
    with ThreadPoolExecutor(len(acts)) as pool:
        for act in [pool.submit(act) for act in acts]:
            act.result()


def test_a_story_that_is_withdrawn_between_looking_and_sending_is_named_and_the_rest_goes_out(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        stays = make_story(session, text="No bus.", tagged=False)
        goes = make_story(session, text="No train.", tagged=False)
        both = [stays.reference, goes.reference]
        assert len(preview_answer(session, both, ANSWER)) == 2
        withdraw_story(session, goes.story_id, NOW)
        sent = send(session, staff, both)
        assert (sent.told, sent.gone) == (1, (goes.reference,))
        assert show_my_story(session, stays.story_id, LATER).replies[0].text == ANSWER.text_en
        with pytest.raises(BadInput):
            send(session, staff, [goes.reference])


def test_the_same_answer_sent_from_two_windows_at_once_is_there_once(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        told = [tell(session, f"Bus {n}.", contact=f"{n}@example.org") for n in range(5)]
    barrier, sent = Barrier(2), []

    def press(references: list[str]) -> None:
        barrier.wait()
        with transaction(factory) as session:
            sent.append(send(session, staff, references))

    # In another order, so that they would wait for each other if the rows were taken as they come.
    at_once(lambda: press(told), lambda: press(told[::-1]))
    assert sorted((each.told, each.before) for each in sent) == [(0, 5), (5, 0)]
    with factory() as session:
        assert session.scalar(select(func.count(Message.id))) == 5
        assert session.scalar(select(func.count(Letter.id))) == 5


def test_two_windows_with_some_people_in_common_tell_each_of_them_once(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        told = [tell(session, f"Bus {n}.") for n in range(6)]
    barrier = Barrier(2)

    def press(references: list[str]) -> None:
        barrier.wait()
        with transaction(factory) as session:
            send(session, staff, references)

    at_once(lambda: press(told[:4]), lambda: press(told[2:]))
    with factory() as session:
        rows = session.execute(select(Message.story_id, func.count()).group_by(Message.story_id)).all()
        assert sorted(row[1] for row in rows) == [1] * 6
