"""Welsh words and clitics measured on people's own analysis of Welsh sentences (UD_Welsh-CCG, test part)."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from involve.text.forms import normalise
from involve.text.tokens import standardise, tokenise
from tests.servers import require_shared

CONTENT = ("NOUN", "VERB", "ADJ")
CLITIC = re.compile(r"'(?:r|n|i|w|u|m|th|ch)|[fd]'", re.IGNORECASE)


@pytest.fixture(scope="module")
def treebank() -> Path:
    return require_shared("data/ud_welsh/cy_ccg-ud-test.conllu")


def read_sentences(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        text = next(
            (line.removeprefix("# text =").strip() for line in lines if line.startswith("# text =")), ""
        )
        yield text, [line.split("\t") for line in lines if line and line[0].isdigit()]


def read_words(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield (key that we give, lemma, part of speech, features) of each word."""
    for _, rows in read_sentences(path):
        for number, form, lemma, part, _, features, *_ in rows:
            if number.isdigit() and part != "PUNCT":
                key = normalise(form, "cy", inside_sentence=number != "1").key
                yield key, lemma.lower(), part, features


def share(pairs: list[tuple[str, str]]) -> float:
    return sum(key == lemma for key, lemma in pairs) / len(pairs)


def b_cubed(pairs: list[tuple[str, str]]) -> float:
    """Say how pure and how whole the groups are that the keys make of the lemmas (Bagga and Baldwin 1998)."""
    both, keys, lemmas = (
        Counter(pairs),
        Counter(key for key, _ in pairs),
        Counter(lemma for _, lemma in pairs),
    )
    precision = sum(both[pair] / keys[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / lemmas[pair[1]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def test_content_words_come_to_their_lemma(treebank: Path) -> None:
    pairs = [(key, lemma) for key, lemma, part, _ in read_words(treebank) if part in CONTENT]
    assert share(pairs) >= 0.955
    assert b_cubed(pairs) >= 0.978


def test_mutated_words_come_to_their_lemma(treebank: Path) -> None:
    pairs = [(key, lemma) for key, lemma, _, features in read_words(treebank) if "Mutation=" in features]
    assert share(pairs) >= 0.945


def test_clitics_stand_apart(treebank: Path) -> None:
    right = wrong = 0
    for text, rows in read_sentences(treebank):
        ours = {(token.start, token.end) for token in tokenise(text)}
        at = until = 0
        for number, form, *_ in rows:
            first, _, last = number.partition("-")
            if int(first) <= until:
                continue
            until = int(last or 0)
            found = text.find(form, at)
            if found < 0:
                continue
            at = found + len(form)
            if CLITIC.fullmatch(standardise(form)):
                right, wrong = (right + 1, wrong) if (found, at) in ours else (right, wrong + 1)
    assert right + wrong > 800
    assert right / (right + wrong) >= 0.99
