"""The stories that are read for a finding: so many of the newest, however many fit, and their words only so far."""

from dataclasses import dataclass, replace

from pyroaring import BitMap
from sqlalchemy.orm import Session

from involve.models import Publication
from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.public_story import PublicStory, read_public

# Stories that are read for what no index knows, and those that may be quoted among which typical ones are looked for.
MOST_READ = 300
MOST_QUOTED_FROM = 60
# Characters of a story by which it is compared with others.
LOOKED_INTO = 1_000
OPPOSITE = {"strength": "concern", "concern": "strength"}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What was read, the newest first: stories that fit, and of the same finding those of the `opposite` stance.

    `fitting` and `against` are the numbers of all of them. Without an opposite nothing is against.
    """

    fitting: BitMap
    against: BitMap
    opposite: str | None
    stories: tuple[PublicStory, ...]
    contrary: tuple[PublicStory, ...]

    @property
    def typical(self) -> tuple[PublicStory, ...]:
        """Of the stories that fit those that are not against."""
        return tuple(each for each in self.stories if each.id not in self.against)


def look_at(session: Session, choosing: Choosing, wanted: EvidenceFilter) -> LookedAt:
    """Read the newest stories of a finding and of what stands against it; the queries are as many for any number."""
    fitting = choosing.fitting(wanted)
    opposite = find_opposite(choosing, wanted)
    against = BitMap()
    if opposite is not None:
        against = choosing.fitting(replace(wanted, stance=opposite))
        if not wanted.concepts:
            # A story that says both stands against nothing.
            against -= choosing.fitting(replace(wanted, stance=OPPOSITE[opposite]))
    ids = set(fitting[-MOST_READ:]) | set(against[-MOST_READ:])
    read = read_public(session, Publication.id.in_(sorted(ids)))
    return LookedAt(
        fitting,
        against,
        opposite,
        tuple(each for each in read if each.id in fitting)[:MOST_READ],
        tuple(each for each in read if each.id in against),
    )


def find_opposite(choosing: Choosing, wanted: EvidenceFilter) -> str | None:
    """Return the stance against the finding: the opposite of the one asked for, or of the commoner one of the two.

    Ideas and mixed stories have none, and where nobody speaks of a strength or a concern there is none.
    """
    if wanted.stance:
        return OPPOSITE.get(wanted.stance)
    counts = count_stances(choosing, wanted)
    concerns, strengths = counts.get("concern", 0), counts.get("strength", 0)
    if not concerns and not strengths:
        return None
    return "strength" if concerns >= strengths else "concern"


def count_stances(choosing: Choosing, wanted: EvidenceFilter) -> dict[str, int]:
    """Return how many stories say something of the finding in which stance, whichever was asked for."""
    return {each.value: each.count for each in choosing.count("stance", wanted)}
