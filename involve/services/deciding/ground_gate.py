"""What a decision needs to be public: evidence, a word on all that was heard, and a look at what is against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, InvolveError, LanguageMissing
from involve.models import Decision, DecisionPassage, DecisionTheme, Publication, Story
from involve.services.deciding.against import NOTHING, Strongest, find_strongest
from involve.services.deciding.heard import Heard, count_stories, list_heard, publications_of, subject_of
from involve.vocabulary.bilingual import Bilingual

LONGEST_ANSWER = 2_000
_SILENT = Bilingual("", "")


class GroundMissing(InvolveError):
    """The decision stands on too little to be public: `missing` says what to do first."""

    code = "ground_missing"

    def __init__(self, missing: str) -> None:
        """`missing`: 'evidence', 'open' (something heard was not considered) or 'against' (the strongest words against
        it were not shown, or are others by now)."""
        super().__init__(missing)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Seen:
    """Which words against a decision were shown to whoever publishes it, and why these do not change it.

    `key`: of the strongest words as they were shown, or NOTHING. `reason`: in both languages or neither.
    """

    key: str
    reason: Bilingual = _SILENT


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision that is not public would stand on now.

    `passages` are for it; `followed` are themes that it follows, with published stories in them, told before it was put
    before people; `open` are things heard that nobody has considered. `strongest` are the words against it.
    """

    passages: int
    followed: int
    heard: tuple[Heard, ...]
    open: int
    strongest: Strongest | None

    @property
    def has_evidence(self) -> bool:
        """Whether it stands on anything that people said."""
        return bool(self.passages or self.followed)

    @property
    def seen_key(self) -> str:
        """What says that the strongest words were shown."""
        return self.strongest.key if self.strongest else NOTHING


def check_ground(session: Session, decision: Decision) -> Ground:
    """Return what a decision would stand on if it were published now."""
    heard = list_heard(session, decision)
    return Ground(
        passages=count_passages(session, decision.id, "for"),
        followed=sum(
            each.judgement == "followed" and _has_early_story(session, decision, each) for each in heard
        ),
        heard=heard,
        open=sum(_is_open(each) for each in heard),
        strongest=find_strongest(session, decision, heard),
    )


def require_ground(session: Session, decision: Decision, seen: Seen) -> Ground:
    """Return what a decision stands on, if that is enough to publish it and the strongest words against it were seen.

    Raises:
        GroundMissing: it is not enough, or they were not.
        LanguageMissing, BadInput: why they do not change it is said in one language only, or at too great a length.
    """
    ground = check_ground(session, decision)
    if not ground.has_evidence:
        raise GroundMissing("evidence")
    if ground.open:
        raise GroundMissing("open")
    if seen.key != ground.seen_key:
        raise GroundMissing("against")
    for language in ("cy", "en"):
        own = seen.reason.in_language(language).strip()
        if len(own) > LONGEST_ANSWER:
            raise BadInput("long")
        if not own and (seen.reason.cy.strip() or seen.reason.en.strip()):
            raise LanguageMissing(language)
    return ground


def freeze_ground(
    session: Session, decision: Decision, ground: Ground, seen: Seen, user_id: int | None, now: datetime
) -> None:
    """Keep the strongest words against a decision beside it, and every count as it stands."""
    if ground.strongest is not None:
        _keep_strongest(session, decision, ground.strongest, seen.reason, user_id, now)
    decision.passages_then = count_passages(session, decision.id, "for")
    decision.against_then = count_passages(session, decision.id, "against")
    decision.stories_then = count_cited_stories(session, decision.id)
    decision.heard_then = count_published(session, decision.project_id)
    rows = session.scalars(select(DecisionTheme).where(DecisionTheme.decision_id == decision.id)).all()
    for row in rows:
        subject = subject_of(row)
        if subject is None:
            # The theme went with the story of who put it forward, before anybody made it public here.
            session.delete(row)
        else:
            row.stories_then = count_stories(session, decision.project_id, subject)
    session.flush()


def count_passages(session: Session, decision_id: int, side: str) -> int:
    """Return how many passages on one side of a decision can be shown now."""
    query = select(func.count()).where(
        DecisionPassage.decision_id == decision_id, DecisionPassage.side == side
    )
    return session.scalar(query) or 0


def count_cited_stories(session: Session, decision_id: int) -> int:
    """Return from how many published stories the passages are on which a decision relies."""
    query = select(func.count(DecisionPassage.publication_id.distinct())).where(
        DecisionPassage.decision_id == decision_id, DecisionPassage.side == "for"
    )
    return session.scalar(query) or 0


def count_published(session: Session, project_id: int) -> int:
    """Return how many stories of a project are published."""
    return session.scalar(select(func.count()).where(Publication.project_id == project_id)) or 0


def list_missing(ground: Ground) -> Sequence[str]:
    """Return what keeps a decision from being published, beside the look at what is against it."""
    return [
        name for name, here in (("evidence", not ground.has_evidence), ("open", bool(ground.open))) if here
    ]


def _is_open(heard: Heard) -> bool:
    """Whether something that has to be judged was not: a reason in one language is none."""
    if heard.judgement == "not_followed":
        return not (heard.reason.cy and heard.reason.en)
    return heard.judgement == "open"


def _has_early_story(session: Session, decision: Decision, heard: Heard) -> bool:
    """Whether a published story is in a theme that was told before the decision could be what it speaks of."""
    if heard.subject is None:
        return False
    query = (
        select(Publication.id)
        .join(Story, Story.id == Publication.story_id)
        .where(Publication.id.in_(publications_of(decision.project_id, heard.subject)))
    )
    if decision.proposed_at is not None:
        query = query.where(Story.received_at <= decision.proposed_at)
    return session.scalar(query.limit(1)) is not None


def _keep_strongest(
    session: Session,
    decision: Decision,
    strongest: Strongest,
    reason: Bilingual,
    user_id: int | None,
    now: datetime,
) -> None:
    row = session.scalar(
        select(DecisionPassage).where(
            DecisionPassage.decision_id == decision.id,
            DecisionPassage.publication_id == strongest.publication_id,
            DecisionPassage.start == strongest.sentence.start,
        )
    )
    if row is None:
        row = DecisionPassage(
            decision_id=decision.id,
            publication_id=strongest.publication_id,
            start=strongest.sentence.start,
            stop=strongest.sentence.end,
            user_id=user_id,
            added_at=now,
        )
        session.add(row)
    row.side, row.strongest = "against", True
    row.reason_cy, row.reason_en = reason.cy.strip(), reason.en.strip()
    session.flush()
