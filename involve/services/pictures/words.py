"""Words that people use more than before, in either language: also what no topic has a name for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pyroaring import BitMap
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from involve.models import Publication
from involve.services.evidence.facet_index import FacetIndex
from involve.services.evidence.remembering import remember
from involve.services.pictures.chance import find_clear, find_likelihood
from involve.services.pictures.rising import ENOUGH
from involve.services.publishing.keys import decode_keys, encode_keys
from involve.text.search import name_words
from involve.text.search_keys import topics_by_key

# Of each side, the newest: as many as are read while somebody waits.
MOST_READ = 2_000
# Stories that use a word, so that it is nobody's own.
LEAST_STORIES = 5
MOST_SHOWN = 8
# Stories that are looked at to see how a word is written.
_WRITTEN_IN = 3
# Filters whose words are remembered until something published changes.
_MOST_KEPT = 200
# Words that rose most clearly: several of them are forms of one.
_MOST_LOOKED_AT = 3 * MOST_SHOWN
_LANGUAGES = ("cy", "en")

_BY_ID = (
    select(Publication.id, Publication.language, Publication.keys)
    .where(Publication.id.in_(bindparam("ids", expanding=True)), Publication.language.in_(_LANGUAGES))
    .order_by(Publication.id.desc())
)
_TEXTS = select(Publication.id, Publication.text).where(Publication.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class RisingWord:
    """A word as newest stories write it; in how many of its language's stories it stands now, and stood before."""

    word: str
    language: str
    now: int
    of_now: int
    before: int
    of_before: int


@dataclass(frozen=True, slots=True)
class RisingWords:
    """The words that rose, the most telling first; `enough` where there was enough to compare in some language."""

    enough: bool
    words: tuple[RisingWord, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """The stories in one language on one side of a day, the newest first: the keys of each by its id."""

    keys: dict[int, frozenset[str]]
    numbers: Counter[str]

    @property
    def stories(self) -> int:
        return len(self.keys)


def find_rising_words(session: Session, index: FacetIndex, newest: BitMap, earlier: BitMap) -> RisingWords:
    """Compare the words of the newest publications with those of earlier ones, each language by itself.

    All forms of a word count as one. Words are ordered and judged by the log-likelihood of their shares, at most one in
    twenty by chance. Of each side the newest 2,000 are read.
    """
    newest, earlier = newest[-MOST_READ:], earlier[-MOST_READ:]
    key = newest.serialize(), earlier.serialize()
    return remember(session, index, "rising words", key, lambda: _find(session, newest, earlier), _MOST_KEPT)


def _find(session: Session, newest: BitMap, earlier: BitMap) -> RisingWords:
    now, before = _read_side(session, newest), _read_side(session, earlier)
    enough = [each for each in _LANGUAGES if min(now[each].stories, before[each].stories) >= ENOUGH]
    likelihoods = {
        (language, key): likelihood
        for language in enough
        for key, likelihood in _compare(now[language], before[language])
    }
    clear = sorted(find_clear(likelihoods), key=lambda each: (-likelihoods[each], each))
    rose = [(language, key) for language, key in clear if _grew(now[language], before[language], key)]
    words = _write(session, rose[:_MOST_LOOKED_AT], now, before)
    return RisingWords(bool(enough), tuple(islice(words, MOST_SHOWN)))


def _grew(one: _Side, other: _Side, key: str) -> bool:
    """Whether the share of a word grew, by the words of enough people."""
    now, before = one.numbers[key], other.numbers[key]
    return now >= LEAST_STORIES and now * other.stories > before * one.stories


def _read_side(session: Session, numbers: BitMap) -> dict[str, _Side]:
    """Return the sides of both languages."""
    rows = session.execute(_BY_ID, {"ids": list(numbers)}).all() if numbers else []
    topics = frozenset(encode_keys(topics_by_key()))
    keys: dict[str, dict[int, frozenset[str]]] = {language: {} for language in _LANGUAGES}
    for row in rows:
        keys[row.language][row.id] = frozenset(row.keys.split()) - topics
    return {
        language: _Side(each, Counter(key for own in each.values() for key in own))
        for language, each in keys.items()
    }


def _compare(one: _Side, other: _Side) -> Iterator[tuple[str, float]]:
    """Yield the log-likelihood of each word that is not too rare to say."""
    for key in one.numbers.keys() | other.numbers.keys():
        now, before = one.numbers[key], other.numbers[key]
        if now + before >= LEAST_STORIES:
            yield key, find_likelihood(now, one.stories, before, other.stories)


def _write(
    session: Session, rose: Sequence[tuple[str, str]], now: dict[str, _Side], before: dict[str, _Side]
) -> Iterator[RisingWord]:
    """Yield words as people write them; what is another form of one that rose more clearly is left out."""
    ids = {each: _some_with(now[each[0]], each[1]) for each in rose}
    wanted = {number for numbers in ids.values() for number in numbers}
    rows = session.execute(_TEXTS, {"ids": list(wanted)}).all() if wanted else []
    read = {row.id: name_words(row.text).words for row in rows}
    chosen: dict[str, set[str]] = {language: set() for language in _LANGUAGES}
    taken: dict[str, set[str]] = {language: set() for language in _LANGUAGES}
    for language, key in rose:
        found = [each for number in ids[language, key] for each in read[number]]
        word, forms = _spell(found, key)
        if word and key not in taken[language] and chosen[language].isdisjoint(forms):
            chosen[language].add(key)
            taken[language] |= forms
            one, other = now[language], before[language]
            yield RisingWord(word, language, one.numbers[key], one.stories, other.numbers[key], other.stories)


def _some_with(side: _Side, key: str) -> list[int]:
    """Return the ids of some stories that use a word."""
    return list(islice((number for number, own in side.keys.items() if key in own), _WRITTEN_IN))


def _spell(words: Iterable[tuple[str, frozenset[str]]], key: str) -> tuple[str, set[str]]:
    """Return how a word is most often written, '' where it is not among *words*, and the keys of all its forms."""
    (plain,) = decode_keys(key)
    found = [(word, own) for word, own in words if plain in own]
    forms = {form for _word, own in found for form in encode_keys(own)}
    spelt = Counter(word.lower() for word, _own in found)
    return (min(spelt, key=lambda word: (-spelt[word], word)) if spelt else ""), forms | {key}
