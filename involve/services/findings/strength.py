"""How strong a finding is, in parts: how many, how independent, how direct, how recent, from where, checked by whom.

No number stands for all of them: a few voices who saw it themselves last month and many copies of one old letter are
strong and weak in different ways. All is of published stories, by what anyone can read on each of them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pyroaring import BitMap

from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.findings.looked_at import LOOKED_INTO, LookedAt, count_stances
from involve.text.themes.near_duplicates import find_firsts
from involve.vocabulary.areas import find_area
from involve.vocabulary.days import add_months

Counts = tuple[tuple[str, int], ...]
RECENT_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Strength:
    """The parts. `total` stories fit; languages, areas and stances, and how many are `recent`, are of all of them.

    Of the newest `read` stories: `own` were told by the person whose story it is, the others for somebody else; in
    `distinct` wordings, of which the commonest is that of `largest` stories; and of their `tags` a person agreed to
    `agreed`. `stances` are those of the finding, whichever stance was asked for.
    """

    total: int
    recent: int
    oldest: date | None
    newest: date | None
    languages: Counts
    areas: Counts
    regions: int
    placeless: int
    projects: int
    stances: Mapping[str, int]
    read: int
    own: int
    distinct: int
    largest: int
    tags: int
    agreed: int

    @property
    def copies(self) -> int:
        """How many of the stories that were read repeat another of them."""
        return self.read - self.distinct

    @property
    def on_behalf(self) -> int:
        """How many of the stories that were read were told for somebody else."""
        return self.read - self.own


def measure_strength(choosing: Choosing, wanted: EvidenceFilter, looked: LookedAt, today: date) -> Strength:
    """Return the parts of how strong the finding of *wanted* is, without a query of its own for any story."""
    fitting = looked.fitting
    days = count_borne(choosing, "day", fitting)
    areas = count_borne(choosing, "area", fitting)
    since = add_months(today, -RECENT_MONTHS).isoformat()
    firsts = Counter(find_firsts([each.text[:LOOKED_INTO] for each in reversed(looked.stories)]))
    tags = [
        tag
        for story in looked.stories
        for tag in story.tags
        if not wanted.concepts or (tag.scheme, tag.concept) in wanted.concepts
    ]
    return Strength(
        total=len(fitting),
        recent=sum(number for day, number in days if day > since),
        oldest=date.fromisoformat(min(days)[0]) if days else None,
        newest=date.fromisoformat(max(days)[0]) if days else None,
        languages=count_borne(choosing, "language", fitting),
        areas=areas,
        regions=len({find_area(gss).region.id for gss, _number in areas}),
        placeless=len(fitting) - sum(number for _gss, number in areas),
        projects=len(count_borne(choosing, "project", fitting)),
        stances=count_stances(choosing, wanted),
        read=len(looked.stories),
        own=sum(each.told_as == "own" for each in looked.stories),
        distinct=len(firsts),
        largest=max(firsts.values(), default=0),
        tags=len(tags),
        agreed=sum(tag.agreed for tag in tags),
    )


def count_borne(choosing: Choosing, name: str, fitting: BitMap) -> Counts:
    """Return how many of the publications bear each value of one name, the commonest first."""
    counted = (
        (value, fitting.intersection_cardinality(numbers)) for value, numbers in choosing.index.choices(name)
    )
    return tuple(sorted((each for each in counted if each[1]), key=lambda each: (-each[1], each[0])))
