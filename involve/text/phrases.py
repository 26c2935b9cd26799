"""A small way to write phrases in data files, and the search for many of them at once.

`(a|b)` is either, `(a|)` is perhaps, `word*` has any ending, `...` stands for up to five words. A phrase becomes a net
of places linked by words; a text is read once, word by word, whatever the number of phrases.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_MEMORY = 32_768  # words remembered by each book
_GAP = 5  # words
_MANY = 40  # places to read on from, from which on it pays to look for the same one
_FLAT = str.maketrans("’‘ʼ`´âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ", "'''''" + "aeiouwy" * 4)
_CLITIC = r"'(?:n|r|m|w|u|i|y|ch|th|t|s|d|ll|ve|re)(?!\w)"
_WORD = re.compile(rf"£|{_CLITIC}|\w+")
_PART = re.compile(rf"\.\.\.|£|{_CLITIC}|\w+\*?")
_ITEM = re.compile(r"(?:\((?:[^()]|\([^()]*\))*\)|[^\s()])+")
_BAR = re.compile(r"\|(?![^()]*\))")  # between alternatives, not inside a group of one of them
_GROUP = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")


@dataclass(slots=True, eq=False)
class _Place:
    """A place in a phrase's net: where each next word leads, and how many other words may come before it."""

    next: dict[str, list["_Place"]] = field(default_factory=dict)
    beginnings: list[tuple[str, "_Place"]] = field(default_factory=list)
    gap: int = 0
    phrases: tuple[int, ...] = ()  # the numbers of those that end here

    def follow(self, word: str) -> Sequence["_Place"]:
        """Return the places that *word* leads to."""
        places = self.next.get(word, ())
        if not self.beginnings:
            return places
        return [*places, *(place for beginning, place in self.beginnings if word.startswith(beginning))]


@lru_cache(4)  # risk, spam and tags read the same text, one after the other
def flatten(text: str) -> str:
    """Return *text* in small letters without Welsh accents and with straight apostrophes, of the same length."""
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals become two characters
        lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lower.translate(_FLAT)


@lru_cache(4)
def words_of(flat: str) -> Sequence[str]:
    """Return the words of *flat*, a text that `flatten` has been through; clitics apart."""
    return _WORD.findall(flat)


@lru_cache(4)
def _spans_of(flat: str) -> Sequence[tuple[int, int]]:
    """Return where each of the words stands; apart from them, because most texts hold no phrase of most books."""
    return [match.span() for match in _WORD.finditer(flat)]


class PhraseBook:
    """Many phrases, made ready to be looked for at once."""

    def __init__(self, written: Iterable[str]) -> None:
        """Compile the phrases *written* in the language of the data files."""
        first = _Place()
        for number, phrase in enumerate(written):
            _lead(first, _compile(phrase, number))
        self._first = first
        # Prefixes by their first letter, so that a new word is compared with few of them.
        self._beginnings: dict[str, list[tuple[str, _Place]]] = defaultdict(list)
        for beginning, place in first.beginnings:
            self._beginnings[beginning[:1]].append((beginning, place))
        self._begin: Callable[[str], tuple[_Place, ...]] = lru_cache(_MEMORY)(self._begin_with)

    def find(self, flat: str) -> list[tuple[int, int]]:
        """Return the spans [start, end) of the phrases found in *flat*, a text that `flatten` has been through."""
        return [(start, end) for start, end, _ in self.find_numbered(flat)]

    def find_numbered(self, flat: str) -> list[tuple[int, int, int]]:
        """Return what `find` does, each span with the number of its phrase in the order given.

        Of the spans of one phrase that overlap only the first, shortest one counts.
        """
        ends: dict[int, int] = {}
        spans = []
        for first, last, phrase in sorted(self._read(words_of(flat))):
            if first > ends.get(phrase, -1):
                ends[phrase] = last
                places = _spans_of(flat)
                spans.append((places[first][0], places[last][1], phrase))
        return spans

    def _read(self, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield (first word, last word, phrase) of each way through the net that *words* take."""
        active: list[tuple[_Place, int, int]] = []
        begin = self._begin
        for at, word in enumerate(words):
            begun = begin(word)
            if not active:
                if not begun:
                    continue
                reached = [(place, at) for place in begun]
            else:
                reached = [(place, first) for before, first, _ in active for place in before.follow(word)]
                reached += [(place, at) for place in begun]
                active = [(place, first, left - 1) for place, first, left in active if left]
            for place, first in reached:
                for phrase in place.phrases:
                    yield first, at, phrase
                if place.next or place.beginnings:
                    active.append((place, first, place.gap))
            if len(active) > _MANY:
                active = _once(active)

    def _begin_with(self, word: str) -> tuple[_Place, ...]:
        """Return the places after *word*: all in one, or two where some are followed by a gap."""
        begun = self._beginnings.get(word[:1], ())
        places = [
            *self._first.next.get(word, ()),
            *(place for beginning, place in begun if word.startswith(beginning)),
        ]
        return _together(places)


def _once(active: list[tuple[_Place, int, int]]) -> list[tuple[_Place, int, int]]:
    """Return *active* with each place that was reached twice from one word once, with the longer gap left."""
    longest: dict[tuple[_Place, int], int] = {}
    for place, first, left in active:
        longest[place, first] = max(left, longest.get((place, first), 0))
    return [(place, first, left) for (place, first), left in longest.items()]


def _together(places: Iterable[_Place]) -> tuple[_Place, ...]:
    """Return places that lead where all of *places* do, one for each length of gap."""
    merged: dict[int, _Place] = {}
    for place in places:
        _merge(merged.setdefault(place.gap, _Place(gap=place.gap)), place)
    return tuple(merged.values())


def _compile(written: str, number: int) -> _Place:
    """Return the first place of the net of one phrase, built from its end."""
    following = _Place(phrases=(number,))
    for item in reversed(_ITEM.findall(written)):
        following = _before(item, following)
    return following


def _before(item: str, following: _Place) -> _Place:
    """Return the place before *item*, which leads to *following*."""
    place = _Place()
    for alternative in _expand(item):
        parts = _PART.findall(alternative)
        reached = following
        for part in reversed(parts):
            reached = _link(part, reached)
        _lead(place, reached)
        place.gap = max(place.gap, reached.gap)
        if not parts:
            place.phrases = following.phrases
    return place


def _link(part: str, following: _Place) -> _Place:
    if part == "...":
        return _Place(following.next, following.beginnings, _GAP, following.phrases)
    if part.endswith("*"):
        return _Place(beginnings=[(part[:-1], following)])
    return _Place(next={part: [following]})


def _merge(place: _Place, other: _Place) -> None:
    """Let *place* be *other* too."""
    _lead(place, other)
    place.phrases += other.phrases


def _lead(place: _Place, other: _Place) -> None:
    """Let *place* lead where *other* leads too."""
    for word, places in other.next.items():
        place.next[word] = [*place.next.get(word, ()), *places]
    place.beginnings = [*place.beginnings, *other.beginnings]


def _expand(item: str) -> list[str]:
    """Return every way to read an item: its groups written out, one alternative at a time."""
    group = _GROUP.search(item)
    if group is None:
        return [item]
    before, after = item[: group.start()], _expand(item[group.end() :])
    alternatives = [each for part in _BAR.split(group.group(1)) for each in _expand(part)]
    return [before + alternative + rest for alternative in alternatives for rest in after]
