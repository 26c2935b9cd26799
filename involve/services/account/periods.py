"""Comparing languages over several months: a stretch of months is added up once that gives no hidden number away."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.models import AccountNumber
from involve.services.account.suppression import FEWEST, Sum, find_exposed
from involve.vocabulary.account import PERIOD

# Whether Welsh is held back more is asked of these two.
COMPARED = ("cy", "en")
_PARTS = {"period_arrived": "arrived", "period_held": "held_ever"}


def close_period(session: Session, sums: Sequence[Sum], now: datetime) -> None:
    """Add the months since the last stretch up, for both languages, if nobody can subtract a hidden number from it."""
    rows = _months_since(session)
    months = sorted({row.first for row in rows})
    totals = _totals(rows)
    if not months or any(number < FEWEST for number in totals.values()):
        return
    if not _tells_nothing(rows, months, totals, sums):
        return
    session.add_all(
        AccountNumber(
            first=months[0],
            last=months[-1],
            language=language,
            measure=measure,
            number=number,
            shown=True,
            counted_at=now,
        )
        for (measure, language), number in totals.items()
    )
    session.flush()


def _months_since(session: Session) -> Sequence[AccountNumber]:
    """Return the numbers of the months that no stretch holds yet."""
    monthly = AccountNumber.measure.not_in(PERIOD)
    last = session.scalar(select(func.max(AccountNumber.last)).where(~monthly))
    wanted = select(AccountNumber).where(monthly)
    if last is not None:
        wanted = wanted.where(AccountNumber.first > last)
    return session.scalars(wanted.order_by(AccountNumber.first)).all()


def _totals(rows: Sequence[AccountNumber]) -> dict[tuple[str, str], int]:
    """Return what a stretch would say."""
    return {
        (measure, language): sum(
            row.number for row in rows if (row.measure, row.language) == (part, language)
        )
        for measure, part in _PARTS.items()
        for language in COMPARED
    }


def _tells_nothing(
    rows: Sequence[AccountNumber],
    months: Sequence[date],
    totals: Mapping[tuple[str, str], int],
    sums: Sequence[Sum],
) -> bool:
    """Whether the totals expose no number of a month that was not exposed before."""

    def at(month: date, name: str) -> str:
        return f"{name}@{month.isoformat()}"

    values = {at(row.first, f"{row.measure}:{row.language}"): row.number for row in rows}
    hidden = {at(row.first, f"{row.measure}:{row.language}") for row in rows if not row.shown}
    ties = [
        Sum(at(month, each.total), tuple(at(month, part) for part in each.parts))
        for month in months
        for each in sums
    ]
    before = find_exposed(values, ties, hidden)
    added = [
        Sum(f"{measure}:{language}", tuple(at(month, f"{_PARTS[measure]}:{language}") for month in months))
        for measure, language in totals
    ]
    values |= {f"{measure}:{language}": number for (measure, language), number in totals.items()}
    return find_exposed(values, [*ties, *added], hidden) <= before
