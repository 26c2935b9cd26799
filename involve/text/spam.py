"""Says why a text may be no story: links only, repetition, somebody trying the form, an advert, no words at all."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from involve.text.phrases import PhraseBook, flatten

SpamReason = Literal["links", "repetition", "test", "advert", "no words"]

_LINK = re.compile(r"(?:https?://|www\.)\S+")
# How adverts look, whatever they say: an address to visit, capitals and marks that shout. Each is one notion.
_LOUD = {
    "lure": re.compile(
        r"://|\bwww\.|\w\.(?:com|net|biz|info|shop|online|xyz|example|click|top|ly)\b", re.IGNORECASE
    ),
    "pressure": re.compile(
        r"!!|[\U0001F381\U0001F449\U0001F447\U0001F4AF\U0001F4B0\U0001F4B8\U0001F525\U0001F680\U0001F911\u27a1\u2705]"
        r"|(?:\b[A-Z]{2,}\b[ !,]*){4}"
    ),
    "offers": re.compile(r"\b0(?:7\d{3}|800|808|300|333|345|845)[ ]?\d{3}[ ]?\d{3,4}\b"),
    "money": re.compile(r"£{2}|\${2}|€{2}"),
}
_WORD = re.compile(r"[^\W_]+")
_TEST_LENGTH = 30  # words; a longer text that mentions a test is about one (a blood test, prawf gyrru)
_ADVERT_NOTIONS = 2
_REPEATED_WORDS = 6  # from so many words on, one word in so large a share of them is repetition
_REPEATED_SHARE = 0.6
_REPEATED_LINES = 4


@dataclass(frozen=True, slots=True)
class _Signs:
    advert: PhraseBook
    notions: Sequence[str]  # of each phrase of an advert
    test_words: frozenset[str]
    test_phrases: PhraseBook


def spam_reasons(text: str) -> tuple[SpamReason, ...]:
    """Return why *text* may not be a story; empty for a story.

    Whatever its language and however short: "Dim bws" is a story, and a language that nobody here reads is no
    reason. Several stories with the same text are for the caller to find. The reasons only ask a person to look.
    """
    flat = flatten(text)
    words = _WORD.findall(_LINK.sub(" ", flat))
    checks: tuple[tuple[SpamReason, bool], ...] = (
        ("links", _is_only_links(flat, words)),
        ("no words", not _WORD.search(flat)),
        ("repetition", _is_repetition(flat, words)),
        ("test", _is_test(flat, words)),
        ("advert", _is_advert(text, flat)),
    )
    return tuple(reason for reason, holds in checks if holds)


def _is_only_links(flat: str, words: list[str]) -> bool:
    links = len(_LINK.findall(flat))
    return links > 0 and len(words) < 3 * links


def _is_repetition(flat: str, words: list[str]) -> bool:
    if len(words) >= _REPEATED_WORDS and Counter(words).most_common(1)[0][1] >= _REPEATED_SHARE * len(words):
        return True
    lines = [line.strip() for line in re.split(r"[\n.!?]+", flat) if line.strip()]
    if len(lines) >= _REPEATED_LINES and len(set(lines)) == 1:
        return True
    return re.search(r"([^\W_])\1{9}", flat) is not None and len(words) < _REPEATED_WORDS


def _is_test(flat: str, words: list[str]) -> bool:
    if not words or len(words) > _TEST_LENGTH:
        return False
    signs = _signs()
    if all(word in signs.test_words or word.isdigit() for word in words):
        return True
    return bool(signs.test_phrases.find(flat))


def _is_advert(text: str, flat: str) -> bool:
    signs = _signs()
    found = {signs.notions[number] for _, _, number in signs.advert.find_numbered(flat)}
    found |= {notion for notion, pattern in _LOUD.items() if pattern.search(text)}
    return len(found) >= _ADVERT_NOTIONS


@cache
def _signs() -> _Signs:
    source = files("involve.text") / "data" / "spam.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    adverts = [(notion, phrase) for notion, written in data["advert"].items() for phrase in written]
    return _Signs(
        advert=PhraseBook(phrase for _, phrase in adverts),
        notions=[notion for notion, _ in adverts],
        test_words=frozenset(data["test"]["words"].split()),
        test_phrases=PhraseBook(data["test"]["phrases"]),
    )
