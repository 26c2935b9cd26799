"""Brings a word to the form it is looked up by, in Welsh and in English, and says which step did it."""

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from involve.text.endings import base_forms, written_forms
from involve.text.lexicon import Listed, is_listed, lemma_of
from involve.text.mutation import Mutation, demutate, mutated_forms
from involve.text.places import find_place
from involve.text.tokens import standardise
from involve.text.types import NormalForm, WordLanguage

# A lemma of one or two letters for a longer word is a slip of the word list (ffrindia -> ff).
_SHORT_LEMMA, _LONG_WORD = 3, 5
_LONGEST_WORD = 64  # letters; what is longer is no word, and guessing at it would take long
Reading = tuple[str, str, Mutation | None]  # key, step, mutation undone
_APOSTROPHE_S = ("'s", "s'")


def normalise(surface: str, language: WordLanguage, inside_sentence: bool = False) -> NormalForm:
    """Return the form under which *surface* is looked up in *language*.

    Welsh: our overrides, then simplemma's list, then mutations undone where that gives a listed word, then
    spoken endings, then the word as it is. English: simplemma's list, else as it is. "both" is read as Welsh
    (see `normal_keys` for both readings); "und" and what is too long for a word are left alone. A place is
    brought to its unmutated name; with *inside_sentence* a capitalised word that is no common word is a name and
    keeps its form.
    The key is in lower case and standard spelling, accents kept; never empty unless *surface* is.
    """
    word = standardise(surface)
    if language == "und" or len(word) > _LONGEST_WORD:
        return NormalForm(surface, word.lower(), language, "left alone")
    reading: Listed = "en" if language == "en" else "cy"
    key, step, mutation = _read(word, reading, inside_sentence)
    if mutation is None and reading == "cy" and step in ("override", "word list"):
        mutation = _mutation_between(word.lower(), key)
    return NormalForm(surface, key, language, step, mutation)


def normal_keys(
    surface: str, language: WordLanguage, inside_sentence: bool = False
) -> tuple[tuple[Listed, str], ...]:
    """Return the (language, key) readings of *surface*: one when the language is known, both when in doubt.

    The keys are those of `normalise`. A word of an unknown language, or too long to be one, has its own lower-case
    form in both.
    """
    word = standardise(surface)
    if language == "und" or len(word) > _LONGEST_WORD:
        return ("cy", word.lower()), ("en", word.lower())
    if language == "both":
        return ("cy", _read(word, "cy", inside_sentence)[0]), ("en", _read(word, "en", inside_sentence)[0])
    return ((language, _read(word, language, inside_sentence)[0]),)


def fold(text: str) -> str:
    """Return *text* in lower case without accents, so that *dwr* finds *dŵr*; letters of any script stay."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def _read(word: str, language: Listed, inside_sentence: bool) -> Reading:
    lower = word.lower()
    capital = word[:1].isupper()
    place = find_place(word) if capital else None
    if place is not None:
        return place.key, "place", place.mutation
    reading = _english(lower) if language == "en" else _welsh(word, lower)
    named = capital and inside_sentence and word.istitle() and not is_listed(lower, language, exactly=True)
    if named and reading[2] is None and _mutation_between(lower, reading[0]) is None:
        return lower, "name", None
    return reading


def _english(lower: str) -> Reading:
    if lower.endswith(_APOSTROPHE_S) and len(lower) > 2:
        lower = lower[:-2] if lower.endswith("'s") else lower[:-1]
    override = _overrides("en").get(lower)
    if override is not None:
        return override, "override", None
    lemma = lemma_of(lower, "en")
    return (lower, "as is", None) if lemma is None else (lemma.lower(), "word list", None)


def _welsh(word: str, lower: str) -> Reading:
    override = _overrides("cy").get(lower)
    if override is not None:
        return override, "override", None
    spoken = _spoken_spellings().get(lower)
    if spoken is not None:
        return _welsh(spoken, spoken)[0], "spoken form", None
    lemma = lemma_of(word, "cy")
    if lemma is not None and not _is_slip(lower, lemma):
        return lemma.lower(), "word list", None
    return _guess(lower) or (lower, "as is", None)


def _guess(lower: str) -> Reading | None:
    """Look for a listed word behind one that is not: first its mutation undone, then its ending, then its spelling."""
    candidates: tuple[tuple[str, Mutation | None], ...] = ((lower, None), *demutate(lower))
    for candidate, mutation in candidates[1:]:
        lemma = _listed_lemma(candidate)
        if lemma is not None:
            return lemma, "mutation", mutation
    for step, guesses in (("inflection", base_forms), ("spoken form", written_forms)):
        for candidate, mutation in candidates:
            lemma = next(filter(None, map(_listed_lemma, guesses(candidate))), None)
            if lemma is not None:
                return lemma, step, mutation
    return None


def _listed_lemma(word: str) -> str | None:
    lemma = _overrides("cy").get(word) or lemma_of(word, "cy")
    return None if lemma is None or _is_slip(word, lemma) else lemma.lower()


def _mutation_between(lower: str, lemma: str) -> Mutation | None:
    """Name the mutation that sets the beginning of *lower* apart from that of *lemma*, if one does."""
    if lower[:2] == lemma[:2]:
        return None
    return next((kind for candidate, kind in demutate(lower) if candidate[:2] == lemma[:2]), None)


def _is_slip(word: str, lemma: str) -> bool:
    return len(lemma) < _SHORT_LEMMA and len(word) >= _LONG_WORD


@cache
def _overrides(language: Listed) -> Mapping[str, str]:
    """Return our own corrections to the word list, form -> lemma.

    In Welsh one for a word holds for its mutations too, where the list reads those as it reads the word.
    """
    source = files("involve.text") / "data" / "overrides.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))[language]
    itself = {word.lower(): word.lower() for word in table["itself"]["words"].split()}
    listed = itself | {form: lemma for lemma, forms in table["forms"].items() for form in forms.split()}
    if language == "en":
        return MappingProxyType(listed)
    mutated = {
        mutation: lemma
        for form, lemma in listed.items()
        for mutation in mutated_forms(form).values()
        if (read := lemma_of(mutation, "cy")) != lemma and read in (None, lemma_of(form, "cy"))
    }
    return MappingProxyType(mutated | listed)


@cache
def _spoken_spellings() -> Mapping[str, str]:
    """Return the spoken and dialect spellings of Welsh and the written form that each stands for."""
    source = files("involve.text") / "data" / "colloquial.toml"
    return MappingProxyType(dict(tomllib.loads(source.read_text(encoding="utf-8"))["cy"]))
