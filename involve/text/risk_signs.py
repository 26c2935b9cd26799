"""Finds the phrases of data/risk.toml that name serious harm, in either language."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from involve.text.phrases import PhraseBook, flatten


class Sign(NamedTuple):
    """A phrase that names harm, and where it stands; `kind` is an id of data/risk.toml."""

    start: int
    end: int
    kind: str


def find_signs(text: str) -> list[Sign]:
    """Return the signs in *text*, whichever language it is in, in order; figures of speech are left out."""
    flat = flatten(text)
    signals, kinds, harmless = _phrases()
    found = signals.find_numbered(flat)
    excused = harmless.find(flat) if found else []
    return sorted(
        Sign(start, end, kinds[number])
        for start, end, number in found
        if not any(start < until and since < end for since, until in excused)
    )


@cache
def sign_kinds() -> tuple[str, ...]:
    """Return the kinds of signs, in the order of their file."""
    return tuple(dict.fromkeys(_phrases()[1]))


@cache
def _phrases() -> tuple[PhraseBook, tuple[str, ...], PhraseBook]:
    """Return the phrases, the kind of each, and the figures of speech that excuse them."""
    source = files("involve.text") / "data" / "risk.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    written = [
        (phrase, signal["id"])
        for signal in data["signal"]
        for language in ("cy", "en")
        for phrase in signal[language]
    ]
    return (
        PhraseBook(phrase for phrase, _ in written),
        tuple(kind for _, kind in written),
        PhraseBook(data["unless"]),
    )
