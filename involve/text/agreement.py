"""How far coders agree on passages: Krippendorff's alpha, over sets of themes by the MASI distance and theme by theme.

Alpha is 1 where all agree always, 0 where they agree no more than by chance, less where they differ systematically
(Krippendorff, *Content Analysis*, 2004, chapter 11). MASI weighs two sets that overlap as partly agreeing (Passonneau,
“Measuring agreement on set-valued items (MASI)”, LREC 2006). Units are passages such as sentences; one on which a coder
marked nothing counts as the empty set.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

Codes = frozenset[str]
Distance = Callable[[Hashable, Hashable], float]
# Fewer sentences that at least two coders read, or fewer that at least one of them marked, are too few to say.
FEWEST_UNITS, FEWEST_MARKED = 50, 5
DRAWS = 300
_OUTSIDE = 0.025


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage of a story in `language`, with what each coder who read it marked on it, by the coder's name."""

    story: str
    language: str
    codes: Mapping[str, Codes]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a group of coders agrees, on all themes together (`theme` None) or one, in `language` or "all".

    `units` were read by at least two of them, `marked` of these bear a mark. `alpha` is None where nothing varies.
    `low` and `high` bound it in 95 of 100 resamplings of the stories, since passages of a story belong together.
    """

    coders: tuple[str, ...]
    theme: str | None
    language: str
    units: int
    marked: int
    alpha: float | None
    low: float | None = None
    high: float | None = None

    @property
    def enough(self) -> bool:
        """Whether there is enough to say anything."""
        return self.units >= FEWEST_UNITS and self.marked >= FEWEST_MARKED and self.alpha is not None


@dataclass(frozen=True, slots=True)
class _Tally:
    """What one story brings: the disagreement observed in it, and how often each value was given."""

    observed: float
    values: Counter[Hashable]


def masi_distance(one: Hashable, other: Hashable) -> float:
    """Return how far two sets are apart, 0 to 1: 1 - Jaccard × monotonicity (1, 2/3 or 1/3); two empty ones agree."""
    left, right = frozenset(one), frozenset(other)  # type: ignore[call-overload]
    common = len(left & right)
    if left == right:
        return 0.0
    weight = 2 / 3 if left <= right or right <= left else 1 / 3
    return 1.0 - common / len(left | right) * weight


def nominal_distance(one: Hashable, other: Hashable) -> float:
    """Return 0 for the same and 1 for anything else."""
    return float(one != other)


def alpha_of(units: Sequence[Sequence[Hashable]], distance: Distance) -> float | None:
    """Return Krippendorff's alpha over *units*, each the values that coders gave it; None where nothing varies.

    A unit with fewer than two values says nothing and is left out.
    """
    return _alpha([_tally([unit], distance) for unit in units], distance)


def compare_coders(
    units: Sequence[Unit], themes: Sequence[str], machine: str, rng: Random
) -> tuple[Agreement, ...]:
    """Return how far coders agree: all people, people with the *machine*, then each pair; overall and by language.

    For the first two groups also on each of *themes*. *rng* draws the resamplings.
    """
    names = sorted({name for unit in units for name in unit.codes})
    people = tuple(name for name in names if name != machine)
    groups = [people, (*people, machine)] if machine in names and people else [people]
    groups = [group for group in dict.fromkeys(groups) if len(group) > 1]
    pairs = [pair for pair in combinations((*people, *({machine} & set(names))), 2) if pair not in groups]
    languages = ("all", "cy", "en")
    found = [_measure(units, group, None, each, rng) for group in (*groups, *pairs) for each in languages]
    for group in groups:
        found += [_measure(units, group, theme, each, rng) for theme in themes for each in languages]
    return tuple(found)


def _measure(
    units: Sequence[Unit], coders: tuple[str, ...], theme: str | None, language: str, rng: Random
) -> Agreement:
    distance = masi_distance if theme is None else nominal_distance
    stories: dict[str, list[list[Hashable]]] = {}
    count = marked = 0
    for unit in units:
        given = [unit.codes[coder] for coder in coders if coder in unit.codes]
        if len(given) < 2 or language not in ("all", unit.language):
            continue
        values: list[Hashable] = [codes if theme is None else theme in codes for codes in given]
        count, marked = count + 1, marked + any(values)
        stories.setdefault(unit.story, []).append(values)
    tallies = [_tally(each, distance) for each in stories.values()]
    alpha = _alpha(tallies, distance)
    found = Agreement(coders, theme, language, count, marked, alpha)
    # Of a theme in one language there is rarely enough, and the page would wait for it.
    if not found.enough or (theme is not None and language != "all"):
        return found
    low, high = _interval(tallies, distance, rng)
    return Agreement(coders, theme, language, count, marked, alpha, low, high)


def _tally(units: Sequence[Sequence[Hashable]], distance: Distance) -> _Tally:
    observed, values = 0.0, Counter[Hashable]()
    for unit in units:
        if len(unit) > 1:
            apart = sum(distance(one, other) for one, other in combinations(unit, 2))
            observed += 2 * apart / (len(unit) - 1)
            values.update(unit)
    return _Tally(observed, values)


def _alpha(tallies: Sequence[_Tally], distance: Distance) -> float | None:
    values: Counter[Hashable] = Counter()
    for tally in tallies:
        values.update(tally.values)
    total = sum(values.values())
    expected = sum(
        2 * values[one] * values[other] * distance(one, other) for one, other in combinations(values, 2)
    )
    if not expected:
        return None
    return 1 - (total - 1) * sum(tally.observed for tally in tallies) / expected


def _interval(
    tallies: Sequence[_Tally], distance: Distance, rng: Random
) -> tuple[float | None, float | None]:
    """Return between what alpha lies in 95 of 100 resamplings of the stories."""
    draws = (_alpha(rng.choices(tallies, k=len(tallies)), distance) for _ in range(DRAWS))
    ordered = sorted(alpha for alpha in draws if alpha is not None)
    if not ordered:
        return None, None
    last = len(ordered) - 1
    return ordered[round(_OUTSIDE * last)], ordered[round((1 - _OUTSIDE) * last)]
