"""Concerns with a change planned and made: by language, only for what a decision follows, and never twice."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Decision, DecisionPassage, DecisionTheme, Outcome, Publication
from involve.services.projects.projects import find_project
from involve.services.returns.concerns import Concerns, count_concerns
from involve.services.returns.done import list_done
from tests.factories import NOW, make_project
from tests.publications import Shown, add_rows


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        yield session


def tell(session: Session, language: str, *tags: tuple[str, str, str]) -> Publication:
    (reference,) = add_rows(session, "bywyd-da", [Shown(language=language, tags=tags)])
    return session.scalars(select(Publication).where(Publication.reference == reference)).one()


def decide(session: Session, status: str | None = None, state: str = "published") -> int:
    project = find_project(session, "bywyd-da")
    row = Decision(
        project_id=project.id, stage_id=project.stages[0].id, title_cy="Bws", title_en="Bus", text_cy="x",
        text_en="x", change_cy="", change_en="", state=state, created_at=NOW, decided_on=NOW.date(),
        published_at=NOW if state == "published" else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if status:
        words = {"text_cy": "x", "text_en": "x", "on_day": NOW.date(), "noted_at": NOW}
        session.add(Outcome(decision_id=row.id, status=status, **words))
    return row.id


def cite(session: Session, decision: int, story: Publication, side: str = "for") -> None:
    session.add(
        DecisionPassage(
            decision_id=decision, publication_id=story.id, start=0, stop=3, side=side, added_at=NOW
        )
    )


def follow(session: Session, decision: int, concept: str, standing: str) -> None:
    words = {"name_cy": "x", "name_en": "x", "reason_cy": "x", "reason_en": "x", "voice": "staff"}
    session.add(
        DecisionTheme(decision_id=decision, scheme="goal", concept=concept, standing=standing, **words)
    )


def count(session: Session) -> dict[str, Concerns]:
    session.flush()
    project = find_project(session, "bywyd-da").id
    return dict(count_concerns(session, project, list_done(session, [project])[project]))


CONCERN = ("goal", "healthier", "concern")


def test_concerns_are_counted_once_each_by_the_language_of_the_story(session: Session) -> None:
    tell(session, "cy", CONCERN, ("goal", "equal", "concern"))
    tell(session, "en", CONCERN)
    tell(session, "mixed", CONCERN)
    tell(session, "und", CONCERN)
    tell(session, "en", ("goal", "healthier", "idea"))
    found = count(session)
    assert {group: each.told for group, each in found.items()} == {"all": 4, "cy": 1, "en": 1, "mixed": 1}


@pytest.mark.parametrize(
    ("status", "planned", "made"),
    [(None, 1, 0), ("agreed", 1, 0), ("under_way", 1, 0), ("done", 0, 1), ("not_done", 0, 0)],
)
def test_a_change_is_planned_or_made_as_the_decision_stands(
    session: Session, status: str | None, planned: int, made: int
) -> None:
    cite(session, decide(session, status), tell(session, "cy", CONCERN))
    found = count(session)
    assert found["cy"] == found["all"] == Concerns(1, planned, made)
    assert found["en"] == Concerns()


def test_only_a_theme_that_is_followed_counts(session: Session) -> None:
    tell(session, "en", CONCERN)
    tell(session, "en", ("goal", "equal", "concern"))
    decision = decide(session, "done")
    follow(session, decision, "healthier", "followed")
    follow(session, decision, "equal", "not_followed")
    assert count(session)["en"] == Concerns(2, 0, 1)


def test_a_passage_against_and_a_decision_that_is_not_public_count_for_nothing(session: Session) -> None:
    story = tell(session, "en", CONCERN)
    cite(session, decide(session, "done"), story, "against")
    cite(session, decide(session, state="draft"), story)
    assert count(session)["all"] == Concerns(1, 0, 0)


def test_a_story_behind_a_plan_and_a_change_made_counts_as_made_only(session: Session) -> None:
    story = tell(session, "en", CONCERN)
    cite(session, decide(session, "under_way"), story)
    cite(session, decide(session, "done"), story)
    assert count(session)["all"] == Concerns(1, 0, 1)


def test_evidence_that_was_withdrawn_is_counted_no_more_and_the_decision_stands(session: Session) -> None:
    story = tell(session, "en", CONCERN)
    cite(session, decide(session, "done"), story)
    session.flush()
    session.delete(story)
    session.flush()
    session.expire_all()
    assert count(session)["all"] == Concerns()
    assert len(list_done(session, [find_project(session, "bywyd-da").id])[1]) == 1
