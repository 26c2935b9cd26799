"""What is changing: a finding in one period, and in the one before it that is as long."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.findings.looked_at import count_stances
from involve.vocabulary.days import add_months

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The stories that were published from `since` to `until`, both included, and in which stance they speak.

    `all` counts what was published then in the project that was asked for, or on the whole site: whatever it is about.
    """

    since: date
    until: date
    total: int
    all: int
    stances: Mapping[str, int]


def compare_periods(choosing: Choosing, wanted: EvidenceFilter, today: date) -> tuple[Period, ...]:
    """Return the period that was asked for, else the last 12 months, and the one before it.

    Empty where there is none: the days contradict each other, or there are no days before.
    """
    until = wanted.until or today
    try:
        since = wanted.since or add_months(until, -MONTHS) + timedelta(days=1)
        before = since - (until - since) - timedelta(days=1)
        if not wanted.since:
            before = add_months(since, -MONTHS)
        ends = since - timedelta(days=1)
    except (OverflowError, ValueError):
        return ()
    if since > until:
        return ()
    return tuple(_count(choosing, wanted, *days) for days in ((since, until), (before, ends)))


def _count(choosing: Choosing, wanted: EvidenceFilter, since: date, until: date) -> Period:
    within = replace(wanted, since=since, until=until)
    everything = EvidenceFilter(project=wanted.project, since=since, until=until)
    total, published = (len(choosing.fitting(each)) for each in (within, everything))
    return Period(since, until, total, published, count_stances(choosing, within))
