"""Words searched for in what is published, in both languages at once, by each database’s own index."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from involve.models import Publication
from involve.services.evidence.facet_index import EVERYTHING, FacetIndex
from involve.services.evidence.remembering import remember
from involve.services.publishing.keys import encode_keys
from involve.text.query import Query, phrase_form, read_query

LONGEST_QUERY = 200
# A phrase is looked for in that many stories that have its words, the newest.
MOST_READ = 20_000
_BATCH = 500


@dataclass(frozen=True, slots=True)
class FoundWords:
    """The publications that hold what was searched for. Of `all` those in `formed` hold each word in some form of its
    own, those in `exact` as it was typed, without regard to accents; the rest speak of a topic that it names.

    `cut`: a phrase was looked for in the newest `MOST_READ` stories only.
    """

    all: BitMap
    formed: BitMap
    exact: BitMap
    cut: bool = False


def find_words(session: Session, words: str, index: FacetIndex) -> FoundWords:
    """Return the publications that hold what is searched for, as the index stands; remembered until that changes."""
    return remember(
        session, index, "words", words, lambda: _find(session, read_query(words[:LONGEST_QUERY]), index)
    )


def _find(session: Session, query: Query, index: FacetIndex) -> FoundWords:
    if not query.asks:
        return FoundWords(BitMap(), BitMap(), BitMap())
    everything = index.bearing(*EVERYTHING)
    found = _holding(session, [word.keys for word in query.words], everything)
    found -= _union(_holding(session, [forms], everything) for forms in query.excluded)
    cut = False
    for phrase in query.phrases:
        cut = cut or len(found) > MOST_READ
        found = _speaking(session, found, phrase)
    for phrase in query.no_phrases:
        held = _holding(session, [frozenset((key,)) for key in _keys_of(phrase)], everything) & found
        cut = cut or len(held) > MOST_READ
        found -= _speaking(session, held, phrase)
    topical = any(word.topics for word in query.words)
    formed = _holding(session, [word.forms for word in query.words], found) & found if topical else found
    exact = _holding(session, [frozenset((word.exact,)) for word in query.words], formed) & formed
    return FoundWords(found, formed, exact, cut)


def _keys_of(phrase: str) -> list[str]:
    """Return the keys of the words of a phrase that are more than grammar."""
    return [word.exact for word in read_query(f'"{phrase.strip()}"').words]


def _union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap().union(*sets)


def _holding(session: Session, groups: Sequence[frozenset[str]], otherwise: BitMap) -> BitMap:
    """Return the publications that hold one key of each group; *otherwise* where there is no group."""
    words = [encode_keys(sorted(group)) for group in groups]
    if not words:
        return otherwise.copy()
    if session.get_bind().dialect.name == "sqlite":
        match = " AND ".join("(" + " OR ".join(group) + ")" for group in words)
        found = session.scalar(_SQLITE, {"match": match})
        return BitMap(array("I", map(int, found.split(",")))) if found else BitMap()
    match = " & ".join("(" + " | ".join(group) + ")" for group in words)
    holds = func.to_tsvector(text("'simple'"), Publication.keys).op("@@")(
        func.to_tsquery(text("'simple'"), match)
    )
    return BitMap(session.scalars(select(Publication.id).where(holds)))


# One row with all numbers is read in half the time of a row for each.
_SQLITE = text("select group_concat(rowid) from publication_search where publication_search match :match")


def _speaking(session: Session, among: BitMap, phrase: str) -> BitMap:
    """Return those of the newest *among* in whose words a phrase stands."""
    newest = list(among[max(len(among) - MOST_READ, 0) :])
    found = BitMap()
    for first in range(0, len(newest), _BATCH):
        rows = session.execute(
            select(Publication.id, Publication.text).where(Publication.id.in_(newest[first : first + _BATCH]))
        )
        found.update(number for number, words in rows if phrase in phrase_form(words))
    return found
