"""How strong a finding is, in parts: how many, how independent, how direct, how recent, from where, checked by whom.

No number stands for all of them: a few voices who saw it themselves last month and many copies of one old letter are
strong and weak in different ways. All is of published stories, by what anyone can read on each of them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """The parts. `total` stories fit; all is of all of them but for wordings, which are of the newest `read`.

    `own` were told by the person whose story it is, the others for somebody else. To a tag that was asked for, else to
    any, the teller agreed in `tellers` stories and staff in `staff`; in `machine` nobody did, and the software says so.
    The newest are in `distinct` wordings, of which the commonest is that of `largest` stories. `stances` are those of
    the finding, whichever stance was asked for.
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
    own: int
    tellers: int
    staff: int
    machine: int
    read: int
    distinct: int
    largest: int

    @property
    def copies(self) -> int:
        """How many of the stories that were read repeat another of them."""
        return self.read - self.distinct

    @property
    def on_behalf(self) -> int:
        """How many of the stories were told for somebody else."""
        return self.total - self.own


def measure_strength(choosing: Choosing, wanted: EvidenceFilter, looked: LookedAt, today: date) -> Strength:
    """Return the parts of how strong the finding of *wanted* is, without a query of its own for any story."""
    fitting = looked.fitting
    days = count_borne(choosing, "day", fitting)
    areas = count_borne(choosing, "area", fitting)
    since = add_months(today, -RECENT_MONTHS).isoformat()
    firsts = Counter(find_firsts([each.text[:LOOKED_INTO] for each in reversed(looked.stories)]))
    tellers, staff, machine = (
        fitting & choosing.fitting(replace(wanted, voice=voice))
        for voice in ("participant", "staff", "machine")
    )
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
        own=dict(count_borne(choosing, "told_as", fitting)).get("own", 0),
        tellers=len(tellers),
        staff=len(staff),
        machine=len(machine - tellers - staff),
        read=len(looked.stories),
        distinct=len(firsts),
        largest=max(firsts.values(), default=0),
    )


def count_borne(choosing: Choosing, name: str, fitting: BitMap) -> Counts:
    """Return how many of the publications bear each value of one name, the commonest first."""
    counted = (
        (value, fitting.intersection_cardinality(numbers)) for value, numbers in choosing.index.choices(name)
    )
    return tuple(sorted((each for each in counted if each[1]), key=lambda each: (-each[1], each[0])))
