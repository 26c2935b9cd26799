"""Coding a story by hand: a coder puts its sentences under themes, and sees no other's marks meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, NotFound
from involve.models import CodedPassage, CodedStory, Coder, CodingRound, CodingStory, Publication
from involve.services.codebook.books import CodebookView, read_version
from involve.services.codebook.rounds import find_coder, find_round, open_round
from involve.services.publishing.moved_words import move_passages
from involve.services.staff.access import Actor
from involve.text.sentences import split_sentences
from involve.vocabulary.states import STANCES

STANCE_IDS = frozenset(stance.id for stance in STANCES)


class CodingEnded(Conflict):
    """The coder said that they had finished, or the round was closed: nothing is marked any more."""

    code = "coding_ended"


@dataclass(frozen=True, slots=True)
class Mark:
    """A theme that a coder gave a sentence, with a stance where they said one."""

    id: int
    theme: str
    stance: str | None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a story, with what this coder marked on it; `start` names it."""

    start: int
    stop: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class CodingView:
    """A story as one coder codes it, with the themes to choose from."""

    reference: str
    language: str
    at: int
    sentences: tuple[SentenceView, ...]
    codebook: CodebookView
    done: bool
    open: bool


def open_coding(session: Session, actor: Actor, slug: str, round_id: int, reference: str) -> CodingView:
    """Return a story as this coder codes it, with their own marks only.

    Raises:
        NotFound, NotAllowed: there is no such story in that round, or no grant covers it.
    """
    row = find_round(session, actor, slug, round_id)
    story, publication = _find_story(session, row, reference)
    coder = find_coder(session, row, actor)
    marks: dict[int, list[Mark]] = {}
    for mark in _marks_of(session, coder, story) if coder else ():
        marks.setdefault(mark.start, []).append(Mark(mark.id, mark.theme, mark.stance))
    done = coder is not None and session.get(CodedStory, (coder.id, story.id)) is not None
    return CodingView(
        reference=publication.reference,
        language=publication.language,
        at=story.position,
        sentences=tuple(
            SentenceView(each.start, each.end, each.text, tuple(marks.get(each.start, ())))
            for each in split_sentences(publication.text)
        ),
        codebook=read_version(session, row.version_id),
        done=done,
        open=row.closed_at is None and not (coder and coder.finished_at),
    )


def mark_sentences(
    session: Session,
    actor: Actor,
    slug: str,
    round_id: int,
    reference: str,
    starts: Sequence[int],
    theme: str,
    stance: str | None,
    now: datetime,
) -> int:
    """Put sentences, by where each begins, under a theme; return how many were not yet. Others' marks stay unseen.

    Raises:
        NotFound, NotAllowed, CodingEnded: there is no such story or theme, no grant covers it, or coding is over.
        BadInput: 'sentences' (none, or one that begins elsewhere now), or 'stance'.
    """
    row, coder, story, publication = _begin(session, actor, slug, round_id, reference, now)
    sentences = {each.start: each.end for each in split_sentences(publication.text)}
    if not starts or not sentences.keys() >= set(starts):
        raise BadInput("sentences")
    if stance is not None and stance not in STANCE_IDS:
        raise BadInput("stance")
    if read_version(session, row.version_id).find(theme).retired:
        raise NotFound(theme)
    there = {mark.start: mark for mark in _marks_of(session, coder, story) if mark.theme == theme}
    for start in sorted(set(starts)):
        if start in there:
            there[start].stance = stance or there[start].stance
        else:
            place = {"theme": theme, "start": start, "stop": sentences[start], "stance": stance}
            session.add(CodedPassage(coder_id=coder.id, coding_story_id=story.id, **place))
    session.flush()
    return len(set(starts) - there.keys())


def take_mark_away(
    session: Session, actor: Actor, slug: str, round_id: int, reference: str, mark_id: int, now: datetime
) -> None:
    """Take one's own mark away.

    Raises:
        NotFound, NotAllowed, CodingEnded: as `mark_sentences`; another's mark is not found.
    """
    _row, coder, story, _publication = _begin(session, actor, slug, round_id, reference, now)
    mark = session.get(CodedPassage, mark_id)
    if mark is None or (mark.coder_id, mark.coding_story_id) != (coder.id, story.id):
        raise NotFound("mark")
    session.delete(mark)
    session.flush()


def finish_story(
    session: Session, actor: Actor, slug: str, round_id: int, reference: str, now: datetime
) -> str | None:
    """Note that one is done with a story, and return the reference of the next one that is not; None after the last.

    Raises:
        NotFound, NotAllowed, CodingEnded: as `mark_sentences`.
    """
    _row, coder, story, _publication = _begin(session, actor, slug, round_id, reference, now)
    session.merge(CodedStory(coder_id=coder.id, coding_story_id=story.id, done_at=now))
    session.flush()
    _view, stories = open_round(session, actor, slug, round_id)
    return next((each.reference for each in stories if not each.done), None)


def follow_coded_words(session: Session, publication: Publication, old: str) -> None:
    """Move marks with their words when what is hidden of a story changes; its coders are then to look at it again."""
    if publication.text == old:
        return
    mine = select(CodingStory.id).where(CodingStory.publication_id == publication.id)
    rows = session.scalars(select(CodedPassage).where(CodedPassage.coding_story_id.in_(mine))).all()
    move_passages(
        session, rows, old, publication.text, lambda row: (row.coder_id, row.coding_story_id, row.theme)
    )
    session.execute(delete(CodedStory).where(CodedStory.coding_story_id.in_(mine)))


def _begin(
    session: Session, actor: Actor, slug: str, round_id: int, reference: str, now: datetime
) -> tuple[CodingRound, Coder, CodingStory, Publication]:
    """Return what somebody who marks something needs; they become a coder of the round by it."""
    row = find_round(session, actor, slug, round_id)
    story, publication = _find_story(session, row, reference)
    coder = find_coder(session, row, actor)
    if row.closed_at is not None or (coder and coder.finished_at):
        raise CodingEnded(slug)
    if coder is None:
        coder = Coder(round_id=row.id, user_id=actor.user_id, joined_at=now)
        session.add(coder)
        session.flush()
    return row, coder, story, publication


def _find_story(session: Session, row: CodingRound, reference: str) -> tuple[CodingStory, Publication]:
    query = (
        select(CodingStory, Publication)
        .join(Publication, Publication.id == CodingStory.publication_id)
        .where(CodingStory.round_id == row.id, Publication.reference == reference)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound(reference)
    return found[0], found[1]


def _marks_of(session: Session, coder: Coder, story: CodingStory) -> Sequence[CodedPassage]:
    own = (CodedPassage.coder_id == coder.id, CodedPassage.coding_story_id == story.id)
    return session.scalars(select(CodedPassage).where(*own).order_by(CodedPassage.id)).all()
