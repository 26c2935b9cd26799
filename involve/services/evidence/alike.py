"""Stories like one: those that share most with it of what few stories share, each with what that is.

Where it is known what stories mean (`meanings.py`), the nearest of these come first. What a story shares chooses and
its meaning only orders: by itself a vector finds the same subject less often (docs/evidence.md).
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy.orm import Session

from involve.models import Publication
from involve.services.evidence.facet_index import EVERYTHING, FacetIndex, Key, read_facet_index
from involve.services.evidence.filters import SCHEMES
from involve.services.evidence.meanings import near_in_meaning
from involve.services.evidence.public_story import PublicStory, read_public

FEW = 4
# Of what a story shares with others, so many of these are looked at, the newest: time does not grow with the evidence.
LOOKED_AT = 2_000
# So many that share most are put in order by what they mean, and those below the floor are left out. Chosen on stories
# of other writers than those on which it was measured.
WEIGHED, FLOOR = 50, 0.0
# One thing in common makes no likeness.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Alike:
    """A published story that is like another, and what both bear as (facet, value): what the fewest bear first."""

    story: PublicStory
    shared: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class AlikeStories:
    """The stories that are like one, the likest first, and whether it was by what the words mean."""

    stories: tuple[Alike, ...] = ()
    by_meaning: bool = False


def find_alike(session: Session, number: int, most: int = FEW) -> AlikeStories:
    """Return the published stories that are most like the one of that number."""
    shared = _sharing_most(read_facet_index(session), number)
    near = near_in_meaning(session, number, list(shared)[:WEIGHED])
    # A few that are so new that nothing is known of them are passed over.
    by_meaning = bool(near) and len(near) >= min(most, len(shared))
    order = sorted((each for each in near if near[each] > FLOOR), key=lambda each: -near[each])
    best = (order if by_meaning else list(shared))[:most]
    stories = {story.id: story for story in read_public(session, Publication.id.in_(best))}
    found = tuple(Alike(stories[each], tuple(shared[each])) for each in best if each in stories)
    return AlikeStories(found, by_meaning)


def _sharing_most(index: FacetIndex, number: int) -> dict[int, list[Key]]:
    """Return the publications that share most with one, the likest first, each with what it shares.

    Stories are alike by the topics, goals, ways and themes that both bear. Each counts by how few stories bear it (the
    logarithm of all to these: Spärck Jones 1972, “A statistical interpretation of term specificity”).
    """
    everything = len(index.bearing(*EVERYTHING))
    borne = sorted(_borne(index, number), key=lambda each: (len(each[1]), each[0]))
    scores: defaultdict[int, float] = defaultdict(float)
    shared: defaultdict[int, list[Key]] = defaultdict(list)
    for key, numbers in borne:
        for other in numbers[max(len(numbers) - LOOKED_AT, 0) :]:
            scores[other] += math.log(everything / len(numbers))
            shared[other].append(key)
    like = [other for other in scores if other != number and len(shared[other]) >= _LEAST]
    return {other: shared[other] for other in sorted(like, key=lambda other: (-scores[other], -other))}


def _borne(index: FacetIndex, number: int) -> Iterator[tuple[Key, BitMap]]:
    """Yield what a story bears that can be shared, with all that bear it."""
    for key, numbers in index.sets.items():
        if len(key) == 2 and key[0] in ("topic", *SCHEMES) and number in numbers:
            yield key, numbers
