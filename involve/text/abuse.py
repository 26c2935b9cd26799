"""Says which words of a story threaten somebody, show hatred or abuse a person, so that a person looks at them."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from involve.text.mutation import mutated_forms
from involve.text.phrases import PhraseBook, flatten
from involve.text.types import Passage

# How far before a sign words may stand that say it is reported: "they shouted … at me".
_REPORTED = 40  # code points
_MUTABLE = re.compile(r"\^(\w+)")


class _Signs(NamedTuple):
    """The phrases of data/abuse.toml, made ready; `reported` come before a sign and `unless` in its place."""

    signs: PhraseBook
    reported: PhraseBook
    unless: PhraseBook


def find_abuse(text: str) -> tuple[Passage, ...]:
    """Return the passages of *text* that may threaten, hate or abuse somebody, in order and apart from each other.

    Both languages are looked for in every text, Welsh words in each of their mutations. Words that somebody reports
    as said to them do not count, nor does criticism of a body. The passages ask a person to look and decide nothing.
    """
    flat = flatten(text)
    signs, reported, unless = _load()
    found = sorted(signs.find(flat))
    if not found:
        return ()
    told = [end for _, end in reported.find(flat)]
    excused = unless.find(flat)
    spans = [
        (start, end)
        for start, end in found
        if not any(0 <= start - until <= _REPORTED for until in told)
        and not any(start < until and since < end for since, until in excused)
    ]
    return tuple(Passage(start, end, text[start:end]) for start, end in _merge(spans))


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *spans*, which are in order, with those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@cache
def _load() -> _Signs:
    """Return the phrases made ready; both lists of each sign count, whatever language the text is in."""
    source = files("involve.text") / "data" / "abuse.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    written = [phrase for sign in data["sign"] for language in ("cy", "en") for phrase in sign[language]]
    return _Signs(
        *(PhraseBook(map(_mutate, phrases)) for phrases in (written, data["reported"], data["unless"]))
    )


def _mutate(phrase: str) -> str:
    """Return *phrase* with each ^word written out in all its mutations."""
    return _MUTABLE.sub(lambda word: f"({'|'.join([word[1], *mutated_forms(word[1]).values()])})", phrase)
