"""Changing what was promised: only in the open, with a reason, and told to everyone who took part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing
from involve.models import DutyNote, RungChange, Seat, Stage, Story
from involve.services.moderation.replies import LONGEST_REPLY, reply_to_stories
from involve.services.projects.projects import find_own_stage
from involve.services.promises.promises import influence_order
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.duties import AGREEMENT, ANSWER, DUTIES_OF, find_duty
from involve.vocabulary.ladders import find_rung

LONGEST_NOTE = 1_000


class RungWithoutMeans(BadInput):
    """The duties of the higher rung cannot be kept: `missing` is 'people' or 'panel'."""

    def __init__(self, missing: str) -> None:
        """`missing`: 'people' (nobody named to answer in each language) or 'panel' (no seat offered or taken)."""
        super().__init__(missing)
        self.missing = missing


class RungNotPromised(BadInput):
    """The rung gives people no influence: nobody can promise it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A rung that was changed, and to how many stories' tellers that was told."""

    change_id: int
    stories: int


def change_rung(
    session: Session, actor: Actor, stage_id: int, ladder: str, rung: str, reason: Bilingual, now: datetime
) -> Told:
    """Put a stage on another rung, keep the change for everyone to see, and tell all who took part.

    Raises:
        NotFound: there is no such stage or rung.
        NotAllowed: no grant covers it.
        LanguageMissing: the reason lacks its Welsh or its English.
        RungNotPromised: that rung gives no influence.
        RungWithoutMeans: it is a higher one, and what its duties need is not there.
        BadInput: the stage is on that rung already, or the reason is too long.
    """
    stage = find_own_stage(session, actor, stage_id, "promise", lock=True)
    if (order := influence_order(ladder, rung)) == 0:
        raise RungNotPromised(rung)
    if (ladder, rung) == (stage.ladder, stage.rung):
        raise BadInput("rung")
    if order > influence_order(stage.ladder, stage.rung):
        _require_means(session, stage, find_rung(ladder, rung).influence)
    _check_words(reason, LONGEST_REPLY)
    change = RungChange(
        stage_id=stage.id,
        from_ladder=stage.ladder,
        from_rung=stage.rung,
        to_ladder=ladder,
        to_rung=rung,
        reason_cy=reason.cy.strip(),
        reason_en=reason.en.strip(),
        changed_at=now,
        user_id=actor.user_id,
    )
    session.add(change)
    if references := _took_part(session, stage):
        change.reply_id = _tell(session, actor, references, reason, now)
    stage.ladder, stage.rung = ladder, rung
    session.flush()
    record(session, "rung_changed", "stage", stage.id, now, user_id=actor.user_id, to=f"{ladder}/{rung}")
    return Told(change.id, len(references))


def _require_means(session: Session, stage: Stage, influence: str) -> None:
    """Make sure that someone can keep the duties of a level of influence."""
    project = stage.project
    if ANSWER in DUTIES_OF[influence] and not (project.answerer_cy and project.answerer_en):
        raise RungWithoutMeans("people")
    seats = select(Seat.id).where(Seat.project_id == project.id, Seat.state != "left")
    if AGREEMENT in DUTIES_OF[influence] and session.scalar(seats.limit(1)) is None:
        raise RungWithoutMeans("panel")


def explain_duty(
    session: Session, actor: Actor, stage_id: int, duty: str, words: Bilingual, now: datetime
) -> None:
    """Put an explanation beside a duty; the mark stays. A later one replaces it.

    Raises:
        NotFound: there is no such stage or duty.
        NotAllowed: no grant covers it.
        LanguageMissing: it lacks its Welsh or its English.
        BadInput: it is too long.
    """
    stage = find_own_stage(session, actor, stage_id, "promise", lock=True)
    find_duty(duty)
    _check_words(words, LONGEST_NOTE)
    note = session.scalar(select(DutyNote).where(DutyNote.stage_id == stage.id, DutyNote.duty == duty))
    if note is None:
        note = DutyNote(stage_id=stage.id, duty=duty)
        session.add(note)
    note.text_cy, note.text_en = words.cy.strip(), words.en.strip()
    note.written_at, note.user_id = now, actor.user_id
    session.flush()
    record(session, "duty_explained", "stage", stage.id, now, user_id=actor.user_id, duty=duty)


def _tell(session: Session, actor: Actor, references: Sequence[str], reason: Bilingual, now: datetime) -> int:
    """Tell everyone who took part, and the public; no duty is kept by that."""
    words = (reason.cy, reason.en)
    return reply_to_stories(session, actor, references, *words, now, public=True, kind="notice")


def _took_part(session: Session, stage: Stage) -> tuple[str, ...]:
    """Return the references of the stories told in a stage."""
    return tuple(
        session.scalars(select(Story.reference).where(Story.stage_id == stage.id, Story.state != "withdrawn"))
    )


def _check_words(words: Bilingual, longest: int) -> None:
    """Hold official words to both languages and their length."""
    for language, text in (("cy", words.cy), ("en", words.en)):
        if not text.strip():
            raise LanguageMissing(language)
        if len(text) > longest:
            raise BadInput("long")
