"""Rounds of coding: the same sample of published stories for each coder, and how far each has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import CodedStory, Coder, CodingRound, CodingStory, Project, Publication
from involve.services.codebook.books import find_coded_project, people, read_version, released_codebook
from involve.services.staff.access import Actor
from involve.services.trail.record import record

FEWEST_STORIES, MOST_STORIES = 1, 100
PRESSED_TWICE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class CoderView:
    """Somebody who codes in a round: their name, how many of its stories they are done with, and whether finished."""

    user_id: int
    name: str
    done: int
    finished: bool


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round: by which version of the codebook, over how many stories, and who codes in it."""

    id: int
    number: int
    started_at: datetime
    started_by: str
    closed: bool
    stories: int
    coders: tuple[CoderView, ...]

    def coder(self, user_id: int) -> CoderView | None:
        """Return what one member of staff has done in it; None where they have not begun."""
        return next((each for each in self.coders if each.user_id == user_id), None)

    def shows_to(self, user_id: int) -> bool:
        """Whether somebody may see what others marked: they have finished, or the round is closed."""
        own = self.coder(user_id)
        return self.closed or bool(own and own.finished)


@dataclass(frozen=True, slots=True)
class RoundStory:
    """A story of a round, and whether this coder is done with it."""

    reference: str
    at: int
    done: bool


def start_round(session: Session, actor: Actor, slug: str, size: int, seed: int, now: datetime) -> int:
    """Draw a sample of the published stories and return the id of the round, coded by the released codebook.

    Half of the sample is in Welsh and half in English or mixed, as far as there are so many.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
        BadInput: 'size', 'stories' (too few are published), or 'codebook' (none is released).
    """
    project = find_coded_project(session, actor, slug)
    version = released_codebook(session, project)
    if version is None or not version.active:
        raise BadInput("codebook")
    if not FEWEST_STORIES <= size <= MOST_STORIES:
        raise BadInput("size")
    if (twin := _just_started(session, actor, version.id, now)) is not None:
        return twin
    sample = _draw(session, project, size, Random(seed))  # noqa: S311  not for secrets
    if len(sample) < FEWEST_STORIES:
        raise BadInput("stories")
    row = CodingRound(
        project_id=project.id, version_id=version.id, seed=seed, started_at=now, started_by=actor.user_id
    )
    session.add(row)
    session.flush()
    stories = enumerate(sample, 1)
    session.add_all(CodingStory(round_id=row.id, publication_id=each, position=at) for at, each in stories)
    session.flush()
    record(session, "coding_round_started", "coding_round", row.id, now, user_id=actor.user_id, seed=seed)
    return row.id


def _just_started(session: Session, actor: Actor, version_id: int, now: datetime) -> int | None:
    """Return the open round that the same person began a moment ago: a button pressed twice begins one round."""
    twin = select(CodingRound.id).where(
        CodingRound.version_id == version_id,
        CodingRound.started_by == actor.user_id,
        CodingRound.started_at > now - PRESSED_TWICE,
        CodingRound.closed_at.is_(None),
    )
    return session.scalars(twin.order_by(CodingRound.id.desc())).first()


def list_rounds(session: Session, actor: Actor, slug: str) -> tuple[RoundView, ...]:
    """Return the rounds of a project, newest first.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_coded_project(session, actor, slug)
    rows = select(CodingRound).where(CodingRound.project_id == project.id).order_by(CodingRound.id.desc())
    return tuple(view_round(session, row) for row in session.scalars(rows))


def open_round(
    session: Session, actor: Actor, slug: str, round_id: int
) -> tuple[RoundView, tuple[RoundStory, ...]]:
    """Return a round, and its stories as far as this coder is with them.

    Raises:
        NotFound, NotAllowed: there is no such round in this project, or no grant covers it.
    """
    row = find_round(session, actor, slug, round_id)
    coder = find_coder(session, row, actor)
    done = select(CodedStory.coding_story_id).where(CodedStory.coder_id == (coder.id if coder else 0))
    known = set(session.scalars(done))
    stories = session.execute(
        select(CodingStory.id, Publication.reference)
        .join(Publication, Publication.id == CodingStory.publication_id)
        .where(CodingStory.round_id == row.id)
        .order_by(CodingStory.position)
    )
    listed = (RoundStory(ref, at, number in known) for at, (number, ref) in enumerate(stories, 1))
    return view_round(session, row), tuple(listed)


def finish_coding(session: Session, actor: Actor, slug: str, round_id: int, now: datetime) -> None:
    """Say that one has coded every story of a round; from then on one sees what others marked, and marks no more.

    Raises:
        NotFound, NotAllowed: there is no such round, or no grant covers it.
        BadInput: a story is not done yet.
    """
    row = find_round(session, actor, slug, round_id)
    coder = find_coder(session, row, actor)
    _view, stories = open_round(session, actor, slug, round_id)
    if coder is None or not all(each.done for each in stories):
        raise BadInput("stories")
    if coder.finished_at is None:
        coder.finished_at = now
        record(session, "coding_finished", "coding_round", row.id, now, user_id=actor.user_id)


def close_round(session: Session, actor: Actor, slug: str, round_id: int, now: datetime) -> None:
    """Close a round: nobody marks any more, and whoever may code sees how far the coders agree.

    Raises:
        NotFound, NotAllowed: there is no such round, or no grant covers it.
    """
    row = find_round(session, actor, slug, round_id)
    if row.closed_at is None:
        row.closed_at = now
        record(session, "coding_round_closed", "coding_round", row.id, now, user_id=actor.user_id)


def find_round(session: Session, actor: Actor, slug: str, round_id: int) -> CodingRound:
    """Return the row of a round of a project.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    project = find_coded_project(session, actor, slug)
    row = session.get(CodingRound, round_id)
    if row is None or row.project_id != project.id:
        raise NotFound("round")
    return row


def view_round(session: Session, row: CodingRound) -> RoundView:
    """Return the value of a round."""
    coders = session.scalars(select(Coder).where(Coder.round_id == row.id).order_by(Coder.id)).all()
    names = people(session, [row.started_by, *(each.user_id for each in coders)])
    done = dict(
        session.execute(
            select(CodedStory.coder_id, func.count())
            .where(CodedStory.coder_id.in_([each.id for each in coders]))
            .group_by(CodedStory.coder_id)
        ).all()
    )
    stories = session.scalar(select(func.count()).where(CodingStory.round_id == row.id)) or 0
    return RoundView(
        id=row.id,
        number=read_version(session, row.version_id).number,
        started_at=row.started_at,
        started_by=names[row.started_by],
        closed=row.closed_at is not None,
        stories=stories,
        coders=tuple(
            CoderView(each.user_id, names[each.user_id], done.get(each.id, 0), each.finished_at is not None)
            for each in coders
        ),
    )


def find_coder(session: Session, row: CodingRound, actor: Actor) -> Coder | None:
    """Return the row of somebody who codes in a round; None where they have not begun."""
    return session.scalar(select(Coder).where(Coder.round_id == row.id, Coder.user_id == actor.user_id))


def _draw(session: Session, project: Project, size: int, rng: Random) -> list[int]:
    """Return the ids of a sample, in the order in which they are coded."""
    rows = session.execute(
        select(Publication.id, Publication.language)
        .where(Publication.project_id == project.id)
        .order_by(Publication.id)
    ).all()
    welsh = [number for number, language in rows if language == "cy"]
    others = [number for number, language in rows if language != "cy"]
    rng.shuffle(welsh)
    rng.shuffle(others)
    half = max(size // 2, size - len(others))
    sample = welsh[:half]
    sample += others[: size - len(sample)]
    rng.shuffle(sample)
    return sample
