"""How people were answered and whether they confirm what was changed, as snapshots have it, in all and by language.

All of it is added up from groups of stories that were counted once and closed (services.snapshots), so that who
subtracts one number from another is left with whole groups.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import Session

from involve.services.returns.concerns import GROUPS
from involve.services.returns.scopes import Scope, project_ids
from involve.services.snapshots.groups import ANSWERED, CONFIRMED
from involve.services.snapshots.shown import Closed, add_up, last_day, list_closed


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Returned:
    """What is known of one group of tellers; None where too few are counted to say.

    `answered` and `in_time` are of stories, `confirmed` of the tellers behind a change made who said whether anything
    changed. `weeks`: within so many half of those who were answered were, of the stories counted on `weeks_on`.
    """

    answered: Part | None = None
    in_time: Part | None = None
    weeks: int | None = None
    weeks_on: date | None = None
    confirmed: Part | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures for each of `GROUPS`, and the Monday as of which was counted last (None: not yet)."""

    groups: Mapping[str, Returned]
    counted_on: date | None

    @property
    def languages(self) -> tuple[str, ...]:
        """The groups by language of which anything can be said."""
        return tuple(each for each in GROUPS[1:] if self.groups[each] != Returned())


def measure_project(session: Session, project_id: int) -> Measured:
    """Return the measures of one project."""
    return _measure(session, (project_id,), soon=True)


def measure_scope(session: Session, scope: Scope, today: date) -> Measured | None:
    """Return the measures of everybody's projects or of a body's, added up from those of each.

    None for a goal or an area: a group of stories is of a project, whatever the single stories speak of.
    """
    if scope.kind not in ("all", "body"):
        return None
    return _measure(session, project_ids(scope, today), soon=False)


def _measure(session: Session, projects: "Select[int] | Collection[int]", soon: bool) -> Measured:
    closed = list_closed(session, projects, (ANSWERED, CONFIRMED))
    groups = {group: _returned(closed, group, soon) for group in GROUPS}
    return Measured(groups, last_day(session))


def _returned(closed: Sequence[Closed], group: str, soon: bool) -> Returned:
    own = [each for each in closed if group in ("all", each.language)]
    answered = [each for each in own if each.kind == ANSWERED]
    in_time = [each for each in answered if "in_time" in each.numbers]
    confirmed = [each for each in own if each.kind == CONFIRMED]
    said = add_up(confirmed, "yes"), add_up(confirmed, "yes") + add_up(confirmed, "no")
    # A middle cannot be added up: the newest stands for itself.
    name = "weeks_all" if group == "all" else "weeks"
    middles = [each for each in answered if name in each.numbers] if soon else []
    return Returned(
        _part(add_up(answered, "answered"), add_up(answered, "told")),
        _part(add_up(in_time, "in_time"), add_up(in_time, "told")),
        middles[-1].numbers[name] if middles else None,
        middles[-1].closed_on if middles else None,
        _part(*said),
    )


def _part(part: int, whole: int) -> Part | None:
    return Part(part, whole) if whole else None
