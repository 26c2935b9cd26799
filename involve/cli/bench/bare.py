"""The least that finding phrases can cost: stems of words looked up one to three at a time, and nothing explained."""

from collections.abc import Callable
from functools import lru_cache

from nltk.stem.snowball import EnglishStemmer  # type: ignore[import-untyped]

from involve.text.concepts import Codebook

_LONGEST = 3  # words of a phrase


def bare_dictionary(codebook: Codebook) -> Callable[[str], set[str]]:
    """Return a function from a text to the concepts that *codebook*'s phrases name in it, by stems alone.

    No mutations, languages, places in the text, conditions or reasons: a measure to compare the speed of reading
    with, in the same run on the same machine.
    """
    stem = lru_cache(maxsize=None)(EnglishStemmer().stem)
    owners: dict[str, str] = {}
    for concept in codebook.concepts:
        for cue in concept.cues:
            for wording in (*cue.cy, *cue.en):
                words = [stem(word) for word in wording.rstrip("*").lower().split()]
                if len(words) <= _LONGEST:
                    owners[" ".join(words)] = concept.id

    def find(text: str) -> set[str]:
        words = [stem(word) for word in text.lower().split()]
        found = set()
        for at in range(len(words)):
            for size in range(1, _LONGEST + 1):
                owner = owners.get(" ".join(words[at : at + size]))
                if owner is not None:
                    found.add(owner)
        return found

    return find
