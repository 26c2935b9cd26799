"""Did it hold? What participants say of the promise, by code, and how that compares with what was claimed."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotFound
from involve.models import Story, Verdict
from involve.services.trail.record import record
from involve.vocabulary.influence import INFLUENCES, find_influence

FEWEST = 5  # answers below which nothing is shown: a smaller number could tell who said what
_Z = 1.959964  # of a normal distribution, for 95 %
CHANGED = ("yes", "partly", "no")
_INFLUENCE = range(1, 6)
_AGREES = 4  # from "tend to agree" on, as the National Survey for Wales counts it


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
    """What participants of a project said, taken together, up to the Monday before.

    A part is None where it would show a number of people under five. `felt` is how much say it felt like beside what
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


def show_held(session: Session, project_id: int, claimed: str, now: datetime) -> Held:
    """Return what the participants of a project said of its promise, beside the `claimed` level of influence.

    It changes once a week, so that nobody can tell from a number that went up by one what one person said.
    """
    return list_held(session, {project_id: claimed}, now)[project_id]


def list_held(session: Session, claimed: Mapping[int, str], now: datetime) -> dict[int, Held]:
    """Return for each project of *claimed* what `show_held` does, by one query for all of them."""
    said: dict[int, list[Verdict]] = {each: [] for each in claimed}
    rows = session.execute(
        select(Story.project_id, Verdict)
        .join(Story, Story.id == Verdict.story_id)
        .where(Story.project_id.in_(claimed), Verdict.answered_at < _monday(now))
    )
    for project_id, row in rows:
        said[project_id].append(row)
    return {each: _held(found, claimed[each]) for each, found in said.items()}


def _held(rows: Sequence[Verdict], claimed: str) -> Held:
    return Held(
        felt=_felt([row.felt for row in rows if row.felt], find_influence(claimed).order),
        agree_before=_share([row.influence_before >= _AGREES for row in rows if row.influence_before]),
        agree_after=_share([row.influence_after >= _AGREES for row in rows if row.influence_after]),
        changed=_share([row.changed != "no" for row in rows if row.changed]),
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
    if said.changed is not None and said.changed not in CHANGED:
        raise BadInput("changed")


def _share(answers: Sequence[bool]) -> Share | None:
    """Return the share that is true, unless too few answered, or so few on one side that it would show them."""
    hits = sum(answers)
    if len(answers) < FEWEST or 0 < hits < FEWEST or 0 < len(answers) - hits < FEWEST:
        return None
    return _share_of(hits, len(answers))


def _felt(said: Sequence[str], claimed: int) -> tuple[tuple[str, Share], ...] | None:
    """Return the shares for whom it felt like less say than claimed, the same, or more."""
    orders = [find_influence(each).order for each in said]
    groups = Counter(
        "less" if order < claimed else "same" if order == claimed else "more" for order in orders
    )
    if not _showable(groups):
        groups = Counter(less=groups["less"], enough=groups["same"] + groups["more"])
    if len(said) < FEWEST or not _showable(groups):
        return None
    shares = ((name, _share_of(groups[name], len(said))) for name in ("less", "same", "enough", "more"))
    return tuple((name, share) for name, share in shares if name in groups)


def _showable(counts: Counter[str]) -> bool:
    return not any(0 < count < FEWEST for count in counts.values())


def _share_of(hits: int, answers: int) -> Share:
    low, high = wilson(hits, answers)
    return Share(answers, round(100 * hits / answers), round(100 * low), round(100 * high))


def _monday(now: datetime) -> datetime:
    """Return the beginning of the week, in UTC."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=now.weekday())
