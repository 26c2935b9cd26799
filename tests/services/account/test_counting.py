"""The account of moderation over real rows: what a month holds, that it never changes, and what subtraction finds."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from involve.database import SessionFactory, open_database, session_factory, transaction
from involve.models import AccountNumber, Base, Story
from involve.services.account.counting import (
    count_where_due,
    keep_month,
    month_sums,
    next_month,
)
from involve.services.account.suppression import FEWEST, Sum, find_exposed
from involve.services.account.views import find_difference, show_account
from involve.services.evidence.import_plan import ImportPlan, ImportRow
from involve.services.evidence.importing import import_batch
from involve.services.moderation.moderate import decide_story
from involve.services.moderation.staff_story import open_story
from involve.services.tellers.appeals import appeal_judgement, decide_appeal
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.account import COUNTED, PERIOD, REASONS
from involve.vocabulary.days import add_months
from involve.vocabulary.states import LANGUAGES
from tests.factories import CODE_KEY, ENGLISH_STORY, NOW, WELSH_STORY, make_project, make_staff, make_story

APRIL = date(2026, 4, 1)
DUE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
IDS = [each.id for each in LANGUAGES]


def tell(factory: SessionFactory, fates: str, text: str) -> None:
    """Tell a story for each letter: p is published, h held, d declined, r only read, b held before it was published."""
    with transaction(factory) as session:
        actor = make_staff(session)
        for number, fate in enumerate(fates):
            reference = make_story(session, text=f"{text} {number}").reference
            open_story(session, actor, reference, NOW)
            verdicts = {"p": ["published"], "h": ["held"], "d": ["declined"], "b": ["held", "published"]}
            for verdict in verdicts.get(fate, []):
                reason = {"held": "second_look", "declined": "advert"}.get(verdict, "other")
                decide_story(session, actor, reference, verdict, NOW, reason)


def shown(factory: SessionFactory, language: str, *names: str) -> list[int | None]:
    with factory() as session:
        (month,) = show_account(session).months
    (numbers,) = [each.numbers for each in month.languages if each.language == language]
    return [numbers[name] for name in names]


@pytest.fixture
def sessions(factory: SessionFactory) -> SessionFactory:
    with transaction(factory) as session:
        make_project(session)
    return factory


def test_a_month_is_counted_by_language_with_its_reasons(sessions: SessionFactory) -> None:
    tell(sessions, "ppppppphhhhhdddddbbbbb", ENGLISH_STORY)
    tell(sessions, "pppphhhhhhddddddrrrrr", WELSH_STORY)
    assert count_where_due(sessions, DUE) == 1
    # Nobody waits for a decision, and that is as much hidden as one would be; so is what would give it away.
    assert shown(sessions, "en", "arrived", "in_time", "published", "held_ever") == [22, 22, 12, 10]
    assert shown(sessions, "en", "held", "declined", "waiting") == [5, None, None]
    # Four were published: that number goes, and the smallest beside it.
    assert shown(sessions, "cy", "arrived", "in_time", "published") == [21, 21, None]
    # None of the six that were held was let go, so one of the two numbers that say so goes as well.
    assert shown(sessions, "cy", "held", "held_ever", "declined", "waiting") == [None, 6, 6, None]
    assert shown(sessions, "cy", "declined:advert", "declined:no_story") == [None, None]


def test_a_month_is_due_when_the_next_one_is_over_and_counted_once_whatever_happens_later(
    sessions: SessionFactory,
) -> None:
    tell(sessions, "p" * 7, ENGLISH_STORY)
    assert count_where_due(sessions, datetime(2026, 5, 31, 22, 0, tzinfo=UTC)) == 0
    assert count_where_due(sessions, datetime(2026, 5, 31, 23, 0, tzinfo=UTC)) == 1
    with transaction(sessions) as session:
        withdraw_story(session, session.scalars(select(Story.id)).all()[0], DUE)
    assert count_where_due(sessions, DUE) == 0
    assert shown(sessions, "en", "arrived") == [7]


def test_a_site_that_stood_still_catches_up_month_by_month(sessions: SessionFactory) -> None:
    tell(sessions, "p", ENGLISH_STORY)
    later = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    while count_where_due(sessions, later):
        pass
    with sessions() as session:
        months = session.scalars(select(AccountNumber.first).distinct().order_by(AccountNumber.first)).all()
        assert months == [add_months(APRIL, number) for number in range(4)]
        assert next_month(session, later) is None


def test_what_was_withdrawn_or_gathered_elsewhere_is_in_no_number(sessions: SessionFactory) -> None:
    tell(sessions, "p" * 6, ENGLISH_STORY)
    with transaction(sessions) as session:
        for story_id in session.scalars(select(Story.id).limit(2)).all():
            withdraw_story(session, story_id, NOW)
        rows = [ImportRow(line, f"{ENGLISH_STORY} {line}") for line in range(100, 110)]
        import_batch(session, ImportPlan("bywyd-da", "ffeil"), rows, NOW, CODE_KEY)
    count_where_due(sessions, DUE)
    with sessions() as session:
        numbers = session.scalars(
            select(AccountNumber.number).where(AccountNumber.measure == "arrived")
        ).all()
    assert sum(numbers) == 4
    assert shown(sessions, "en", "arrived") == [None]


def test_who_was_read_late_is_not_counted_as_in_time(sessions: SessionFactory) -> None:
    tell(sessions, "r" * 6, ENGLISH_STORY)
    with transaction(sessions) as session:
        actor = make_staff(session)
        for number in range(6):
            reference = make_story(session, text=f"{ENGLISH_STORY} late {number}").reference
            open_story(session, actor, reference, NOW + timedelta(days=20))
    count_where_due(sessions, DUE)
    assert shown(sessions, "en", "arrived", "in_time") == [12, 6]


# --- whoever subtracts, over months and stretches of months


def month_of(draw_number: "st.DrawFn") -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for each in IDS[:2]:
        number = {
            name: draw_number(st.integers(0, most))
            for name, most in (
                ("published", 30),
                ("held", 12),
                ("waiting", 9),
                ("held_before", 9),
                ("in_time", 60),
            )
        }
        reasons = [draw_number(st.integers(0, 6)) for _ in REASONS]
        declined = sum(reasons)
        arrived = number["published"] + number["held"] + number["waiting"] + declined
        number |= {"arrived": arrived, "declined": declined, "in_time": min(number["in_time"], arrived)}
        number |= {"late": arrived - number["in_time"], "held_ever": number["held"] + number["held_before"]}
        counts.update({(name, each): value for name, value in number.items()})
        counts.update({(name, each): value for name, value in zip(REASONS, reasons, strict=True)})
    return counts


several_months = st.composite(lambda draw: [month_of(draw) for _ in range(draw(st.integers(2, 5)))])()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> SessionFactory:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('account') / 'a.sqlite3'}")
    Base.metadata.create_all(engine, tables=[AccountNumber.__table__])  # type: ignore[list-item]
    return session_factory(engine)


@given(several_months)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_finds_a_small_number_by_subtracting_within_or_across_months(
    plain: SessionFactory, drawn: list[Counter[tuple[str, str]]]
) -> None:
    with transaction(plain) as session:
        session.execute(delete(AccountNumber))
        months = [add_months(APRIL, place) for place in range(len(drawn))]
        for month, counts in zip(months, drawn, strict=True):
            keep_month(session, month, counts, DUE)
        rows = session.scalars(select(AccountNumber)).all()

    values = {
        f"{row.measure}:{row.language}@{row.first}": row.number for row in rows if row.measure not in PERIOD
    }
    ties = [
        Sum(f"{each.total}@{month}", tuple(f"{part}@{month}" for part in each.parts))
        for month, each in product(months, month_sums())
    ]
    hidden = {f"{row.measure}:{row.language}@{row.first}" for row in rows if not row.shown}
    small = {name for name, value in values.items() if value < FEWEST}
    assert {name for name in small if values[name] or not name.startswith("late:")} <= hidden
    assert find_exposed(values, ties, hidden) == frozenset()
    for row in rows:
        if row.measure in PERIOD:
            assert row.shown
            assert row.number >= FEWEST
            part = {"period_arrived": "arrived", "period_held": "held_ever"}[row.measure]
            covered = [month for month in months if row.first <= month <= row.last]
            name = f"{row.measure}:{row.language}@{row.first}"
            values[name] = row.number
            ties.append(Sum(name, tuple(f"{part}:{row.language}@{month}" for month in covered)))
    assert find_exposed(values, ties, hidden) == frozenset()


def test_a_stretch_that_is_long_enough_is_compared_and_not_before(plain: SessionFactory) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for each, held in (("cy", 18), ("en", 8)):
        numbers = {"arrived": 40, "in_time": 40, "published": 40 - held, "held": held, "held_ever": held}
        counts.update({(name, each): number for name, number in numbers.items()})
    with transaction(plain) as session:
        session.execute(delete(AccountNumber))
        assert show_account(session).comparison.finding == "few"
        keep_month(session, APRIL, counts, DUE)
        found = show_account(session).comparison
    assert (found.finding, found.since, found.until) == ("more", APRIL, APRIL)
    assert found.welsh is not None
    assert (found.welsh.answers, found.welsh.percent) == (40, 45)


@pytest.mark.parametrize(
    ("welsh", "english", "finding"),
    [
        ((18, 40), (8, 40), "more"),
        ((8, 40), (18, 40), "less"),
        ((10, 40), (8, 40), "alike"),
        ((0, 400), (40, 400), "less"),
        ((3, 30), (60, 1_000), "alike"),
    ],
)
def test_a_difference_is_one_only_where_chance_does_not_explain_it(
    welsh: tuple[int, int], english: tuple[int, int], finding: str
) -> None:
    assert find_difference(welsh, english) == finding


def test_appeals_are_counted_by_what_came_of_them(sessions: SessionFactory) -> None:
    tell(sessions, "h" * 16, ENGLISH_STORY)
    with transaction(sessions) as session:
        second = make_staff(session)
        stories = session.execute(select(Story.id, Story.reference)).all()
        for place, (story_id, reference) in enumerate(stories):
            appeal_judgement(session, story_id, "", NOW)
            if place:
                decide_appeal(session, second, reference, place > 5, "Looked at again.", NOW)
    count_where_due(sessions, DUE)
    assert shown(sessions, "en", "arrived", "appealed", "upheld", "overturned") == [16, 16, 10, None]


def test_every_number_of_every_language_is_kept(sessions: SessionFactory, tmp_path: Path) -> None:
    tell(sessions, "p", WELSH_STORY)
    count_where_due(sessions, DUE)
    with sessions() as session:
        rows = session.execute(select(AccountNumber.measure, AccountNumber.language)).all()
    assert {tuple(row) for row in rows} == set(product(COUNTED, IDS))
