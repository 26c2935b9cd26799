"""Finds stories that are nearly the same text: copies, and letters of a campaign, which are grouped and never dropped.

MinHash signatures propose pairs (Broder, "On the resemblance and containment of documents", 1997), the true resemblance
decides. Hashes are keyed by nothing and stable between processes, so that the same stories always group the same.
"""

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

# A signature of 20 bands of 4 rows proposes a pair of resemblance 0.6 with a chance of 0.94, and one of 0.2 with 0.03.
_BANDS, _ROWS = 20, 4
_KEYS = 10  # bands that are kept beside a story, to find its copies without reading all others
_WORDS = 3  # words in a shingle
FEWEST_WORDS = 8  # in a text whose copies are looked for
_PRIME = (1 << 61) - 1


def group_near_duplicates(texts: Sequence[str], least: float = 0.6) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices into *texts* that are nearly the same, each group and all groups in order.

    Two texts belong together when the Jaccard resemblance of their shingles (three words running, without case,
    accents and marks) is at least *least*, 0..1, or when a third connects them. Texts of fewer than three words belong
    together only when they are equal. Empty texts belong to no group.
    """
    shingles = [shingles_of(text) for text in texts]
    leader = list(range(len(texts)))
    for first, second in _candidates(shingles):
        if resemblance(shingles[first], shingles[second]) >= least:
            leader[_find(leader, second)] = _find(leader, first)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(texts)):
        groups[_find(leader, number)].append(number)
    return tuple(sorted(tuple(group) for group in groups.values() if len(group) > 1))


def find_firsts(texts: Sequence[str], least: float = 0.7) -> tuple[int, ...]:
    """Return for each text the index of the earliest one that it repeats; its own where it repeats none.

    Unlike `group_near_duplicates` it is exact and needs no signatures: of two sets with a Jaccard resemblance of
    *least* or more, so many elements are shared that the least few of both have one in common (prefix filtering:
    Chaudhuri, Ganti and Kaushik 2006). A text is compared with those only that repeat nothing themselves. Texts of
    fewer than `FEWEST_WORDS` words repeat nobody: *No bus* is what many people say.
    """
    firsts: list[int] = []
    kept: dict[int, frozenset[str]] = {}
    having: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        runs = _runs_of(text)
        if len(runs) < FEWEST_WORDS - _WORDS + 1:
            firsts.append(number)
            continue
        # Rounded so that a product that is a hair too large costs no match.
        shared = math.ceil(round(least * len(runs), 9))
        prefix = sorted(runs)[: len(runs) - shared + 1]
        tried = sorted({each for key in prefix for each in having[key]})
        first = next((each for each in tried if resemblance(runs, kept[each]) >= least), number)
        firsts.append(first)
        if first == number:
            kept[number] = runs
            for key in prefix:
                having[key].append(number)
    return tuple(firsts)


def resemblance(one: frozenset[object], other: frozenset[object]) -> float:
    """Return the Jaccard resemblance of two sets, 0..1; that of two empty sets is 0."""
    return len(one & other) / len(one | other) if one or other else 0.0


def shingles_of(text: str) -> frozenset[int]:
    """Return the hashed runs of three words of *text*, without case, accents and marks; empty without a word."""
    return frozenset(_hash(run) for run in _runs_of(text))


def _runs_of(text: str) -> frozenset[str]:
    """Return the runs of three words of *text*, without case, accents and marks; a shorter text is one run."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = "".join(
        each if each.isalnum() else " " for each in plain if not unicodedata.combining(each)
    ).split()
    if not words:
        return frozenset()
    return frozenset(" ".join(words[at : at + _WORDS]) for at in range(max(1, len(words) - _WORDS + 1)))


def copy_keys(text: str) -> tuple[int, ...]:
    """Return the keys by which nearly the same texts are found again: two that resemble each other share one or more.

    Ten bands of four rows: a pair of resemblance 0.7 shares a key with a chance of 0.94, one of 0.2 with 0.02. Each
    fits in 56 bits. Texts of fewer than `FEWEST_WORDS` words have none: *No bus* is what many people say.
    """
    shingles = shingles_of(text)
    if len(shingles) < FEWEST_WORDS - _WORDS + 1:
        return ()
    signature = _signature(shingles, _KEYS * _ROWS)
    bands = (signature[band * _ROWS : (band + 1) * _ROWS] for band in range(_KEYS))
    return tuple(_hash(f"{number}:{band}") for number, band in enumerate(bands))


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=7).digest(), "big")


def _candidates(shingles: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of indices whose signatures share a band; a long run of equal ones is tied to its first only."""
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(shingles):
        if each:
            signature = _signature(each)
            for band in range(_BANDS):
                buckets[band, *signature[band * _ROWS : (band + 1) * _ROWS]].append(number)
    seen = set()
    for bucket in buckets.values():
        pairs = (
            combinations(bucket, 2) if len(bucket) <= _BANDS else ((bucket[0], each) for each in bucket[1:])
        )
        for pair in pairs:
            if pair not in seen:
                seen.add(pair)
                yield pair


def _signature(shingles: frozenset[int], length: int = _BANDS * _ROWS) -> list[int]:
    """Return the least value of each of the first hash functions (a x + b) mod p over the shingles."""
    return [min((a * each + b) % _PRIME for each in shingles) for a, b in _FUNCTIONS[:length]]


def _make_functions() -> tuple[tuple[int, int], ...]:
    """Return the factors of the hash functions, drawn from a hash so that no module of chance is needed."""
    return tuple((_hash(f"a{n}") % (_PRIME - 1) + 1, _hash(f"b{n}") % _PRIME) for n in range(_BANDS * _ROWS))


_FUNCTIONS = _make_functions()


def _find(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number
