"""Finds turns of speech, the patterns of a codebook's concepts: how people tell of a thing without naming it."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from involve.text.concepts import Concept, Cue
from involve.text.matching import CueHit, Entry, Word
from involve.text.mutation import mutated_forms
from involve.text.phrases import PhraseBook, flatten

_CLASS = re.compile(r"<(\w+)>")
_MUTABLE = re.compile(r"~([^\W\d_]+)")
_FIRST = 10_000  # patterns are numbered from here on, apart from the cues of their concept


class PatternFinder:
    """The patterns of concepts made ready once."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Compile the patterns of *concepts*."""
        self._entries: list[tuple[Entry, str]] = []
        for concept in concepts:
            for number, pattern in enumerate(concept.patterns, _FIRST):
                cue = Cue(pattern.cy, pattern.en, pattern.weight, pattern.stance)
                entry = Entry((concept.scheme, concept.id), number, cue)
                self._entries += [(entry, written) for written in (*pattern.cy, *pattern.en)]
        self._book = PhraseBook(spell_out(written) for _, written in self._entries)

    def find(self, text: str, words: Sequence[Word]) -> list[CueHit]:
        """Return the patterns found in *text*, cut into *words*, in order of place; they may overlap."""
        starts = [word.start for word in words]
        return [
            self._hit(number, bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1, words)
            for start, end, number in self._book.find_numbered(flatten(text))
            if words and start >= starts[0]
        ]

    def _hit(self, number: int, first: int, last: int, words: Sequence[Word]) -> CueHit:
        entry, written = self._entries[number]
        return CueHit(entry, written, first, last, words[first].start, words[last].end)


def spell_out(written: str) -> str:
    """Return a pattern with its classes (*<body>*) and mutable words (*~gofyn*) written out, flattened."""
    named = _CLASS.sub(lambda match: f"({_classes()[match.group(1)]})", written)
    return flatten(_MUTABLE.sub(lambda match: _with_mutations(match.group(1)), named))


def _with_mutations(word: str) -> str:
    """Return *word* and its mutations as alternatives; the caller's brackets hold them where there are more."""
    return "|".join(dict.fromkeys((word, *mutated_forms(word).values())))


@cache
def _classes() -> dict[str, str]:
    """Return the alternatives of each class of words, from data/codebook/classes.toml."""
    source = files("involve.text") / "data" / "codebook" / "classes.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: "|".join(words) for name, words in table.items()}
