"""What changed: counts of published stories, answers that are public, and whether one is overdue."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Reply
from involve.services.projects.projects import find_project
from involve.services.returns.accounts import list_returns
from involve.services.returns.said import MOST_CONCEPTS
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_story
from tests.publications import Shown, add_rows


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        yield session


def answer(
    session: Session, days: int = 0, project: str = "bywyd-da", public: bool = True, words: str = ""
) -> None:
    session.add(
        Reply(
            project_id=find_project(session, project).id, text_cy=f"Ateb {words}", text_en=f"Answer {words}",
            public=public, written_at=NOW + timedelta(days=days),
        )
    )  # fmt: skip
    session.flush()


def test_only_published_stories_of_the_project_are_counted(session: Session) -> None:
    make_project(session, "prosiect-arall")
    add_rows(session, "bywyd-da", [Shown(), Shown()])
    add_rows(session, "prosiect-arall", [Shown()])
    make_story(session, text="Waiting in the queue.")
    counts = {each.project.slug: each.published for each in list_returns(session, NOW)}
    assert counts == {"bywyd-da": 2, "prosiect-arall": 1}


def test_the_goals_are_those_of_most_stories_at_most_three(session: Session) -> None:
    goals = ("healthier", "equal", "culture", "global")
    add_rows(
        session,
        "bywyd-da",
        [
            Shown(tags=tuple(("goal", goal, "idea") for goal in goals[: number + 1]))
            for number in range(len(goals))
        ],
    )
    add_rows(session, "bywyd-da", [Shown(tags=(("way", "prevention", "idea"),)) for _ in range(9)])
    (only,) = list_returns(session, NOW)
    assert only.goals == (("healthier", 4), ("equal", 3), ("culture", 2))
    assert len(only.goals) == MOST_CONCEPTS


def test_answers_stand_newest_first_in_both_languages_and_private_ones_nowhere(session: Session) -> None:
    answer(session, 0, words="1")
    answer(session, 2, words="2")
    answer(session, 1, words="3", public=False)
    (only,) = list_returns(session, NOW)
    assert [reply.words for reply in only.replies] == [
        Bilingual("Ateb 2", "Answer 2"),
        Bilingual("Ateb 1", "Answer 1"),
    ]


@pytest.mark.parametrize(
    ("today", "answered_on", "overdue"),
    [
        (59, None, False),
        (60, None, False),
        (61, None, True),
        (61, 5, False),
        (61, -11, True),
        (400, 399, False),
    ],
)
def test_an_answer_is_overdue_after_its_day_until_there_is_one_of_this_stage(
    session: Session, today: int, answered_on: int | None, overdue: bool
) -> None:
    if answered_on is not None:
        answer(session, answered_on)
    (only,) = list_returns(session, NOW + timedelta(days=today))
    assert only.overdue is overdue


def test_projects_that_are_unlisted_or_still_to_come_are_left_out(session: Session) -> None:
    make_project(session, "dyfodol", opens=2, closes=9)
    find_project(session, "bywyd-da").listed = False
    assert list_returns(session, NOW) == ()


def test_the_number_of_queries_does_not_grow_with_stories_or_projects(session: Session) -> None:
    def queries() -> int:
        session.expire_all()
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            statements.append(statement)

        event.listen(session.connection(), "before_cursor_execute", note)
        list_returns(session, NOW)
        event.remove(session.connection(), "before_cursor_execute", note)
        return len(statements)

    answer(session)
    few = queries()
    for number in range(5):
        make_project(session, f"prosiect-{number}")
        answer(session, project=f"prosiect-{number}")
        add_rows(session, f"prosiect-{number}", [Shown(tags=(("goal", "equal", "idea"),)) for _ in range(5)])
    assert queries() == few
