"""Welsh words on UD_Welsh (test part), and the language of snippets and of the words in mixed text (SIB-200)."""

import csv
import random
from collections.abc import Iterator

from involve.text.language import identify_language, identify_words
from involve.text.tokens import is_word, tokenise
from targets.measure import SHARED, Measure
from targets.treebank import CONTENT, b_cubed, read_words, share

_SNIPPETS = ((3, 0.99), (10, 0.999))
_SEED = 2015
_SWITCHED = (3, 6)  # words of the other language put into a sentence


def measure_words() -> Iterator[Measure]:
    """Yield the shares of words that come to their lemma."""
    words = list(read_words(SHARED / "ud_welsh" / "cy_ccg-ud-test.conllu"))
    content = [(key, lemma) for key, lemma, part, _ in words if part in CONTENT]
    mutated = [(key, lemma) for key, lemma, _, features in words if "Mutation=" in features]
    yield Measure("lemma of content words", "UD_Welsh test", 0.95, share(content))
    yield Measure("lemma of mutated words", "UD_Welsh test", 0.94, share(mutated))
    yield Measure("B-cubed of content words", "UD_Welsh test", 0.975, b_cubed(content))


def measure_languages() -> Iterator[Measure]:
    """Yield the shares of snippets and of words whose language is right."""
    sentences = {"cy": _sentences("cym"), "en": _sentences("eng")}
    for size, target in _SNIPPETS:
        shares = [_share_of_snippets(texts, language, size) for language, texts in sentences.items()]
        yield Measure(f"language of {size} words", "SIB-200, mean of both", target, sum(shares) / 2)
    yield Measure(
        "language of words in mixed text", "SIB-200, phrases switched", 0.98, _share_of_words(sentences)
    )


def _sentences(code: str) -> list[str]:
    texts = []
    for part in ("train", "dev"):
        with (SHARED / "corpora" / "sib200" / f"{code}_{part}.tsv").open(encoding="utf-8") as file:
            texts += [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return texts


def _share_of_snippets(texts: list[str], language: str, size: int) -> float:
    source = random.Random(_SEED)
    right = total = 0
    for words in (text.split() for text in texts):
        if len(words) >= size:
            start = source.randrange(len(words) - size + 1)
            right += identify_language(" ".join(words[start : start + size])) == language
            total += 1
    return right / total


def _share_of_words(sentences: dict[str, list[str]]) -> float:
    """Return the share of words right where a run of words of one language stands in a sentence of the other.

    Words with a capital inside a sentence are names, and left out; a word of both languages counts as right.
    """
    source = random.Random(_SEED)
    right = total = 0
    for host, guest in (("cy", "en"), ("en", "cy")):
        for text, other in zip(
            sentences[host], source.sample(sentences[guest], len(sentences[guest])), strict=False
        ):
            words, guests = text.split(), other.split()
            size = source.randint(*_SWITCHED)
            if len(words) < size or len(guests) < size:
                continue
            at, start = source.randrange(len(words)), source.randrange(len(guests) - size + 1)
            parts = ((words[:at], host), (guests[start : start + size], guest), (words[at:], host))
            told = [(language, word) for run, language in parts for word in run]
            right, total = _count(told, right, total)
    return right / total


def _count(told: list[tuple[str, str]], right: int, total: int) -> tuple[int, int]:
    text, spans = "", []
    for language, word in told:
        spans.append((len(text), len(text) + len(word), language))
        text += word + " "
    tokens = tokenise(text)
    for token, said in zip(tokens, identify_words(tokens), strict=True):
        if not is_word(token) or token.surface[:1].isupper():
            continue
        wanted = next(language for start, end, language in spans if start <= token.start < end)
        right += said in (wanted, "both")
        total += 1
    return right, total
