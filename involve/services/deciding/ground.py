"""What a decision stands on, as staff see it while they work and the public once it is published."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from involve.errors import NotFound
from involve.models import Decision, DecisionPassage
from involve.services.deciding.ground_gate import (
    count_cited_stories,
    count_passages,
    count_published,
)
from involve.services.deciding.heard import Heard, list_heard
from involve.vocabulary.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage of a published story behind a decision. `text` is None where its teller did not agree to be quoted.

    `strongest`: the software found these words the strongest against it. `reason` says why they did not change it.
    """

    id: int
    reference: str
    text: str | None
    language: str
    told_as: str
    strongest: bool
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there were when a decision was published (None: it is not), and how many there are now."""

    then: int | None
    now: int

    @property
    def moved(self) -> bool:
        """Whether that changed since."""
        return self.then is not None and self.then != self.now


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision stands on.

    `recorded` is false for what was published before evidence was recorded. `passages` are for it and come from
    `stories`; `against` counts those against it; `published` counts all published stories of the project.
    """

    decision_id: int
    public: bool
    recorded: bool
    for_it: tuple[Cited, ...]
    against_it: tuple[Cited, ...]
    heard: tuple[Heard, ...]
    passages: Counted
    against: Counted
    stories: Counted
    published: Counted

    @property
    def followed(self) -> tuple[Heard, ...]:
        """What was heard and is followed."""
        return tuple(each for each in self.heard if each.judgement == "followed")

    @property
    def not_followed(self) -> tuple[Heard, ...]:
        """What was heard and is not followed, each with its reason."""
        return tuple(each for each in self.heard if each.judgement == "not_followed")

    @property
    def moved(self) -> bool:
        """Whether any count changed since the decision was published."""
        counts = (self.passages, self.against, self.stories, self.published)
        return any(each.moved for each in counts) or any(
            each.stories_then not in (None, each.stories) for each in self.heard
        )

    @property
    def gone(self) -> int:
        """How many passages that stood here when it was published cannot be shown any more."""
        return sum(max((each.then or 0) - each.now, 0) for each in (self.passages, self.against))


def show_ground(session: Session, decision_id: int, public: bool) -> Standing:
    """Return what a decision stands on; where it is `public`, words only of those who agreed to be quoted.

    Raises:
        NotFound: there is no such decision, or it is not published and this is for the public.
    """
    decision = session.get(Decision, decision_id)
    if decision is None or (public and decision.state != "published"):
        raise NotFound("decision")
    rows = session.scalars(
        select(DecisionPassage)
        .where(DecisionPassage.decision_id == decision_id)
        .order_by(DecisionPassage.id)
        .options(selectinload(DecisionPassage.publication))
    ).all()
    sides = {
        side: tuple(_cite(row, public) for row in rows if row.side == side) for side in ("for", "against")
    }
    return Standing(
        decision_id=decision.id,
        public=decision.state == "published",
        recorded=decision.state != "published" or decision.passages_then is not None,
        for_it=sides["for"],
        # The strongest stands first.
        against_it=tuple(sorted(sides["against"], key=lambda each: not each.strongest)),
        heard=list_heard(session, decision),
        passages=Counted(decision.passages_then, count_passages(session, decision_id, "for")),
        against=Counted(decision.against_then, count_passages(session, decision_id, "against")),
        stories=Counted(decision.stories_then, count_cited_stories(session, decision_id)),
        published=Counted(decision.heard_then, count_published(session, decision.project_id)),
    )


def _cite(row: DecisionPassage, public: bool) -> Cited:
    publication = row.publication
    shown = publication.quotable or not public
    return Cited(
        row.id,
        publication.reference,
        publication.text[row.start : row.stop] if shown else None,
        publication.language,
        publication.told_as,
        row.strongest,
        Bilingual(row.reason_cy, row.reason_en),
    )
