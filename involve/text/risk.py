"""Finds words that say someone may be at risk of serious harm, so that a person looks at once."""

import tomllib
from functools import cache
from importlib.resources import files

from involve.text.phrases import PhraseBook, flatten
from involve.text.types import Passage


def find_risk(text: str) -> tuple[Passage, ...]:
    """Return the passages of *text* that may speak of suicide, self-harm, abuse, neglect, violence or threats.

    In either language, whichever the text is in. Figures of speech (*killing myself laughing*, *marw isio panad*)
    are not counted. The passages are in order and apart from each other; they ask a person to look and decide
    nothing.
    """
    flat = flatten(text)
    signals, harmless = _phrases()
    spans = signals.find(flat)
    excused = harmless.find(flat) if spans else []
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if any(start < until and since < end for since, until in excused):
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Passage(start, end, text[start:end]) for start, end in merged)


@cache
def _phrases() -> tuple[PhraseBook, PhraseBook]:
    """Return the signals and the figures of speech that excuse them."""
    source = files("involve.text") / "data" / "risk.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    written = [
        phrase for signal in data["signal"] for language in ("cy", "en") for phrase in signal[language]
    ]
    return PhraseBook(written), PhraseBook(data["unless"])
