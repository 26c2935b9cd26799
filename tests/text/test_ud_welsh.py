"""Welsh words and clitics measured on people's own analysis of Welsh sentences (UD_Welsh-CCG, test part)."""

import re
from pathlib import Path

import pytest

from involve.text.tokens import standardise, tokenise
from targets.treebank import CONTENT, b_cubed, read_sentences, read_words, share
from tests.servers import require_shared

CLITIC = re.compile(r"'(?:r|n|i|w|u|m|th|ch)|[fd]'", re.IGNORECASE)


@pytest.fixture(scope="module")
def treebank() -> Path:
    return require_shared("data/ud_welsh/cy_ccg-ud-test.conllu")


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
