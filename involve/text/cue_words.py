"""Turns the words of a cue into every form in which a text may show them."""

import re
from dataclasses import dataclass
from functools import cache

from involve.text.forms import fold, normal_keys
from involve.text.function_words import is_function_word
from involve.text.lexicon import Listed, is_listed, lemma_of
from involve.text.mutation import mutated_forms
from involve.text.tokens import standardise, tokenise
from involve.text.types import Token

_CLITICS = frozenset({"'r", "'n", "'i", "'w", "'u", "'m", "'th", "'ch"})
_SYMBOLS = frozenset("&£€%+")
_PREFIXES = frozenset({"di", "ar"})  # of di-waith and ar-lein
_PARTS = re.compile(r"[^-]+")
_SHORTEST_PLURAL = (
    4  # the s of GPs is written into the cue, and compared with its capitals: GPS is another thing
)
_PLURAL_ABBREVIATION = re.compile(r"[A-Z]{2,}s")
_SHORTEST_MUTABLE = 3  # shorter grammar words (o, i, y) would turn into each other


@dataclass(frozen=True, slots=True)
class CueWord:
    """One word of a cue: what to compare a text's word with; all in lower case but `cased`.

    `forms` are compared with the word as written, `keys` with its dictionary form, `prefix` with its
    beginning: all only where the word was read in `language`. `anywhere` holds forms that count in whichever
    language it was read: inside a phrase the neighbours make it sure.
    """

    language: Listed
    forms: frozenset[str]
    keys: frozenset[str] = frozenset()
    prefix: str = ""
    anywhere: frozenset[str] = frozenset()
    cased: frozenset[str] = frozenset()


def split_token(token: Token) -> list[tuple[int, int, str]]:
    """Return the words in a token as (start, end, surface): none in a mark, several joined by hyphens."""
    surface = token.surface
    if surface.isalpha():
        return [(token.start, token.end, surface)]
    if len(surface) == 1:
        return [(token.start, token.end, surface)] if surface.isalnum() or surface in _SYMBOLS else []
    if "-" not in surface or len(surface) != token.end - token.start:
        spoken = surface in _SYMBOLS or any(character.isalnum() for character in surface)
        return [(token.start, token.end, surface)] if spoken else []
    parts = _PARTS.finditer(surface)
    return [(token.start + part.start(), token.start + part.end(), part.group()) for part in parts]


def compile_cue(cue: str, language: Listed) -> tuple[CueWord, ...]:
    """Return the words of a cue, each with all its forms; empty when the cue holds no word.

    A single word matches itself, its mutations and the words whose dictionary form it is. Inside a phrase,
    where its neighbours make it sure, it also matches through its own dictionary form (*asked us*: *asks us*).
    """
    parts: list[tuple[str, bool]] = []
    for chunk in standardise(cue).split():
        words = [chunk] if chunk.isalpha() else _split_chunk(chunk.rstrip("*"))
        parts.extend((word, chunk.endswith("*") and at == len(words)) for at, word in enumerate(words, 1))
    alone = len(parts) == 1
    return tuple(
        _compile_prefix(word, language) if is_prefix else _compile_word(word, language, alone)
        for word, is_prefix in parts
    )


def _split_chunk(chunk: str) -> list[str]:
    return [surface for token in tokenise(chunk) for _, _, surface in split_token(token)]


def is_shouted(word: str) -> bool:
    """Say whether *word* is an abbreviation that in small letters would be a word of grammar (IT, US)."""
    lower = word.lower()
    return len(word) > 1 and word.isupper() and is_grammar(lower)


def is_grammar(word: str) -> bool:
    """Say whether *word* is a word of grammar in either language."""
    return is_function_word(word, "en") or is_function_word(word, "cy")


def bare_word(lower: str) -> str:
    """Return *lower* without the apostrophe of swallowed letters (*'sdim*: *sdim*); clitics keep theirs."""
    return lower[1:] if lower[:1] == "'" and lower not in _CLITICS and len(lower) > 1 else lower


@cache  # words repeat from cue to cue
def _compile_word(word: str, language: Listed, alone: bool) -> CueWord:
    if (alone and is_shouted(word)) or _PLURAL_ABBREVIATION.fullmatch(word):
        return CueWord(language, frozenset(), cased=frozenset({word}))
    lower = bare_word(word.lower())
    if not alone and (is_function_word(lower, language) or not lower.isalpha() or len(lower) == 1):
        return CueWord(language, frozenset(), anywhere=_literal_forms(lower, language))
    forms = _welsh_forms(lower) if language == "cy" else _english_forms(lower)
    if alone:
        return CueWord(language, forms, frozenset({lower}))
    keys = {lower, *(key for _, key in normal_keys(word, language))}
    return CueWord(language, forms, frozenset(keys), anywhere=frozenset({lower}))


def _compile_prefix(word: str, language: Listed) -> CueWord:
    return CueWord(language, frozenset(), prefix=word.lower())


def _literal_forms(lower: str, language: Listed) -> frozenset[str]:
    forms = {lower}
    mutable = len(lower) >= _SHORTEST_MUTABLE or lower in _PREFIXES
    if language == "cy" and mutable and lower.isalpha():
        forms.update(mutated_forms(lower).values())
    if lower.endswith("n't"):
        forms.add(lower.replace("'", ""))
    return frozenset(forms)


def _welsh_forms(lower: str) -> frozenset[str]:
    """Return the word with every mutation, and each of these without accents where that is no other word.

    A mutation that is a word of grammar is left out (*bae* would be *mae*): it would be found in every sentence.
    """
    mutations = mutated_forms(lower).values()
    forms = {lower, *(form for form in mutations if not is_grammar(form))}
    folded = {fold(form) for form in forms}
    forms.update(form for form in folded if not is_listed(form, "cy") and not is_listed(form, "en"))
    return frozenset(forms)


def _english_forms(lower: str) -> frozenset[str]:
    """Return the word, its possessive, a plural that is no other word, and *dont* for *don't*."""
    forms = {lower, lower + "'s"}
    if len(lower) >= _SHORTEST_PLURAL and lower.isalpha() and lemma_of(lower + "s", "en") in (None, lower):
        forms.add(lower + "s")
    if lower.endswith("n't"):
        forms.add(lower.replace("'", ""))
    return frozenset(forms)


def prefix_forms(prefix: str, language: Listed) -> frozenset[str]:
    """Return the beginnings to look for: the prefix, and for Welsh its mutations."""
    return frozenset({prefix, *mutated_forms(prefix).values()} if language == "cy" else {prefix})
