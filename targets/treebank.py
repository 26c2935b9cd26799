"""Welsh sentences with people's own analysis of each word (UD_Welsh-CCG), and what our keys make of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from involve.text.forms import normalise

CONTENT = ("NOUN", "VERB", "ADJ")


def read_sentences(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the text of each sentence and the columns of its words."""
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


def share(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the share of (key, lemma) pairs that are equal."""
    return sum(key == lemma for key, lemma in pairs) / len(pairs)


def b_cubed(pairs: Sequence[tuple[str, str]]) -> float:
    """Say how pure and how whole the groups are that the keys make of the lemmas (Bagga and Baldwin 1998)."""
    both, keys, lemmas = (
        Counter(pairs),
        Counter(key for key, _ in pairs),
        Counter(lemma for _, lemma in pairs),
    )
    precision = sum(both[pair] / keys[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / lemmas[pair[1]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)
