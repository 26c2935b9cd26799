"""How like the others each story of a choice is: by the goals, ways, themes and topics that it shares with them."""

import math
from collections import defaultdict
from collections.abc import Mapping

from pyroaring import BitMap

from involve.services.evidence.facet_index import FacetIndex
from involve.services.evidence.filters import SCHEMES

# So many are compared, the newest; the time for it does not grow with the evidence.
COMPARED = 1_000
HIGHEST_SCORE = 1_000


def rank_by_typicality(index: FacetIndex, numbers: BitMap) -> Mapping[int, BitMap]:
    """Return the newest `COMPARED` of *numbers* by how typical they are, from 0 to `HIGHEST_SCORE`.

    A story is what it bears: each concept with its stance and each topic, as a vector of ones. The score is the cosine
    between it and the mean of all that are compared (Salton, Wong and Yang 1975, “A vector space model for automatic
    indexing”). Stories that bear nothing have no score, and are in none of the sets.
    """
    compared = BitMap(numbers[max(len(numbers) - COMPARED, 0) :])
    bearers = [compared & borne for borne in _borne(index)]
    shares = [(len(each) / len(compared), each) for each in bearers if each]
    length = math.sqrt(sum(share * share for share, _ in shares))
    sums: defaultdict[int, float] = defaultdict(float)
    counts: defaultdict[int, int] = defaultdict(int)
    for share, each in shares:
        for number in each:
            sums[number] += share
            counts[number] += 1
    found: defaultdict[int, BitMap] = defaultdict(BitMap)
    for number, total in sums.items():
        found[round(HIGHEST_SCORE * total / (length * math.sqrt(counts[number])))].add(number)
    return found


def _borne(index: FacetIndex) -> list[BitMap]:
    """Return the bearers of each topic, and of each concept in each stance, whoever says so."""
    joined: defaultdict[tuple[str, ...], list[BitMap]] = defaultdict(list)
    for key, numbers in index.sets.items():
        if len(key) == 4 and key[0] in SCHEMES:
            joined[key[:3]].append(numbers)
        elif key[0] == "topic":
            joined[key].append(numbers)
    return [each[0] if len(each) == 1 else BitMap().union(*each) for each in joined.values()]
