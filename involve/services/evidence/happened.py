"""What happened to published stories, as the public pages show it: which decisions heard them, and what came of these.

Decisions are few and say by a concept or a theme which stories they heard, so sets are joined instead of rows. It is
the same trail as `services/deciding/behind.py` follows for one story; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pyroaring import BitMap
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from involve.models import Decision, DecisionPassage, DecisionTheme, Outcome, ThemePassage
from involve.models.theme import Theme
from involve.services.evidence.facet_index import EVERYTHING, FacetIndex

# A story that a decision heard: the decision, whether it follows it (None: nobody said), and the numbers of stories.
_Heard = tuple[int, bool | None, BitMap]


def read_happened(session: Session, index: FacetIndex) -> Mapping[str, BitMap]:
    """Return the numbers of the publications to which each thing of `vocabulary.happened` has happened."""
    done = _done(session)
    found: dict[str, BitMap] = defaultdict(BitMap)
    for decision, followed, numbers in _heard(session, index):
        found["decided"] |= numbers
        if followed is not None:
            found["followed" if followed else "not_followed"] |= numbers
        if decision in done:
            found["done"] |= numbers
    return {**found, "waiting": index.bearing(*EVERYTHING) - found["decided"]}


def _heard(session: Session, index: FacetIndex) -> Iterator[_Heard]:
    """Yield what published decisions cite, what is within their themes, and what is tagged with these."""
    yield from _cited(session)
    yield from _grouped(session)
    rows = session.execute(
        select(
            DecisionTheme.decision_id,
            DecisionTheme.standing,
            DecisionTheme.scheme,
            DecisionTheme.concept,
            Decision.project_id,
        )
        .join(Decision, Decision.id == DecisionTheme.decision_id)
        .where(Decision.state == "published", DecisionTheme.concept.is_not(None))
    )
    for decision, standing, scheme, concept, project in rows:
        numbers = index.bearing(str(scheme), str(concept)) & index.bearing("project", str(project))
        yield decision, _followed(standing), numbers


def _cited(session: Session) -> Iterator[_Heard]:
    rows = session.execute(
        select(DecisionPassage.decision_id, DecisionPassage.side, DecisionPassage.publication_id)
        .join(Decision, Decision.id == DecisionPassage.decision_id)
        .where(Decision.state == "published")
    )
    for decision, side, number in rows:
        yield decision, side == "for", BitMap((number,))


def _grouped(session: Session) -> Iterator[_Heard]:
    # What was merged into a theme is part of it.
    part = or_(Theme.id == DecisionTheme.theme_id, Theme.merged_into_id == DecisionTheme.theme_id)
    rows = session.execute(
        select(DecisionTheme.decision_id, DecisionTheme.standing, ThemePassage.publication_id)
        .join(Theme, part)
        .join(ThemePassage, ThemePassage.theme_id == Theme.id)
        .join(Decision, Decision.id == DecisionTheme.decision_id)
        .where(Decision.state == "published")
    )
    for decision, standing, number in rows:
        yield decision, _followed(standing), BitMap((number,))


def _followed(standing: str) -> bool | None:
    return None if standing == "open" else standing == "followed"


def _done(session: Session) -> set[int]:
    """Return the decisions of which the last that was noted says that they are carried out."""
    rows = session.execute(select(Outcome.decision_id, Outcome.status).order_by(Outcome.on_day, Outcome.id))
    latest = {decision: status for decision, status in rows}  # noqa: C416  rows are no pairs to its types
    return {decision for decision, status in latest.items() if status == "done"}
