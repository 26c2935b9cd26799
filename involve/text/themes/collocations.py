"""Finds words that people say together more often than chance would have it (Dunning's log-likelihood ratio)."""

from collections.abc import Iterable
from dataclasses import dataclass

from nltk.collocations import BigramCollocationFinder
from nltk.metrics import BigramAssocMeasures

from involve.text.themes.word_counts import Key, content_words


@dataclass(frozen=True, slots=True)
class Collocation:
    """Two words as people mostly wrote them, in the order they said them, and how many times."""

    words: tuple[str, str]
    times: int
    likelihood: float


def find_collocations(texts: Iterable[str], most: int = 20, least_times: int = 3) -> tuple[Collocation, ...]:
    """Return the pairs of content words that go together in *texts*, the surest first.

    `likelihood` is the log-likelihood ratio of Dunning (1993), as NLTK computes it. A pair said fewer than
    *least_times* times, or made of one word twice, is left out.
    """
    spellings: dict[Key, str] = {}
    documents = []
    for text in texts:
        words = list(content_words(text))
        for key, spelling in words:
            spellings.setdefault(key, spelling)
        documents.append([key for key, _ in words])
    finder = BigramCollocationFinder.from_documents(documents) if documents else None
    if finder is None or not finder.ngram_fd:
        return ()
    finder.apply_freq_filter(least_times)
    finder.apply_ngram_filter(lambda one, other: one == other)
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    found = [
        Collocation((spellings[one], spellings[other]), finder.ngram_fd[one, other], round(score, 6))
        for (one, other), score in scored
    ]
    return tuple(sorted(found, key=lambda each: (-each.likelihood, each.words)))[:most]
