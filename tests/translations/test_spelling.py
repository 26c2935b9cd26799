"""The Welsh of the interface is spelt as the Welsh dictionary spells it, mutations included."""

import re
import warnings
from functools import cache
from pathlib import Path

import pytest
from spylls.hunspell import Dictionary

from involve import catalogues

ROOT = Path(__file__).resolve().parents[2]
DICTIONARY = ROOT / "node_modules" / "dictionary-cy" / "index"
ACCEPTED = Path(__file__).with_name("accepted_words.txt")
NO_WORDS = re.compile(
    r"%\(\w+\)[a-z]|\{\w*\}|<[^<>]*>|&\w+;|https?://\S+|\S+@\S+|\bwww\.\S+|/\w[\w/-]*|\w*\d\w*"
)
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*['-]?")


@cache
def dictionary() -> Dictionary:
    if not DICTIONARY.with_suffix(".dic").is_file():
        pytest.skip("the Welsh dictionary is not installed: run `npm ci --ignore-scripts`")
    with warnings.catch_warnings():
        # spylls leaves the files it has read for Python to close.
        warnings.simplefilter("ignore", ResourceWarning)
        return Dictionary.from_files(str(DICTIONARY))


@cache
def accepted() -> frozenset[str]:
    lines = ACCEPTED.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def words_of(text: str) -> list[str]:
    """Return the words of a message: without marks, tags, addresses and numbers."""
    return WORD.findall(NO_WORDS.sub(" ", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


def is_welsh(word: str) -> bool:
    """Return whether the word, or each part of it around a hyphen, is in the dictionary or accepted."""
    word = word.rstrip("'-")
    stem = word.split("'")[0] if "'" in word else word
    known = any({form, form.lower()} & accepted() or dictionary().lookup(form) for form in (word, stem))
    return known or ("-" in word and all(is_welsh(part) for part in word.split("-") if part))


def misspelt(text: str) -> list[str]:
    return [word for word in words_of(text) if not is_welsh(word)]


def test_every_welsh_message_is_spelt_right() -> None:
    catalogue = catalogues.read_catalogue(catalogues.catalogue_path("cy"), "cy")
    found: dict[str, str] = {}
    for message in catalogues.messages_of(catalogue):
        for text in catalogues.texts_of(message):
            found |= dict.fromkeys(misspelt(text), text)
    assert found == {}, "mend the spelling, or add the word to accepted_words.txt"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Dwedwch eich stori wrthym ni, a’ch cod stori fydd %(code)s", []),
        ("Mae <a href='/cy/fy-stori'>fy stori</a> yng Nghymru o'r enw {title}", []),
        ("Ysgrifennwch at post@example.org neu ewch i https://example.org/help", []),
        ("Eich llyfrr", ["llyfrr"]),
        ("Children y dref", ["Children"]),
    ],
)
def test_the_check_knows_welsh_from_what_is_not(text: str, wrong: list[str]) -> None:
    assert misspelt(text) == wrong
