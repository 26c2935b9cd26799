"""Stories like one: those that share most with it of what few stories share, each with what that is."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy.orm import Session

from involve.models import Publication
from involve.services.evidence.facet_index import EVERYTHING, FacetIndex, Key, read_facet_index
from involve.services.evidence.filters import SCHEMES
from involve.services.evidence.public_story import PublicStory, read_public

FEW = 4
# Of what a story shares with others, so many of these are looked at, the newest: time does not grow with the evidence.
LOOKED_AT = 2_000
# One thing in common makes no likeness.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Alike:
    """A published story that is like another, and what both bear as (facet, value): what the fewest bear first."""

    story: PublicStory
    shared: tuple[tuple[str, str], ...]


def find_alike(session: Session, number: int, most: int = FEW) -> tuple[Alike, ...]:
    """Return the published stories that are most like the one of that number.

    Stories are alike by the topics, goals, ways and themes that both bear. Each counts by how few stories bear it (the
    logarithm of all to these: Spärck Jones 1972, “A statistical interpretation of term specificity”).
    """
    index = read_facet_index(session)
    everything = len(index.bearing(*EVERYTHING))
    borne = sorted(_borne(index, number), key=lambda each: (len(each[1]), each[0]))
    scores: defaultdict[int, float] = defaultdict(float)
    shared: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for (facet, value), numbers in borne:
        for other in numbers[max(len(numbers) - LOOKED_AT, 0) :]:
            scores[other] += math.log(everything / len(numbers))
            shared[other].append((facet, value))
    like = [other for other in scores if other != number and len(shared[other]) >= _LEAST]
    best = sorted(like, key=lambda other: (-scores[other], -other))[:most]
    stories = {story.id: story for story in read_public(session, Publication.id.in_(best))}
    return tuple(Alike(stories[each], tuple(shared[each])) for each in best if each in stories)


def _borne(index: FacetIndex, number: int) -> Iterator[tuple[Key, BitMap]]:
    """Yield what a story bears that can be shared, with all that bear it."""
    for key, numbers in index.sets.items():
        if len(key) == 2 and key[0] in ("topic", *SCHEMES) and number in numbers:
            yield key, numbers
