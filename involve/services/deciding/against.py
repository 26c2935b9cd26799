"""The strongest passage against a decision, by rules that are told beside it (vocabulary.grounds.AGAINST_RULE)."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session, selectinload

from involve.models import Decision, DecisionPassage, Publication, PublicationTag, Theme, ThemePassage
from involve.services.deciding.heard import READ, Heard, Subject, in_theme, is_about
from involve.text.sentences import split_sentences
from involve.text.types import Passage
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.grounds import DOUBTING, STANCE_ORDER

# The first of a theme that is not relied on decides; a decision relies on fewer passages than this.
LOOKED_AT = 200
# What stands for the words where nothing speaks against a decision.
NOTHING = "nothing"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Strongest:
    """The strongest words against a decision: a sentence of a published story, and what made it the strongest.

    `stance` is None where nothing on the story says with which stance these words are. `stories` counts the published
    stories in the theme. `key` changes with the words, so that a form can say which were shown.
    """

    publication_id: int
    reference: str
    sentence: Passage
    language: str
    quotable: bool
    theme: Bilingual
    followed: bool
    stance: str | None
    stories: int

    @property
    def key(self) -> str:
        """A name of these words in this place."""
        words = hashlib.sha256(self.sentence.text.encode()).hexdigest()[:12]
        return f"{self.reference}.{self.sentence.start}.{words}"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may speak against a decision."""

    publication: Publication
    sentence: Passage
    stance: str | None
    confirmed: bool


def find_strongest(session: Session, decision: Decision, heard: Sequence[Heard]) -> Strongest | None:
    """Return the strongest words against a decision in what was *heard*; None where nothing speaks against it.

    What nobody has judged yet counts as not followed.
    """
    relied = _relied(session, decision)
    ranked = [
        (_rank(each, candidate), each, candidate)
        for each in heard
        if each.subject is not None
        for candidate in _first(_candidates(session, decision, each.subject), each, relied)
    ]
    if not ranked:
        return None
    _rank_of, theme, found = min(ranked, key=lambda each: each[0])
    return Strongest(
        found.publication.id,
        found.publication.reference,
        found.sentence,
        found.publication.language,
        found.publication.quotable,
        theme.name,
        theme.judgement == "followed",
        found.stance,
        theme.stories,
    )


def _rank(theme: Heard, candidate: _Candidate) -> tuple[int, ...]:
    """Return the place of a candidate; the lowest is the strongest."""
    return (
        int(theme.judgement == "followed"),
        _stance_rank(candidate.stance),
        -theme.stories,
        int(not candidate.confirmed),
        -candidate.publication.id,
        candidate.sentence.start,
    )


def _stance_rank(stance: str | None) -> int:
    return STANCE_ORDER.index(stance) if stance in STANCE_ORDER else len(STANCE_ORDER)


def _first(candidates: Iterator[_Candidate], theme: Heard, relied: frozenset[Place]) -> list[_Candidate]:
    """Return those of a theme that speak against the decision, without what it relies on."""
    return [
        each
        for each in candidates
        if (each.publication.id, each.sentence.start) not in relied
        and (theme.judgement != "followed" or each.stance in DOUBTING)
    ]


def _relied(session: Session, decision: Decision) -> frozenset[Place]:
    """Return where each passage that a decision relies on begins, by publication."""
    rows = session.execute(
        select(DecisionPassage.publication_id, DecisionPassage.start).where(
            DecisionPassage.decision_id == decision.id, DecisionPassage.side == "for"
        )
    )
    return frozenset((publication_id, start) for publication_id, start in rows)


def _candidates(session: Session, decision: Decision, subject: Subject) -> Iterator[_Candidate]:
    if subject.scheme == READ:
        return _read_candidates(session, subject.theme_id)
    return _tagged_candidates(session, decision.project_id, subject)


def _read_candidates(session: Session, theme_id: int) -> Iterator[_Candidate]:
    """Yield the passages that people put into a theme, with the strongest stance that stands on the same words."""
    rows = session.scalars(
        select(ThemePassage)
        .join(Theme, Theme.id == ThemePassage.theme_id)
        .where(in_theme(theme_id))
        .order_by(ThemePassage.publication_id.desc(), ThemePassage.start)
        .limit(LOOKED_AT)
        .options(selectinload(ThemePassage.publication).selectinload(Publication.tags))
    )
    for row in rows:
        words = Passage(row.start, row.stop, row.publication.text[row.start : row.stop])
        stances = [tag.stance for tag in row.publication.tags if _touches(tag, words)]
        yield _Candidate(
            row.publication, words, min(stances, key=_stance_rank, default=None), row.voice != "machine"
        )


def _tagged_candidates(session: Session, project_id: int, subject: Subject) -> Iterator[_Candidate]:
    """Yield the sentences for which stories carry a tag; a person's tag that points at none, for the whole story."""
    for row in session.execute(_tags(project_id, subject)):
        tag, publication = row[0], row[1]
        sentences = split_sentences(publication.text)
        meant = [each for each in sentences if _touches(tag, each)] or list(sentences[:1])
        for sentence in meant:
            yield _Candidate(publication, sentence, tag.stance, tag.voice != "machine")


def _tags(project_id: int, subject: Subject) -> "Select[PublicationTag, Publication]":
    """Select the tags of a subject, the strongest first, as far as one looks."""
    stance = case({name: at for at, name in enumerate(STANCE_ORDER)}, value=PublicationTag.stance)
    machine = case((PublicationTag.voice == "machine", 1), else_=0)
    return (
        select(PublicationTag, Publication)
        .join(Publication, Publication.id == PublicationTag.publication_id)
        .where(*is_about(project_id, subject))
        .order_by(stance, machine, Publication.id.desc())
        .limit(LOOKED_AT)
    )


def _touches(tag: PublicationTag, words: Passage) -> bool:
    return any(start < words.end and words.start < end for start, end in tag.passages)
