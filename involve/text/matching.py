"""Finds the cues of codebooks in a text, each in all its forms, in time that grows with the text only."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from involve.text.concepts import Concept, Cue
from involve.text.cue_words import CueWord, compile_cue, split_token
from involve.text.form_table import FormTable
from involve.text.lexicon import Listed
from involve.text.types import Token, WordLanguage

NEIGHBOURHOOD = 8  # words within which a cue's `needs` and `unless` count
_LONGEST_PHRASE = 60  # words, small ones between included; bounds the search for neighbours
_MOST_SKIPPED = 2  # small words let through inside a phrase
_JOINING_MARKS = frozenset("\"'/‘’“”*_")  # marks that do not end a phrase
_STOPS = frozenset(".!?…")  # marks that end a sentence

# Words people put into a phrase without changing what it says (nobody *ever* asked us; gofyn *yr* un cwestiwn).
SMALL_WORDS = frozenset(
    {"a", "an", "the", "my", "our", "your", "his", "her", "their", "this", "that", "these", "those"}
    | {
        "very",
        "really",
        "so",
        "just",
        "even",
        "ever",
        "still",
        "also",
        "only",
        "actually",
        "all",
        "any",
        "some",
    }
    | {"too", "quite", "bit", "own", "y", "yr", "'r", "yn", "'n", "ein", "eich", "eu", "fy", "dy", "ei"}
    | {"'i", "'u", "'w", "fi", "ni", "nhw", "hi", "fo", "fe", "ti", "chi", "o", "e", "rhyw", "unrhyw"}
    | {"iawn", "wir", "jyst", "hyd", "oed", "erioed", "byth", "dal", "hefyd", "wedi", "'di", "di"}
)


# Compared by identity: each is made once, and hashing its cue at every hit would be slow.
@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A cue to look for: `owner` is (scheme, concept), `number` the cue's place among the owner's."""

    owner: tuple[str, str]
    number: int
    cue: Cue


class CueHit(NamedTuple):
    """A cue found: in which wording, and where.

    `first` and `last` number the words of the match, `start` and `end` count code points of the text.
    """

    entry: Entry
    wording: str
    first: int
    last: int
    start: int
    end: int


class Word(NamedTuple):  # not a dataclass: one is made for every word of every story
    """A word as matching sees it, with the number of its sentence.

    `joined` says that no mark parts it from the word before.
    """

    start: int
    end: int
    surface: str
    language: WordLanguage
    sentence: int
    joined: bool


@dataclass(slots=True)
class _Node:
    """A place in the tree of cues: where each next word leads, which wordings and neighbours end here."""

    next: dict[int, "_Node"] = field(default_factory=dict)
    wordings: list[int] = field(default_factory=list)
    neighbours: list[int] = field(default_factory=list)
    ends: bool = False  # whether anything does


def entries_of(concepts: Iterable[Concept]) -> Iterator[Entry]:
    """Yield what a matcher looks for to find *concepts*."""
    for concept in concepts:
        for number, cue in enumerate(concept.cues, 1):
            yield Entry((concept.scheme, concept.id), number, cue)


_new = tuple.__new__  # half the time of calling Word, of which a story has hundreds
_Span = tuple[int, int]
_CY: Listed = "cy"
_EN: Listed = "en"


def split_into_words(
    text: str, tokens: Sequence[Token], languages: Sequence[WordLanguage]
) -> tuple[Word, ...]:
    """Return the words of *text* to match over. *languages* holds the language of each token.

    Words joined by hyphens count apart, so that *one-year* and *one year* are the same. A line break ends a
    sentence too, because people who type a list leave out the full stops.
    """
    words: list[Word] = []
    sentence, ended, joined, since = 0, False, False, 0
    has_lines = "\n" in text
    for token, language in zip(tokens, languages, strict=True):
        plain = token.surface.isalpha()  # as most are: for these there is the least to do
        parts = ((token.start, token.end, token.surface),) if plain else split_token(token)
        stops = not plain and token.surface in _STOPS and not _joins(token, since, words)
        ended = ended or stops or (has_lines and "\n" in text[since : token.start])
        if parts and ended and words:
            sentence, joined = sentence + 1, False
        for start, end, surface in parts:
            words.append(_new(Word, (start, end, surface, language, sentence, joined)))
            ended, joined = False, True
        if not parts and not _joins(token, since, words):
            joined = False
        since = token.end
    return tuple(words)


def _joins(mark: Token, since: int, words: Sequence[Word]) -> bool:
    """Say whether *mark* leaves a phrase whole: quotation marks, *12-month* and *E. coli* do, other marks part it.

    *since* is where the word before it ended.
    """
    if mark.surface in _JOINING_MARKS:
        return True
    if mark.start != since or not words:
        return False
    initial = len(words[-1].surface) == 1 and words[-1].surface.isupper()
    return mark.surface == "-" or (mark.surface == "." and initial)


class Matcher:
    """A set of cues made ready once; `find` may be called from several threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Make *entries* ready: some thousands of cues take well under a second."""
        self._root = _Node()
        self._wordings: list[tuple[Entry, str]] = []
        self._needs: dict[Entry, int] = {}
        self._unless: dict[Entry, int] = {}
        self._atoms: dict[CueWord, int] = {}
        self._groups = 0
        for entry in entries:
            self._add_entry(entry)
        self._table = FormTable(self._atoms)

    def find(self, words: Sequence[Word]) -> tuple[CueHit, ...]:
        """Return every cue found in *words* whose conditions hold, in order of place; they may overlap."""
        wordings: list[tuple[int, int, int]] = []
        neighbours: dict[int, list[_Span]] = defaultdict(list)
        for node, first, last in self._walk_all(words):
            wordings.extend((wording, first, last) for wording in node.wordings)
            for group in node.neighbours:
                neighbours[group].append((first, last))
        hits = {
            CueHit(*self._wordings[wording], first, last, words[first].start, words[last].end)
            for wording, first, last in wordings
            if self._holds(self._wordings[wording][0], (first, last), neighbours)
        }
        return tuple(sorted(hits, key=_place))

    def _walk_all(self, words: Sequence[Word]) -> Iterator[tuple[_Node, int, int]]:
        """Yield each node at which something ends, with the first and last word of the way to it."""
        read = self._table.read
        atoms = [read(word.surface)[word.language] for word in words]
        starts, last = self._root.next, len(words) - 1
        for first, starting in enumerate(atoms):
            for atom in starting:
                start = starts.get(atom)
                if start is None:
                    continue
                if start.ends:
                    yield start, first, first
                # It leads on when the next word stands beside it and is a word of some cue, or small enough to skip.
                if not start.next or first == last or not words[first + 1].joined:
                    continue
                leads = not start.next.keys().isdisjoint(atoms[first + 1])
                if leads or words[first + 1].surface.lower() in SMALL_WORDS:
                    yield from self._walk(start, first, words, atoms)

    def _walk(
        self, start: _Node, first: int, words: Sequence[Word], atoms: Sequence[frozenset[int]]
    ) -> Iterator[tuple[_Node, int, int]]:
        """Yield what ends on the ways on from *start*, reached by word *first*; small words may lie between."""
        paths = [(start, first + 1, _MOST_SKIPPED)]
        while paths:
            node, at, skips = paths.pop()
            if at >= len(words) or not words[at].joined:
                continue
            for atom in atoms[at]:
                child = node.next.get(atom)
                if child is not None:
                    if child.ends:
                        yield child, first, at
                    if child.next:
                        paths.append((child, at + 1, _MOST_SKIPPED))
            if skips and words[at].surface.lower() in SMALL_WORDS:
                paths.append((node, at + 1, skips - 1))

    def _holds(self, entry: Entry, span: _Span, neighbours: dict[int, list[_Span]]) -> bool:
        """Say whether the neighbours that a cue found at *span* needs are there, and those it forbids are not."""
        needs, unless = self._needs.get(entry), self._unless.get(entry)
        if needs is not None:
            near = _near(neighbours.get(needs, []), span)
            if all(span[0] <= other[0] <= other[1] <= span[1] for other in near):
                return False
        return unless is None or not _near(neighbours.get(unless, []), span)

    def _add_entry(self, entry: Entry) -> None:
        for wordings, language in ((entry.cue.cy, _CY), (entry.cue.en, _EN)):
            for wording in wordings:
                node = self._node_for(compile_cue(wording, language))
                node.wordings.append(len(self._wordings))
                node.ends = True
                self._wordings.append((entry, wording))
        for wordings, groups in ((entry.cue.needs, self._needs), (entry.cue.unless, self._unless)):
            if wordings:
                groups[entry] = self._add_neighbours(wordings)

    def _add_neighbours(self, wordings: Sequence[str]) -> int:
        """Add the neighbours that a cue names, each in both languages; return their group's number."""
        self._groups += 1
        for wording in wordings:
            for language in (_CY, _EN):
                node = self._node_for(compile_cue(wording, language))
                node.neighbours.append(self._groups)
                node.ends = True
        return self._groups

    def _node_for(self, compiled: Sequence[CueWord]) -> _Node:
        """Return the end of a cue's way through the tree, grown as needed."""
        node = self._root
        for word in compiled:
            node = node.next.setdefault(self._atoms.setdefault(word, len(self._atoms)), _Node())
        return node


def _near(found: list[_Span], span: _Span) -> list[_Span]:
    """Return those of *found* (in order of their first word) that lie within the neighbourhood of *span*."""
    begin = bisect_left(found, (span[0] - NEIGHBOURHOOD - _LONGEST_PHRASE, 0))
    end = bisect_left(found, (span[1] + NEIGHBOURHOOD + 1, 0))
    return [other for other in found[begin:end] if span[0] - other[1] <= NEIGHBOURHOOD]


def _place(hit: CueHit) -> tuple[int, int, tuple[str, str], int, str]:
    return hit.first, hit.last, hit.entry.owner, hit.entry.number, hit.wording
