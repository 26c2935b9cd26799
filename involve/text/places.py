"""Recognises the names of Welsh places in both languages, mutated or not."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from involve.text.mutation import Mutation, mutated_forms
from involve.text.tokens import standardise
from involve.vocabulary.areas import AREAS

_ARTICLES = ("Y ", "Yr ")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as found: its two names, the key it is looked up by and the mutation undone to find it."""

    cy: str
    en: str
    key: str
    mutation: Mutation | None


def find_place(name: str) -> Place | None:
    """Return the place called *name* in either language, in any mutation, or None.

    *name* must have its capital: *Gaerdydd* and *Nghaerdydd* give Caerdydd, *gaerdydd* gives None. Names of several
    words are looked up whole (*Merthyr Tudful*), the Welsh article may be left out (*Rhondda*).
    """
    return _gazetteer().get(standardise(name)) if name[:1].isupper() else None


def place_names() -> Mapping[str, Place]:
    """Return every form of every place's name, as it is written in a sentence, with its place."""
    return _gazetteer()


def other_name(key: str) -> str | None:
    """Return the key of the same place in the other language: *caerdydd* gives *cardiff*, *cardiff* *caerdydd*."""
    return _translations().get(key)


@cache
def _gazetteer() -> Mapping[str, Place]:
    """Form -> place; a plain name beats a mutated one, and mutated forms that are ordinary words are left out."""
    plain: dict[str, Place] = {}
    mutated: dict[str, Place] = {}
    _, ordinary = _names()
    for cy, en in _pairs():
        bare = _without_article(cy)
        plain.setdefault(bare, Place(cy, en, bare.lower(), None))
        plain.setdefault(en, Place(cy, en, en.lower(), None))
        for kind, form in mutated_forms(bare).items():
            mutated.setdefault(form, Place(cy, en, bare.lower(), kind))
    return MappingProxyType(
        {form: place for form, place in (mutated | plain).items() if form not in ordinary}
    )


@cache
def _translations() -> Mapping[str, str]:
    both: dict[str, str] = {}
    for cy, en in _pairs():
        bare = _without_article(cy).lower()
        if bare != en.lower():
            both.setdefault(bare, en.lower())
            both.setdefault(en.lower(), bare)
    return MappingProxyType(both)


def _pairs() -> Iterator[tuple[str, str]]:
    yield from _names()[0]


@cache
def _names() -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    source = files("involve.text") / "data" / "places.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    areas = [(name.cy, name.en) for area in AREAS for name in (area.short, area.name)]
    listed = [(cy, en) for cy, en in data["towns"] + data["beyond"]]
    return tuple(areas + listed), frozenset(data["ordinary"])


def _without_article(name: str) -> str:
    return next((name[len(article) :] for article in _ARTICLES if name.startswith(article)), name)
