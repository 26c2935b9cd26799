"""Invented stories for benchmarks: about 200 words each, in both languages, always the same for the same seed."""

import random
from collections.abc import Iterator, Sequence

from involve.text.concepts import Codebook, Concept
from involve.text.lexicon import Listed

WORDS = 200
SEED = 2015  # the year of the Act; any number would do
_LANGUAGES: tuple[Listed, Listed] = ("cy", "en")
_CUES = 4  # in a row, then prose: people name things, and then talk about them


def invent_stories(codebook: Codebook, number: int, words: int = WORDS) -> tuple[str, ...]:
    """Return *number* stories of about so many words, Welsh and English in turn.

    They are made of the codebook's definitions and cues: no sense, but real words of both languages in about the
    proportion of cues that dense stories have. Nobody wrote them, so they can be shown to anyone.
    """
    source = random.Random(SEED)  # noqa: S311 - no secret
    return tuple(_invent(codebook.concepts, _LANGUAGES[at % 2], source, words) for at in range(number))


def _invent(concepts: Sequence[Concept], language: Listed, source: random.Random, words: int) -> str:
    """Return one story about a few concepts."""
    about = source.sample(concepts, 3)
    sentences: list[str] = []
    length = 0
    while length < words:
        sentence = next(_sentences(source.choice(about), language, source))
        sentences.append(sentence)
        length += len(sentence.split())
    return " ".join(sentences)


def _sentences(concept: Concept, language: Listed, source: random.Random) -> Iterator[str]:
    """Yield a sentence of prose three times in four, else a list of the concept's cues."""
    if source.random() < 0.75:
        yield getattr(source.choice((concept.definition, concept.belongs, concept.excludes)), language)
        return
    words = [wording for cue in concept.cues for wording in getattr(cue, language)]
    picked = source.sample(words, min(_CUES, len(words)))
    yield ", ".join(word.rstrip("*") for word in picked).capitalize() + "."
