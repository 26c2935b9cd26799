"""What was done with a story, step by step: seen, agreed to by a second person, reviewed on appeal, undone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import Conflict, NotAllowed
from involve.models import Judgement, Story, User
from involve.services.moderation.moderate import Judged, hide_spans, set_state
from involve.services.moderation.staff_story import Span, find_story
from involve.services.publishing.publish import agreed_uses, refresh_publication
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.services.upkeep.letters import tell_of_news


class OwnJudgement(NotAllowed):
    """Whoever judged a story is not the second person: another one has to look."""

    code = "own_judgement"


class NotTheLast(Conflict):
    """The step is not the last one any more, was undone before, or two people stand behind it."""

    code = "not_the_last"


class NothingToReview(Conflict):
    """The story is neither held nor declined now, nor is it to be."""

    code = "nothing_to_review"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story's history. `by`, `reviewed_by` and `undone_by` are names of colleagues.

    `may_undo` and `may_review` are whether the member of staff who looks may do so now.
    """

    id: int
    verdict: str
    reason: str | None
    sentence: str | None
    language: str | None
    hid: bool
    pending: bool
    by: str
    at: datetime
    upheld: bool | None
    reviewed_by: str
    undone_by: str
    undone_at: datetime | None
    may_undo: bool
    may_review: bool


def list_steps(session: Session, actor: Actor, story_id: int) -> tuple[Step, ...]:
    """Return what was done with a story, newest first."""
    rows = session.scalars(
        select(Judgement).where(Judgement.story_id == story_id).order_by(Judgement.id.desc())
    ).all()
    names = _names(session, {id_ for row in rows for id_ in (row.user_id, row.reviewed_by, row.undone_by)})
    story = session.get_one(Story, story_id)
    last = next((row for row in rows if row.undone_at is None), None)
    return tuple(_step(row, names, actor, row is last and _stands(story, row)) for row in rows)


def undo_judgement(
    session: Session, actor: Actor, reference: str, judgement_id: int, now: datetime
) -> Judged:
    """Undo the last step: the story is again as it was before, in this transaction. The step and its undoing stay.

    Raises:
        NotTheLast: something was done since, or two people stand behind the step.
        NotFound, NotAllowed: as `open_story`.
    """
    story = find_story(session, actor, reference, "moderate")
    step = _last_step(session, story)
    if step is None or step.id != judgement_id or step.upheld is not None or not _stands(story, step):
        raise NotTheLast(reference)
    step.undone_at, step.undone_by = now, actor.user_id
    changed = _put_back(session, story, step, actor, now)
    record(session, "judgement_undone", "story", story.id, now, user_id=actor.user_id, judgement=step.id)
    return Judged(step.id, False, tell_of_news(session, story.id, now) if changed else None)


def review_judgement(session: Session, actor: Actor, reference: str, uphold: bool, now: datetime) -> Judged:
    """Have a second person look at what was decided of a story: a decline that waits for them, or an appeal.

    Upheld, a decline that waited takes effect, and one that stood stays; otherwise the story is again as it was before
    it was held or declined.

    Raises:
        OwnJudgement: the actor is who judged it, or who agreed to it before.
        NothingToReview: it is neither held nor declined.
        NotFound, NotAllowed: as `open_story`.
    """
    story = find_story(session, actor, reference, "moderate")
    step = find_reviewable(session, story)
    if step is None:
        raise NothingToReview(reference)
    if actor.user_id in (step.user_id, step.reviewed_by):
        raise OwnJudgement(reference)
    waited, step.pending = step.pending, False
    step.upheld, step.reviewed_by, step.reviewed_at = uphold, actor.user_id, now
    if not uphold:
        step.undone_at, step.undone_by = now, actor.user_id
        changed = set_state(session, story, _former_state(story, step), now)
    else:
        changed = waited and set_state(session, story, step.verdict, now)
    kind = "judgement_upheld" if uphold else "judgement_overturned"
    record(session, kind, "story", story.id, now, user_id=actor.user_id, judgement=step.id)
    if waited and uphold:
        record(session, step.verdict, "story", story.id, now, user_id=actor.user_id, together=True)
    return Judged(step.id, False, tell_of_news(session, story.id, now) if changed else None)


def find_reviewable(session: Session, story: Story) -> Judgement | None:
    """Return the step by which the story is held or declined now, or is to be declined; None where there is none."""
    step = session.scalar(
        select(Judgement)
        .where(Judgement.story_id == story.id, Judgement.verdict.in_(("held", "declined")))
        .where(Judgement.undone_at.is_(None))
        .order_by(Judgement.id.desc())
        .limit(1)
    )
    return step if step is not None and _stands(story, step) else None


def _last_step(session: Session, story: Story) -> Judgement | None:
    """Return the last step that was not undone."""
    return session.scalar(
        select(Judgement)
        .where(Judgement.story_id == story.id, Judgement.undone_at.is_(None))
        .order_by(Judgement.id.desc())
        .limit(1)
    )


def _stands(story: Story, step: Judgement) -> bool:
    """Whether the story still is what the step made of it: its teller may have changed what they agree to."""
    made = "held" if step.pending else step.verdict
    return step.verdict == "redacted" or made == story.state


def _former_state(story: Story, step: Judgement) -> str:
    """Return the state before a step, or 'received' where its teller does not agree to publishing any more."""
    gone = step.state_before == "published" and "publish" not in agreed_uses(story)
    return "received" if gone else step.state_before


def _put_back(session: Session, story: Story, step: Judgement, actor: Actor, now: datetime) -> bool:
    """Bring back what was hidden and the state before a step; return whether the state is another one."""
    if step.hid:
        spans: tuple[Span, ...] = tuple((start, end, kind) for start, end, kind in step.spans_before or ())
        hide_spans(session, story, spans, actor.user_id, now)
        decided = step.spans_before is not None
        record(session, "hiding_undone", "story", story.id, now, user_id=actor.user_id, decided=decided)
    if step.verdict == "redacted":
        refresh_publication(session, story)
        return False
    step.pending = False
    return set_state(session, story, _former_state(story, step), now)


def _step(row: Judgement, names: dict[int | None, str], actor: Actor, last: bool) -> Step:
    """Return the value of a row; *last* is whether it is the last step and the story stands as it made it."""
    return Step(
        id=row.id,
        verdict=row.verdict,
        reason=row.reason,
        sentence=row.sentence,
        language=row.language,
        hid=row.hid,
        pending=row.pending,
        by=names.get(row.user_id, ""),
        at=row.at,
        upheld=row.upheld,
        reviewed_by=names.get(row.reviewed_by, ""),
        undone_by=names.get(row.undone_by, ""),
        undone_at=row.undone_at,
        may_undo=last and row.upheld is None,
        may_review=row.pending and row.undone_at is None and row.user_id != actor.user_id,
    )


def _names(session: Session, ids: set[int | None]) -> dict[int | None, str]:
    """Return the names of members of staff by their ids."""
    rows = session.execute(select(User.id, User.name, User.email).where(User.id.in_(ids - {None})))
    return {row[0]: row[1] or row[2] for row in rows}
