"""Passages of published stories behind a decision: chosen and taken away by staff until it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, InvolveError, NotFound
from involve.models import Decision, DecisionPassage, Publication, Story
from involve.services.deciding.decisions import find_unpublished
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.text.sentences import split_sentences
from involve.text.types import Passage

MOST_PASSAGES = 60
SIDES = ("for", "against")


class CircularEvidence(InvolveError):
    """The story was told after the decision was put before people: it may be about the decision itself."""

    code = "circular_evidence"


@dataclass(frozen=True, slots=True)
class CitedStory:
    """A published story before whoever looks for evidence in it.

    `cited` holds where each sentence that is cited begins, and on which side. `late`: it was told after the decision
    was put before people, so that it can speak against the decision and not for it.
    """

    reference: str
    language: str
    sentences: tuple[Passage, ...]
    cited: tuple[tuple[int, str], ...]
    late: bool


def cite_sentences(
    session: Session,
    actor: Actor,
    decision_id: int,
    reference: str,
    starts: Sequence[int],
    side: str,
    now: datetime,
) -> int:
    """Cite sentences of a published story for a decision or against it; return how many changed.

    They are named by where each begins. One that was cited on the other side changes sides.

    Raises:
        NotFound, NotAllowed: there is no such decision, or no such published story in its project; no grant covers it.
        BadInput: 'published' (the decision is), 'side', 'many' (more than MOST_PASSAGES), or 'sentences': none was
            chosen, or one begins elsewhere: the story changed since it was read.
        CircularEvidence: it was told after the decision was put before people, and is to speak for it.
    """
    decision = find_unpublished(session, actor, decision_id)
    publication = _find_publication(session, decision, reference)
    if side not in SIDES:
        raise BadInput("side")
    sentences = {each.start: each.end for each in split_sentences(publication.text)}
    if not starts or not sentences.keys() >= set(starts):
        raise BadInput("sentences")
    if side == "for" and _is_late(session, decision, publication):
        raise CircularEvidence(reference)
    changed = _put(
        session, actor, decision, publication, {start: sentences[start] for start in starts}, side, now
    )
    if changed:
        record(session, "decision_cited", "decision", decision.id, now, user_id=actor.user_id)
    return changed


def take_away(session: Session, actor: Actor, decision_id: int, passage_id: int, now: datetime) -> None:
    """Take a passage away from a decision; one that is gone already changes nothing.

    Raises:
        NotFound, NotAllowed: there is no such decision, or no grant covers it.
        BadInput: it is published already.
    """
    decision = find_unpublished(session, actor, decision_id)
    row = session.get(DecisionPassage, passage_id)
    if row is None or row.decision_id != decision.id:
        return
    session.delete(row)
    session.flush()
    record(session, "decision_uncited", "decision", decision.id, now, user_id=actor.user_id)


def show_cited_story(session: Session, decision: Decision, reference: str) -> CitedStory:
    """Return a published story of a decision's project, with what is cited of it.

    Raises:
        NotFound: there is none.
    """
    return view_cited_story(session, decision, _find_publication(session, decision, reference))


def view_cited_story(session: Session, decision: Decision, publication: Publication) -> CitedStory:
    """Return the value of a published story, with what a decision cites of it."""
    cited = tuple((row.start, row.side) for row in _passages(session, decision, publication))
    late = _is_late(session, decision, publication)
    sentences = split_sentences(publication.text)
    return CitedStory(publication.reference, publication.language, sentences, cited, late)


def _put(
    session: Session,
    actor: Actor,
    decision: Decision,
    publication: Publication,
    places: Mapping[int, int],
    side: str,
    now: datetime,
) -> int:
    """Cite the places (start and stop) that are not cited yet, and turn those of the other side; return how many."""
    there = {each.start: each for each in _passages(session, decision, publication)}
    turned = [there[start] for start in places.keys() & there.keys() if there[start].side != side]
    for row in turned:
        row.side = side
    new = sorted(places.keys() - there.keys())
    if _count(session, decision) + len(new) > MOST_PASSAGES:
        raise BadInput("many")
    session.add_all(
        DecisionPassage(
            decision_id=decision.id,
            publication_id=publication.id,
            start=start,
            stop=places[start],
            side=side,
            user_id=actor.user_id,
            added_at=now,
        )
        for start in new
    )
    session.flush()
    return len(new) + len(turned)


def _find_publication(session: Session, decision: Decision, reference: str) -> Publication:
    publication = session.scalar(select(Publication).where(Publication.reference == reference))
    if publication is None or publication.project_id != decision.project_id:
        raise NotFound("story")
    return publication


def _is_late(session: Session, decision: Decision, publication: Publication) -> bool:
    if decision.proposed_at is None:
        return False
    told = session.get_one(Story, publication.story_id).received_at
    return told > decision.proposed_at


def _passages(session: Session, decision: Decision, publication: Publication) -> Sequence[DecisionPassage]:
    return session.scalars(
        select(DecisionPassage)
        .where(DecisionPassage.decision_id == decision.id, DecisionPassage.publication_id == publication.id)
        .order_by(DecisionPassage.start)
    ).all()


def _count(session: Session, decision: Decision) -> int:
    cited = select(func.count()).where(DecisionPassage.decision_id == decision.id)
    return session.scalar(cited) or 0
