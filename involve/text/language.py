"""Tells Welsh from English, for a whole text and word by word, and says so when it is neither."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import pycld2  # type: ignore[import-untyped]

from involve.text.function_words import function_words
from involve.text.lexicon import Listed, is_listed, word_priors
from involve.text.tokens import is_word, tokenise
from involve.text.types import Language, Token, WordLanguage

# Weights of one word's evidence (log odds), of the evidence against the neighbours, and of a change of language.
# Chosen on artificial mixtures of the SIB-200 development sentences: 99.2 % of words right where phrases were
# switched, 98.7 % where single words were.
_LISTED = 2.0
_SPELLING = 1.0
_SCALE = 4.0
_SWITCH_COST = 2.2  # log(0.9 / 0.1): nine words in ten are in the language of the word before

_NEAR_ZERO = 1.0  # evidence this weak leaves a word that both lists have undecided
_WINDOW = 3  # so many words either side, all of one language, decide it

_MIXED_SHARE = 0.12  # a text is mixed from this share of words of the second language on …
_MIXED_WORDS = 3  # … and this many
_FEW = 4
_KNOWN_SHARE = 0.5  # with fewer known words a text is probably in a third language
_ASK_BELOW = 12  # texts of fewer words whose words do not agree …
_CLOSE = 0.17  # … by more than this either side of a half are decided by the weight of their evidence

_WELSH_SPELLINGS = ("ll", "dd", "ff", "rh", "ngh", "mh", "nh", "wy", "ŵ", "ŷ", "â", "ê", "î", "ô", "û")
_ENGLISH_SPELLINGS = ("k", "v", "x", "z", "q", "ck", "tion", "sh", "wh", "ght", "qu")


def word_evidence(word: str) -> float:
    """Return the log odds that *word* is Welsh rather than English, about -6 to 6; 0 when nothing is known.

    Adds the language prior of techiaith-g2p to a step for a word that only one of the word lists has; a word
    that none has is judged by its spelling.
    """
    return _judge(word.lower()).evidence


class _Judged(NamedTuple):
    """What is known of a word in small letters: log odds for Welsh, and which word lists have it."""

    evidence: float
    welsh: bool
    english: bool


@lru_cache(65_536)  # words repeat from story to story
def _judge(lower: str) -> _Judged:
    prior = word_priors().get(lower, 0.0)
    welsh, english = _is_known(lower, "cy"), _is_known(lower, "en")
    if prior or welsh or english:
        return _Judged(prior + _LISTED * (welsh - english), welsh, english)
    looks_welsh = any(cue in lower for cue in _WELSH_SPELLINGS)
    looks_english = any(cue in lower for cue in _ENGLISH_SPELLINGS)
    return _Judged(_SPELLING * (looks_welsh - looks_english), welsh=False, english=False)


def identify_words(tokens: Sequence[Token]) -> tuple[WordLanguage, ...]:
    """Return the language of each token: cy, en, both (a spelling of both languages, undecided here) or und.

    Numbers, marks, addresses and words in another script are und. The most likely sequence is found with the
    Viterbi algorithm over two states that rarely change; a word that both languages have and that nothing
    decides is "both" where the words around it are not all of one language.
    """
    places = [at for at, token in enumerate(tokens) if is_word(token) and _is_latin(token.surface)]
    judged = [_judge(tokens[at].surface.lower()) for at in places]
    states = _most_likely_states([each.evidence for each in judged])
    languages: list[WordLanguage] = ["und"] * len(tokens)
    for place, (at, state, word) in enumerate(zip(places, states, judged, strict=True)):
        shared = word.welsh and word.english and -_NEAR_ZERO < word.evidence < _NEAR_ZERO
        languages[at] = "both" if shared and not _is_settled(states, place) else state
    return tuple(languages)


def _is_settled(states: Sequence[WordLanguage], place: int) -> bool:
    """Say whether the words around *place* are all of one language, and enough of them."""
    around = states[max(0, place - _WINDOW) : place + _WINDOW + 1]
    return len(set(around)) == 1 and len(around) > _WINDOW


def identify_language(text: str) -> Language:
    """Return the language of *text*: cy, en, mixed (both in earnest) or und (neither, or nothing to go by).

    Word lists decide; short or doubtful texts are also put to CLD2, which knows other languages too.
    Names (words with a capital inside a sentence) make no text mixed. Works without any network or download.
    """
    tokens = tokenise(text)
    return language_of_words(tokens, identify_words(tokens), text)


def language_of_words(tokens: Sequence[Token], languages: Sequence[WordLanguage], text: str) -> Language:
    """Return the language of *text* when its tokens and their languages are known already.

    The same answer as `identify_language`, for callers that need the words' languages as well.
    """
    words = [
        (token.surface, language) for token, language in zip(tokens, languages, strict=True) if is_word(token)
    ]
    if not words:
        return "und"
    known = _known_share([word for word, _ in words])
    # A few words with a known one among them are more likely names than a third language.
    doubtful = known == 0 or (known < _KNOWN_SHARE and len(words) > _FEW)
    if doubtful and _likeliest(text) not in (("cy", "en") if known == 0 else ("cy", "en", "un")):
        return "und"
    counted = [language for word, language in words if not word[:1].isupper()]
    fewer = min(counted.count("cy"), counted.count("en"))
    if fewer >= _MIXED_WORDS and fewer >= _MIXED_SHARE * len(words):
        return "mixed"
    return _one_language(text, welsh_share(counted or languages), len(words))


def welsh_share(languages: Sequence[WordLanguage]) -> float:
    """Return the share of Welsh words, 0..1, among the words that are Welsh or English; 0 when there are none.

    A word of both languages counts half.
    """
    welsh, english, both = (languages.count(language) for language in ("cy", "en", "both"))
    total = welsh + english + both
    return (welsh + both / 2) / total if total else 0.0


def _one_language(text: str, share: float, words: int) -> Language:
    if words >= _ASK_BELOW or abs(share - 0.5) > _CLOSE:
        return "cy" if share >= 0.5 else "en"
    odds = sum(word_evidence(token.surface) for token in tokenise(text) if is_word(token))
    return "cy" if odds >= 0 else "en"


def _most_likely_states(evidence: Sequence[float]) -> list[WordLanguage]:
    """Run the two-state Viterbi algorithm over log odds for Welsh; ties go to Welsh."""
    welsh = english = 0.0
    came_from_welsh: list[tuple[bool, bool]] = []
    for odds in evidence:
        stays, switches = welsh >= english - _SWITCH_COST, welsh - _SWITCH_COST > english
        came_from_welsh.append((stays, switches))
        welsh, english = (
            (welsh if stays else english - _SWITCH_COST) + _SCALE * odds / 2,
            (welsh - _SWITCH_COST if switches else english) - _SCALE * odds / 2,
        )
    is_welsh = welsh >= english
    states: list[WordLanguage] = []
    for if_welsh, if_english in reversed(came_from_welsh):
        states.append("cy" if is_welsh else "en")
        is_welsh = if_welsh if is_welsh else if_english
    return states[::-1]


def _known_share(words: Sequence[str]) -> float:
    """Return the share of *words* that are Welsh or English; words under three letters are in every language."""
    judged = [_judge(word.lower()) for word in words if len(word) > 2] or [
        _judge(word.lower()) for word in words
    ]
    return sum(each.welsh or each.english for each in judged) / len(judged)


def _is_known(lower: str, language: Listed) -> bool:
    return lower in function_words(language) or is_listed(lower, language, exactly=True)


def _is_latin(word: str) -> bool:
    return word.isascii() or all(
        character < "\u0250" or "\u1e00" <= character < "\u2100" for character in word if character.isalpha()
    )


def _likeliest(text: str) -> str:
    """Return the code of the language that CLD2 finds first in *text*; "un" where it does not know."""
    readable = text.encode("utf-8", "ignore").replace(b"\0", b" ")
    try:
        _reliable, _size, found = pycld2.detect(readable, isPlainText=True, bestEffort=True)
    except pycld2.error:  # characters that are no text to it
        return "un"
    code: str = found[0][1]
    return code
