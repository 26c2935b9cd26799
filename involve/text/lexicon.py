"""The word lists of installed packages, opened once and only read: what is a word, and of which language."""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

Listed = Literal["cy", "en"]

_PRIOR_SCALE = 16.0


@cache
def _dictionary(language: Listed) -> Mapping[str, str]:
    return DefaultDictionaryFactory().get_dictionary(language)


def lemma_of(word: str, language: Listed) -> str | None:
    """Return the dictionary form that simplemma lists for *word*, or None when the word is not listed.

    Looks for the word as written, then with its first letter's case the other way round.
    """
    try:
        found = _dictionary(language).get(word)
        if found is None:
            other = word.lower() if word[:1].isupper() else word.capitalize()
            found = _dictionary(language).get(other)
    except UnicodeEncodeError:  # a lone surrogate: no word has one
        return None
    return found


def is_listed(word: str, language: Listed, exactly: bool = False) -> bool:
    """Say whether *word* is in simplemma's list of *language*, mutated and inflected forms included.

    *exactly* asks for the word with these very capitals.
    """
    if not exactly:
        return lemma_of(word, language) is not None
    try:
        return _dictionary(language).get(word) is not None
    except UnicodeEncodeError:  # a lone surrogate
        return False


@cache
def word_priors() -> Mapping[str, float]:
    """Return how much likelier each of some 34,000 words is in Welsh than in English, as log odds in [-4, 4].

    Source: Bangor University's techiaith-g2p (CC0), counted there from a tagged Welsh corpus and from MASC (CC BY 3.0).
    The file is an inner part of that package, so a test watches over it; without it the result is empty and
    the word lists decide alone.
    """
    spec = find_spec("techiaith.g2p")
    if spec is None or not spec.submodule_search_locations:
        return MappingProxyType({})
    path = Path(spec.submodule_search_locations[0]) / "data" / "lang" / "lang_prior.tsv"
    if not path.is_file():
        return MappingProxyType({})
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return MappingProxyType({row[0]: int(row[1]) / _PRIOR_SCALE for row in rows if len(row) == 2})
