"""What was decided with a story: each published decision that it is behind, what that made of it, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Decision, DecisionTheme, Outcome
from involve.services.deciding.behind import cited_sides, decisions_ahead, holds_story
from involve.services.tellers.my_story import MyStory
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of

Standing = Literal["open", "followed", "not_followed"]


@dataclass(frozen=True, slots=True)
class MyTheme:
    """Something that the teller and others said, whether a decision follows it, and the reason (empty: none given)."""

    name: Bilingual
    standing: Standing
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class MyOutcome:
    """What came of a decision: an id of vocabulary.outcomes, words or None. `new`: noted since the teller was here."""

    status: str
    words: Bilingual | None
    on_day: date
    new: bool


@dataclass(frozen=True, slots=True)
class MyDecision:
    """A published decision that a story is behind. `new`: it was published since the teller was here.

    `cited`: it relies on words of the story. `against`: words of the story stand beside it, as speaking against it.
    """

    id: int
    title: Bilingual
    decided_by: Bilingual | None
    on: date
    new: bool
    cited: bool
    against: bool
    themes: tuple[MyTheme, ...]
    outcomes: tuple[MyOutcome, ...]


def list_my_decisions(session: Session, mine: MyStory) -> tuple[MyDecision, ...]:
    """Return the decisions that the teller's published story is behind, newest first; outcomes oldest first.

    What is new is new since `mine.since`. The number of queries does not depend on how much there is.
    """
    ids = decisions_ahead(session, mine.id)
    rows = {row.id: row for row in session.scalars(select(Decision).where(Decision.id.in_(ids)))}
    sides = cited_sides(session, ids, mine.id)
    themes = session.scalars(
        select(DecisionTheme)
        .where(DecisionTheme.decision_id.in_(ids), holds_story(mine.id))
        .order_by(DecisionTheme.id)
    ).all()
    outcomes = session.scalars(
        select(Outcome).where(Outcome.decision_id.in_(ids)).order_by(Outcome.on_day, Outcome.id)
    ).all()
    return tuple(_decision(rows[each], sides, themes, outcomes, mine.since) for each in ids)


def _decision(
    row: Decision,
    sides: frozenset[tuple[int, str]],
    themes: Sequence[DecisionTheme],
    outcomes: Sequence[Outcome],
    since: datetime,
) -> MyDecision:
    """Return a decision as it stands to the story of its reader."""
    published_at = row.published_at or row.created_at
    return MyDecision(
        id=row.id,
        title=Bilingual(row.title_cy, row.title_en),
        decided_by=Bilingual(row.decided_by_cy, row.decided_by_en) if row.decided_by_cy else None,
        on=row.decided_on or day_of(published_at),
        new=published_at > since,
        cited=(row.id, "for") in sides,
        against=(row.id, "against") in sides,
        themes=tuple(_theme(each) for each in themes if each.decision_id == row.id),
        outcomes=tuple(_outcome(each, since) for each in outcomes if each.decision_id == row.id),
    )


def _theme(row: DecisionTheme) -> MyTheme:
    standing: Standing = row.standing  # type: ignore[assignment]
    return MyTheme(Bilingual(row.name_cy, row.name_en), standing, Bilingual(row.reason_cy, row.reason_en))


def _outcome(row: Outcome, since: datetime) -> MyOutcome:
    words = Bilingual(row.text_cy, row.text_en) if row.text_cy else None
    return MyOutcome(row.status, words, row.on_day, row.noted_at > since)
