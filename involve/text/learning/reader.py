"""Reads a text for learning: its words, the cues of a codebook's themes in it, and its features."""

from collections.abc import Sequence
from dataclasses import dataclass

from involve.text.concepts import Codebook
from involve.text.language import identify_words
from involve.text.learning.features import Features, read_features
from involve.text.matching import CueHit, Matcher, Word, entries_of, split_into_words
from involve.text.tokens import tokenise


@dataclass(frozen=True, slots=True)
class Read:
    """A text as a model sees it."""

    words: Sequence[Word]
    hits: Sequence[CueHit]
    features: Features


class FeatureReader:
    """A codebook's themes made ready once."""

    def __init__(self, codebook: Codebook) -> None:
        self._matcher = Matcher(entries_of(codebook.concepts))

    def read(self, text: str) -> Read:
        """Return what a model sees of *text*."""
        tokens = tokenise(text)
        words = split_into_words(text, tokens, identify_words(tokens))
        hits = self._matcher.find(words)
        return Read(words, hits, read_features(words, hits))
