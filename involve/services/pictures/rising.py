"""Topics that are named more than before: the newest stories beside those that came before them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pyroaring import BitMap

from involve.services.pictures.chance import find_clear, find_likelihood
from involve.services.pictures.said import Said

# The newest quarter of all days, but no less than a week and no more than three months.
_PART, _LEAST_DAYS, _MOST_DAYS = 4, 7, 91
# Stories on either side below which nothing is compared, and of a topic so that no single person makes it rise.
ENOUGH, LEAST_STORIES = 20, 3
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Change:
    """A topic, in how many of the newest stories it is named, and in how many of those before.

    `clear` where chance does not explain that it is named more.
    """

    topic: str
    now: int
    before: int
    clear: bool


@dataclass(frozen=True, slots=True)
class Rising:
    """The topics whose share grew most, the most telling first; none where there is too little to compare.

    `now` stories were published from `since` on, `before` earlier.
    """

    since: date | None
    now: int
    before: int
    changes: tuple[Change, ...]

    @property
    def enough(self) -> bool:
        """Whether there is enough to compare."""
        return min(self.now, self.before) >= ENOUGH

    @property
    def clear(self) -> tuple[Change, ...]:
        """The topics that rose more than chance explains."""
        return tuple(each for each in self.changes if each.clear)


def split_newest(days: Mapping[date, BitMap]) -> tuple[date | None, BitMap, BitMap]:
    """Return the first of the newest days, the publications from then on, and the earlier ones."""
    if not days:
        return None, BitMap(), BitMap()
    since = _begin(min(days), max(days))
    newest = BitMap().union(*(numbers for day, numbers in days.items() if day >= since))
    return since, newest, BitMap().union(*days.values()) - newest


def find_rising(since: date | None, newest: BitMap, earlier: BitMap, topics: Sequence[Said]) -> Rising:
    """Compare the newest publications with the earlier ones, by the topics that are named on them.

    Topics are ordered and judged by the log-likelihood of their shares, at most one in twenty of the clear ones by
    chance; the shares themselves say how much they rose.
    """
    rising = Rising(since, len(newest), len(earlier), ())
    return replace(rising, changes=_compare(rising, newest, topics)) if rising.enough else rising


def _begin(first: date, last: date) -> date:
    """Return the first of the newest days."""
    part = ((last - first).days + 1) // _PART
    return last - timedelta(days=min(max(part, _LEAST_DAYS), _MOST_DAYS) - 1)


def _compare(whole: Rising, newest: BitMap, topics: Sequence[Said]) -> tuple[Change, ...]:
    numbers = {each.topic: each.numbers.intersection_cardinality(newest) for each in topics}
    earlier = {each.topic: len(each.numbers) - numbers[each.topic] for each in topics}
    likelihoods = {
        name: find_likelihood(number, whole.now, earlier[name], whole.before)
        for name, number in numbers.items()
        if number + earlier[name] >= LEAST_STORIES
    }
    clear = find_clear(likelihoods)
    grew = [
        Change(name, numbers[name], earlier[name], name in clear and numbers[name] >= LEAST_STORIES)
        for name in sorted(likelihoods, key=lambda name: -likelihoods[name])
        if numbers[name] * whole.before > earlier[name] * whole.now
    ]
    return tuple(grew[:MOST_SHOWN])
