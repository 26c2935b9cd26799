"""Choosing a few published words to stand for many, by one rule for pages and paper; only what may be quoted.

The languages take turns, so that neither is left out, and so do what most say and what some say against it. In each
language the most typical stories come first (`text.themes.quotations`). Of a story the words are quoted from the first
sentence on in which something was found, as many whole sentences as fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from involve.models import DecisionPassage, Publication
from involve.text.sentences import split_sentences
from involve.text.themes.quotations import choose_quotations
from involve.text.types import Stance

# Among how many of the newest stories that may be quoted the few are looked for, and how long their words may be.
LOOKED_AT = 60
LONGEST_QUOTATION = 300
CUT = "[…]"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Published words that their teller lets be quoted, and the number under which the whole story is found.

    Of words with the same `place` a sheet shows those in its own language, where there are any.
    """

    reference: str
    text: str
    language: str
    place: str = ""


def quote_few(session: Session, project_id: int, most: int) -> tuple[Quotation, ...]:
    """Return at most so many quotations of a project, each of another story."""
    rows = session.scalars(
        select(Publication)
        .where(Publication.project_id == project_id, Publication.quotable)
        .options(selectinload(Publication.tags))
        .order_by(Publication.id.desc())
        .limit(LOOKED_AT)
    ).all()
    queues = [_rank([row for row in rows if row.language == language], most) for language in ("cy", "en")]
    others = [row for row in rows if row.language not in ("cy", "en")]
    queues.append(_rank(others, most))
    few: list[Publication] = []
    while len(few) < most and any(chain(*queues)):
        for typical, contrary in queues:
            wanted = contrary if contrary and (len(few) % 2 or not typical) else typical
            few += wanted[:1]
            del wanted[:1]
    return tuple(_quote(row, row.text, _begin(row), row.reference) for row in few[:most])


def quote_cited(session: Session, decision_id: int) -> tuple[Quotation, ...]:
    """Return words for a decision and words against it, of those that may be quoted; the first in each language."""
    rows = session.scalars(
        select(DecisionPassage)
        .join(DecisionPassage.publication)
        .where(DecisionPassage.decision_id == decision_id, Publication.quotable)
        .order_by(DecisionPassage.side.desc(), DecisionPassage.id)
    )
    first: dict[tuple[str, str], DecisionPassage] = {}
    for row in rows:
        first.setdefault((row.side, row.publication.language), row)
    return tuple(
        _quote(row.publication, row.publication.text[row.start : row.stop], place=row.side)
        for row in first.values()
    )


def _rank(rows: Sequence[Publication], most: int) -> tuple[list[Publication], list[Publication]]:
    """Return the most typical stories of one language, and the most typical of those that say otherwise."""
    stances: list[Stance] = [_stance(row) for row in rows]
    quoted = choose_quotations([row.text for row in rows], stances, most)
    return [rows[at] for at in quoted.typical], [rows[at] for at in quoted.contrary]


def _stance(row: Publication) -> Stance:
    return row.tags[0].stance if row.tags else "mixed"  # type: ignore[return-value]


def _begin(row: Publication) -> int:
    """Return where the first sentence begins in which something was found; the start of the story without one."""
    found = [start for tag in row.tags for start, _ in tag.passages]
    sentences = split_sentences(row.text)
    return next((s.start for s in sentences if any(s.start <= at < s.end for at in found)), 0)


def _quote(row: Publication, text: str, begin: int = 0, place: str = "") -> Quotation:
    """Return whole sentences of *text* from one on, as many as fit, with a mark where anything is left out."""
    return Quotation(row.reference, cut(text, *span_from(text, begin)), row.language, place)


def span_from(text: str, begin: int = 0) -> tuple[int, int]:
    """Return where to cut *text* that is quoted from *begin* on: after as many whole sentences as fit.

    Of a sentence that is too long, its first words.
    """
    stop = begin
    for sentence in split_sentences(text):
        if begin < sentence.end <= begin + LONGEST_QUOTATION:
            stop = sentence.end
    if stop > begin:
        return begin, stop
    longest = text[begin : begin + LONGEST_QUOTATION]
    return begin, begin + len(longest.rpartition(" ")[0] or longest)


def cut(text: str, start: int, stop: int) -> str:
    """Return a part of *text*, with a mark where anything is left out."""
    before = f"{CUT} " if text[:start].strip() else ""
    after = f" {CUT}" if text[stop:].strip() else ""
    return f"{before}{text[start:stop].strip()}{after}"
