"""The public account of moderation as anybody may read it: only numbers that may be shown leave the table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import AccountNumber
from involve.services.account.periods import COMPARED
from involve.services.deciding.verdicts import Share, wilson
from involve.vocabulary.account import COUNTED, PERIOD
from involve.vocabulary.states import LANGUAGES

# Stories of a language below which nothing is said of how often they are held back.
ENOUGH = 30
Finding = Literal["more", "less", "alike", "few"]


@dataclass(frozen=True, slots=True)
class LanguageMonth:
    """The numbers of one month and one language, by measure; None where fewer than five, or hidden to protect one."""

    language: str
    numbers: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month, with every language in its order."""

    first: date
    languages: tuple[LanguageMonth, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How often stories were held back at some time, by language, from the first of *since* to the end of *until*.

    `finding` says whether Welsh ones were held back more than chance explains. A share is None where nothing is said.
    """

    finding: Finding
    welsh: Share | None = None
    english: Share | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """All months, the newest first, and the comparison."""

    months: tuple[MonthView, ...]
    comparison: Comparison


def show_account(session: Session, most: int | None = None) -> Account:
    """Return the account of all months, or of the last *most*."""
    rows = session.scalars(select(AccountNumber).order_by(AccountNumber.first.desc())).all()
    monthly = [row for row in rows if row.measure not in PERIOD]
    firsts = sorted({row.first for row in monthly}, reverse=True)[:most]
    shown = {(row.first, row.language, row.measure): row.number for row in monthly if row.shown}
    months = tuple(
        MonthView(
            first,
            tuple(
                LanguageMonth(each.id, {name: shown.get((first, each.id, name)) for name in COUNTED})
                for each in LANGUAGES
            ),
        )
        for first in firsts
    )
    return Account(months, _compare([row for row in rows if row.measure in PERIOD and row.shown]))


def _compare(rows: Sequence[AccountNumber]) -> Comparison:
    """Return what the stretches of months say together."""
    if not rows:
        return Comparison("few")
    arrived, held = (
        {
            each: sum(row.number for row in rows if (row.measure, row.language) == (measure, each))
            for each in COMPARED
        }
        for measure in PERIOD
    )
    since, until = min(row.first for row in rows), max(row.last for row in rows)
    shares = {each: _share(held[each], arrived[each]) for each in COMPARED}
    finding: Finding = "few"
    if min(arrived.values()) >= ENOUGH:
        finding = find_difference((held["cy"], arrived["cy"]), (held["en"], arrived["en"]))
    return Comparison(finding, shares["cy"], shares["en"], since, until)


def find_difference(one: tuple[int, int], other: tuple[int, int]) -> Finding:
    """Say whether the first share (hits of so many) is 'more' or 'less' than the other, or 'alike' within chance.

    By the 95 % score interval of a difference (Newcombe 1998, method 10).
    """
    (p, (p_low, p_high)), (q, (q_low, q_high)) = ((hits / n, wilson(hits, n)) for hits, n in (one, other))
    low = p - q - math.hypot(p - p_low, q_high - q)
    high = p - q + math.hypot(p_high - p, q - q_low)
    return "more" if low > 0 else "less" if high < 0 else "alike"


def _share(hits: int, answers: int) -> Share:
    low, high = wilson(hits, answers)
    return Share(answers, round(100 * hits / answers), round(100 * low), round(100 * high))
