"""Signifiers: what a stage asks about the meaning of stories, and what each teller answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing, NotFound
from involve.models import Signification, Signifier, Story
from involve.services.projects.projects import find_own_stage
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.signifiers import FREQUENCIES, find_signifier_kind

MOST, LONGEST_QUESTION, LONGEST_LABEL = 6, 200, 60
WHOLE = 100
Triple = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """A corner, an end or an answer of a signifier."""

    id: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class SignifierView:
    """One question about the meaning of a story. `labels` are its corners, its ends or the answers to choose from."""

    id: int
    key: str
    kind: str
    question: Bilingual
    labels: tuple[Label, ...]
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Signified:
    """What a teller answered. Not `fits`: they said that it does not fit their story.

    `triad` holds the shares of the three corners in whole per cent, 100 in all; `place` runs from 0 to 100.
    """

    fits: bool = True
    triad: Triple | None = None
    place: int | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class SignifierPlan:
    """What is needed to ask one more question; labels stand in order."""

    kind: str
    question: Bilingual
    labels: tuple[Bilingual, ...] = ()


def settle_triad(numbers: Sequence[float]) -> Triple:
    """Return three weights as shares of the corners in whole per cent, 100 in all (largest remainder, earlier first).

    However a spot was chosen, by finger, keys or typed numbers, it passes through here: one spot, one value.

    Raises:
        BadInput: 'outside' where a weight is negative or none is above nought: that spot is not in the triangle.
    """
    total = sum(numbers)
    if len(numbers) != 3 or any(not 0 <= number < 1e6 for number in numbers) or not total > 0:
        raise BadInput("outside")
    exact = [WHOLE * number / total for number in numbers]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(3), key=lambda at: (shares[at] - exact[at], at))
    for at in by_remainder[: WHOLE - sum(shares)]:
        shares[at] += 1
    return shares[0], shares[1], shares[2]


def list_signifiers(session: Session, stage_id: int) -> tuple[SignifierView, ...]:
    """Return what a stage asks about meaning, in order, each with how many answered."""
    counted = dict(
        session.execute(
            select(Signification.signifier_id, func.count())
            .join(Signifier)
            .where(Signifier.stage_id == stage_id)
            .group_by(Signification.signifier_id)
        ).all()
    )
    rows = session.scalars(
        select(Signifier).where(Signifier.stage_id == stage_id).order_by(Signifier.position, Signifier.id)
    )
    return tuple(_view(row, counted.get(row.id, 0)) for row in rows)


def add_signifier(
    session: Session, actor: Actor, stage_id: int, plan: SignifierPlan, now: datetime, key: str = ""
) -> int:
    """Ask one more question in a stage and return its id; who told before simply has not answered it.

    Raises:
        NotFound, NotAllowed: there is no such stage or kind, or no grant covers it.
        LanguageMissing: a sentence lacks its Welsh or its English.
        BadInput: 'many', 'labels' (not as many as the kind wants), or 'long'.
    """
    stage = find_own_stage(session, actor, stage_id, "set_up", lock=True)
    _check_plan(plan)
    existing = session.scalars(select(Signifier).where(Signifier.stage_id == stage_id)).all()
    if len(existing) >= MOST:
        raise BadInput("many")
    position = max((each.position for each in existing), default=0) + 1
    row = Signifier(
        stage_id=stage.id,
        key=key or f"q{position}",
        kind=plan.kind,
        position=position,
        question_cy=plan.question.cy.strip(),
        question_en=plan.question.en.strip(),
        labels=[
            {"id": f"a{at}", "cy": label.cy.strip(), "en": label.en.strip()}
            for at, label in enumerate(plan.labels, 1)
        ],
    )
    session.add(row)
    session.flush()
    record(session, "signifier_added", "stage", stage.id, now, user_id=actor.user_id, signifier=row.id)
    return row.id


def remove_signifier(session: Session, actor: Actor, signifier_id: int, now: datetime) -> None:
    """Take back a question that nobody has answered.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
        BadInput: somebody answered it; what people said is not thrown away.
    """
    row = session.get(Signifier, signifier_id)
    if row is None:
        raise NotFound("signifier")
    stage = find_own_stage(session, actor, row.stage_id, "set_up", lock=True)
    if session.scalar(select(Signification.story_id).where(Signification.signifier_id == row.id).limit(1)):
        raise BadInput("answered")
    session.delete(row)
    session.flush()
    record(session, "signifier_removed", "stage", stage.id, now, user_id=actor.user_id, signifier=row.id)


def keep_signified(session: Session, story: Story, answers: Mapping[str, Signified]) -> None:
    """Keep what the teller of a new story answered, by key of the signifier.

    Raises:
        BadInput: there is no such signifier in the story's stage, or that is no answer to it.
    """
    known = {each.key: each for each in list_signifiers(session, story.stage_id)}
    for key, said in answers.items():
        if key not in known or not _answers(known[key], said):
            raise BadInput(f"signifier {key}")
        a, b, c = said.triad or (None, None, None)
        session.add(
            Signification(
                story_id=story.id,
                signifier_id=known[key].id,
                fits=said.fits,
                a=a,
                b=b,
                c=c,
                place=said.place,
                answer=said.answer,
            )
        )
    session.flush()


def show_signified(session: Session, story_id: int) -> tuple[tuple[SignifierView, Signified], ...]:
    """Return what the teller of a story answered, in the order of the questions."""
    rows = session.execute(
        select(Signifier, Signification)
        .join(Signification, Signification.signifier_id == Signifier.id)
        .where(Signification.story_id == story_id)
        .order_by(Signifier.position)
    )
    return tuple((_view(signifier), read_signified(row)) for signifier, row in rows)


def read_signified(row: Signification) -> Signified:
    """Return the value of a row."""
    triad = (row.a, row.b, row.c) if row.a is not None and row.b is not None and row.c is not None else None
    return Signified(row.fits, triad, row.place, row.answer)


def _view(row: Signifier, answers: int = 0) -> SignifierView:
    if row.kind == "frequency":
        labels = tuple(Label(each.id, each.name) for each in FREQUENCIES)
    else:
        labels = tuple(Label(each["id"], Bilingual(each["cy"], each["en"])) for each in row.labels)
    question = Bilingual(row.question_cy, row.question_en)
    return SignifierView(row.id, row.key, row.kind, question, labels, answers)


def _answers(signifier: SignifierView, said: Signified) -> bool:
    """Say whether that is an answer to this signifier, of its kind and no other."""
    given = [said.triad is not None, said.place is not None, said.answer is not None]
    if not said.fits:
        return not any(given)
    if signifier.kind == "triad":
        return given == [True, False, False] and said.triad == settle_triad(said.triad or ())
    if signifier.kind == "scale":
        return given == [False, True, False] and said.place in range(WHOLE + 1)
    return given == [False, False, True] and said.answer in {label.id for label in signifier.labels}


def _check_plan(plan: SignifierPlan) -> None:
    kind = find_signifier_kind(plan.kind)
    if not kind.fewest <= len(plan.labels) <= kind.most:
        raise BadInput("labels")
    for words, longest in (
        (plan.question, LONGEST_QUESTION),
        *((each, LONGEST_LABEL) for each in plan.labels),
    ):
        for language, text in (("cy", words.cy), ("en", words.en)):
            if not text.strip():
                raise LanguageMissing(language)
            if len(text) > longest:
                raise BadInput("long")
