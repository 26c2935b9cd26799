"""Did it hold? What participants say of the promise, by code, and how that compares with what was claimed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Story, Verdict
from involve.services.snapshots.groups import AFTER, BEFORE, CHANGED, CONFIRMED, FELT
from involve.services.snapshots.shown import Closed, add_up, list_closed
from involve.services.trail.record import record
from involve.vocabulary.influence import INFLUENCES

_Z = 1.959964  # of a normal distribution, for 95 %
_CHANGES = ("yes", "partly", "no")
_INFLUENCE = range(1, 6)


@dataclass(frozen=True, slots=True)
class MyVerdict:
    """What one participant said; None where they were not asked or did not say."""

    influence_before: int | None = None
    influence_after: int | None = None
    felt: str | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of those who answered, as percentages with the 95 % interval of Wilson (1927)."""

    answers: int
    percent: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Held:
    """What participants of a project said, taken together, as counted on Mondays.

    A part is None while it would show a number of people under five. `felt` is how much say it felt like beside what
    was claimed: shares of 'less', 'same' and 'more', or of 'less' and 'enough' where few said more. `agree_before`,
    `agree_after`: the share who feel able to influence decisions on their area. `changed`: the share for whom something
    changed, wholly or in part.
    """

    felt: tuple[tuple[str, Share], ...] | None
    agree_before: Share | None
    agree_after: Share | None
    changed: Share | None


def show_verdict(session: Session, story_id: int) -> MyVerdict:
    """Return what the teller of a story said so far."""
    row = session.get(Verdict, story_id)
    if row is None:
        return MyVerdict()
    return MyVerdict(row.influence_before, row.influence_after, row.felt, row.changed)


def give_verdict(session: Session, story_id: int, said: MyVerdict, now: datetime) -> None:
    """Keep a participant's answers; those that are None stay as they were.

    Raises:
        NotFound: the story was withdrawn.
        BadInput: an answer is not among those to choose from.
    """
    story = session.get(Story, story_id, with_for_update=True)
    if story is None or story.state == "withdrawn":
        raise NotFound("story")
    _check(said)
    row = session.get(Verdict, story_id)
    if row is None:
        row = Verdict(story_id=story_id)
        session.add(row)
    for name in ("influence_before", "influence_after", "felt", "changed"):
        if (value := getattr(said, name)) is not None:
            setattr(row, name, value)
    row.answered_at = now
    session.flush()
    record(session, "verdict_given", "story", story_id, now, actor="participant")


def show_held(session: Session, project_id: int, claimed: str) -> Held:
    """Return what the participants of a project said of its promise, beside the `claimed` level of influence.

    As the snapshots of Mondays have it: each answer is counted once, in a group that hides everybody in it.
    """
    return list_held(session, {project_id: claimed})[project_id]


def list_held(session: Session, claimed: Mapping[int, str]) -> dict[int, Held]:
    """Return for each project of *claimed* what `show_held` does, by one query for all of them."""
    said: dict[int, list[Closed]] = {each: [] for each in claimed}
    for group in list_closed(session, tuple(claimed), (FELT, BEFORE, AFTER, CHANGED, CONFIRMED)):
        said[group.project_id].append(group)
    return {each: _held(found, claimed[each]) for each, found in said.items()}


def _held(groups: Sequence[Closed], claimed: str) -> Held:
    return Held(
        # Said beside another claim, it says nothing of this one.
        felt=_felt([each for each in groups if each.kind == FELT and each.claimed == claimed]),
        agree_before=_share([each for each in groups if each.kind == BEFORE], "agree", "other"),
        agree_after=_share([each for each in groups if each.kind == AFTER], "agree", "other"),
        changed=_share([each for each in groups if each.kind in (CHANGED, CONFIRMED)], "yes", "no"),
    )


def wilson(hits: int, answers: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927), each bound from 0 to 1.

    Raises:
        ValueError: there are no answers.
    """
    if answers <= 0:
        raise ValueError("no answers")
    share, square = hits / answers, _Z * _Z
    middle = share + square / (2 * answers)
    reach = _Z * math.sqrt(share * (1 - share) / answers + square / (4 * answers * answers))
    whole = 1 + square / answers
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def _check(said: MyVerdict) -> None:
    for number in (said.influence_before, said.influence_after):
        if number is not None and number not in _INFLUENCE:
            raise BadInput("influence")
    if said.felt is not None and said.felt not in {each.id for each in INFLUENCES}:
        raise BadInput("felt")
    if said.changed is not None and said.changed not in _CHANGES:
        raise BadInput("changed")


def _share(groups: Sequence[Closed], yes: str, no: str) -> Share | None:
    """Return the share of *yes* over closed groups; None where there are none."""
    hits = add_up(groups, yes)
    answers = hits + add_up(groups, no)
    return _share_of(hits, answers) if answers else None


def _felt(groups: Sequence[Closed]) -> tuple[tuple[str, Share], ...] | None:
    """Return the shares for whom it felt like less say than claimed, the same, or more.

    Where one group tells the last two together, all do.
    """
    numbers = {name: add_up(groups, name) for name in ("less", "same", "enough", "more")}
    if numbers["enough"]:
        numbers["enough"] += numbers.pop("same") + numbers.pop("more")
    answers = sum(numbers.values())
    return tuple((name, _share_of(hits, answers)) for name, hits in numbers.items() if hits) or None


def _share_of(hits: int, answers: int) -> Share:
    low, high = wilson(hits, answers)
    return Share(answers, round(100 * hits / answers), round(100 * low), round(100 * high))
