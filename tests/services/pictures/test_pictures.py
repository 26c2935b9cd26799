"""What the pictures show is what the list has, for any filter, by as many queries for few stories as for many."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter
from involve.services.pictures.pictures import Pictures, show_pictures
from involve.vocabulary.areas import find_area
from tests.factories import NOW, make_project
from tests.publications import Shown, add_rows

TODAY = NOW.date()
GOALS = ("healthier", "equal", "culture")
AREAS = ("W06000001", "W06000023", None)


def make(at: int, chance: random.Random) -> Shown:
    """Return a published story with a few tags, of which those with two goals name the bus."""
    goals = chance.sample(GOALS, at % 3)
    tags = [("goal", goal, chance.choice(("strength", "concern", "idea", "mixed"))) for goal in goals]
    tags += [("way", "prevention", "idea")] * (at % 4 == 0)
    text = "Mae’r bws yn hwyr." if len(goals) == 2 else "The surgery is closed."
    return Shown(text, ("cy", "en")[at % 2], AREAS[at % 3], tuple(tags), NOW + timedelta(days=at % 50))


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "noise")
        chance = random.Random(7)
        add_rows(session, "bywyd-da", [make(at, chance) for at in range(40)])
        add_rows(session, "noise", [make(at, chance) for at in range(9)])
        yield session


def total(session: Session, wanted: EvidenceFilter) -> int:
    return find_stories(session, wanted).total


@pytest.mark.parametrize(
    "wanted",
    [EvidenceFilter(), EvidenceFilter(project="bywyd-da"), EvidenceFilter(words="bus", language="cy")],
)
def test_every_number_is_that_of_the_list_behind_it(session: Session, wanted: EvidenceFilter) -> None:
    shown = show_pictures(session, wanted, TODAY)
    assert shown.total == total(session, wanted) > 0
    for each in shown.goals:
        assert each.stories == total(session, replace(wanted, goal=each.goal))
        for stance, number in each.stances.items():
            assert number == total(session, replace(wanted, goal=each.goal, stance=stance))
    for period in shown.over_time.periods:
        within = replace(wanted, since=period.first, until=period.last)
        assert period.stories == total(session, within)
        assert period.stances["concern"] == total(session, replace(within, stance="concern"))
    assert sum(period.stories for period in shown.over_time.periods) == shown.total
    for area in shown.areas.areas:
        assert area.stories == total(session, replace(wanted, area=area.gss))
    assert shown.areas.placed + shown.areas.nowhere == shown.total


def test_what_stands_together_is_counted_both_ways_alike(session: Session) -> None:
    together = show_pictures(session, EvidenceFilter(), TODAY).together
    cells = {(row.concept, cell.goal): cell.stories for row in together.rows for cell in row.cells}
    assert all(cells[other, one] == number == cells[one, other] for one, other, number in together.pairs)
    assert cells["healthier", "healthier"] == total(session, EvidenceFilter(goal="healthier"))
    assert cells["prevention", "culture"] == total(session, EvidenceFilter(goal="culture", way="prevention"))
    # The topic is named in Welsh only, on those with two goals.
    bus = next(row for row in together.rows if row.concept == "bus")
    assert bus.stories == total(session, EvidenceFilter(words="bus"))
    assert sum(cell.stories for cell in bus.cells) == 2 * bus.stories
    assert next(cell for cell in bus.cells if cell.goal == "culture").often


def test_a_rate_is_of_those_who_live_there_and_is_not_said_of_few(session: Session) -> None:
    areas = {each.gss: each for each in show_pictures(session, EvidenceFilter(), TODAY).areas.areas}
    anglesey = areas["W06000001"]
    assert anglesey.rate is not None
    assert anglesey.rate.value == pytest.approx(
        10_000 * anglesey.stories / find_area("W06000001").population_2021
    )
    assert anglesey.rate.low < anglesey.rate.value < anglesey.rate.high
    few = show_pictures(session, EvidenceFilter(project="noise"), TODAY).areas
    assert [each.stories for each in few.areas if each.stories] == [3, 3]
    assert few.rated == ()


def test_only_a_project_has_a_time_of_its_own(session: Session) -> None:
    assert show_pictures(session, EvidenceFilter(), TODAY).timeline is None
    timeline = show_pictures(session, EvidenceFilter(project="noise"), TODAY).timeline
    assert timeline is not None
    assert [stage.kind for stage in timeline.asked] == ["identification"]
    assert sum(period.stories for period in timeline.said.periods) == 9
    assert timeline.done == ()


def test_nothing_published_is_shown_as_nothing(session: Session) -> None:
    nothing = show_pictures(session, EvidenceFilter(words="zzz"), TODAY)
    assert (nothing.total, nothing.over_time.periods, nothing.together.most) == (0, (), 0)


def test_the_number_of_queries_does_not_grow(session: Session) -> None:
    def queries() -> int:
        said: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            said.append(statement)

        find_stories(session, EvidenceFilter())
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        shown: Pictures = show_pictures(session, EvidenceFilter(project="bywyd-da", words="bus"), TODAY)
        event.remove(connection, "before_cursor_execute", note)
        assert shown.total
        return len(said)

    add_rows(session, "bywyd-da", [make(at, random.Random(at)) for at in range(160)])
    # What the session keeps of the project it has after the first time.
    queries()
    few = queries()
    add_rows(session, "bywyd-da", [make(at, random.Random(at)) for at in range(160)])
    assert queries() == few <= 17
