"""Evidence: what is found, in what order, with which counts, on both databases alike."""

import random
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from involve.database import SessionFactory, open_database, session_factory, transaction
from involve.errors import BadInput
from involve.services.evidence.evidence import LARGEST_PAGE, find_stories, get_story
from involve.services.evidence.facets import count_facets
from involve.services.evidence.filters import EvidenceFilter, choice
from involve.services.evidence.ordering import read_cursor
from involve.services.projects.projects import LARGEST_ID, find_project
from tests import databases
from tests.factories import NOW, make_project
from tests.publications import Shown, add_rows, make_public

Stock = tuple[Session, list[str]]
GOALS = ("healthier", "equal", "culture")
WAYS = ("prevention", "involvement")
STANCES = ("strength", "concern", "idea", "mixed")
AREAS = ("W06000001", "W06000002", None)
LANGUAGES = ("cy", "en", "mixed")


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        yield session


def references(session: Session, **wanted: object) -> list[str]:
    return [story.reference for story in find_stories(session, EvidenceFilter(**wanted)).stories]  # type: ignore[arg-type]


def some_stories(number: int = 60) -> list[Shown]:
    """Return stories with every mixture of what can be filtered, always the same."""
    choose = random.Random(7)
    stories = []
    for at in range(number):
        tags = [("goal", goal, choose.choice(STANCES)) for goal in GOALS if choose.random() < 0.5]
        tags += [("way", way, choose.choice(STANCES)) for way in WAYS if choose.random() < 0.4]
        tags += [("theme", "cludiant", choose.choice(STANCES))] if choose.random() < 0.2 else []
        stories.append(
            Shown(
                text=choose.choice(("The bus is late.", "Mae’r bws yn hwyr.", "Warm words.")),
                language=choose.choice(LANGUAGES),
                area=choose.choice(AREAS),
                tags=tuple(tags),
                now=NOW + timedelta(days=at % 5),
            )
        )
    return stories


def add_many(session: Session) -> list[str]:
    """Publish stories in two projects, and return their references, oldest first."""
    make_project(session, "prosiect-arall")
    stories = some_stories()
    first = add_rows(session, "bywyd-da", stories[:40])
    return first + add_rows(session, "prosiect-arall", stories[40:])


@pytest.fixture
def many(session: Session) -> list[str]:
    """References of stories in two projects, oldest first, for a test that adds some of its own."""
    return add_many(session)


@pytest.fixture(scope="module")
def stocked(
    template_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SessionFactory, list[str]]]:
    """The same stories, published once for all tests that only read."""
    kind = template_url.partition(":")[0].partition("+")[0]
    with databases.new_database(kind, tmp_path_factory.mktemp("evidence"), template_url) as url:
        engine = open_database(url)
        factory = session_factory(engine)
        with transaction(factory) as session:
            make_project(session)
            references = add_many(session)
        yield factory, references
        engine.dispose()


@pytest.fixture
def stock(stocked: tuple[SessionFactory, list[str]]) -> Iterator[Stock]:
    """A session that reads them, and their references."""
    factory, references = stocked
    with factory() as session:
        yield session, references


# Every field alone, and mixtures of two, three and four.
CHOICES = [
    {},
    {"goal": "healthier"},
    {"way": "prevention"},
    {"theme": "cludiant"},
    {"stance": "concern"},
    {"area": "W06000002"},
    {"project": "prosiect-arall"},
    {"language": "cy"},
    {"words": "bus"},
    {"words": "bws"},
    {"since": date(2026, 4, 4)},
    {"until": date(2026, 4, 3)},
    {"goal": "healthier", "stance": "concern"},
    {"goal": "healthier", "way": "prevention"},
    {"goal": "healthier", "way": "prevention", "stance": "concern"},
    {"goal": "equal", "way": "involvement", "theme": "cludiant", "stance": "idea"},
    {"theme": "cludiant", "stance": "mixed", "words": "bus"},
    {"area": "W06000001", "language": "en", "project": "bywyd-da"},
    {"words": "bus", "goal": "equal", "stance": "strength"},
    {"since": date(2026, 4, 3), "until": date(2026, 4, 4), "goal": "culture", "language": "cy"},
    {"theme": ""},
    {"theme": "", "goal": "", "stance": "concern"},
]


@pytest.mark.parametrize("chosen", CHOICES, ids=lambda chosen: ",".join(chosen) or "nothing")
def test_each_count_is_the_list_behind_it(stock: Stock, chosen: dict[str, object]) -> None:
    session, _ = stock
    wanted = EvidenceFilter(**chosen)  # type: ignore[arg-type]
    facets = count_facets(session, wanted)
    for facet in facets:
        behind = replace(wanted, **choice(facet.name, facet.value))  # type: ignore[arg-type]
        assert find_stories(session, behind, LARGEST_PAGE).total == facet.count > 0, facet
    assert len({(facet.name, facet.value) for facet in facets}) == len(facets)


@pytest.mark.parametrize("chosen", CHOICES, ids=lambda chosen: ",".join(chosen) or "nothing")
def test_no_choice_that_would_leave_a_story_is_missing(stock: Stock, chosen: dict[str, object]) -> None:
    session, _ = stock
    wanted = EvidenceFilter(**chosen)  # type: ignore[arg-type]
    shown = {(facet.name, facet.value) for facet in count_facets(session, wanted)}
    for name, values in {"goal": GOALS, "way": WAYS, "stance": STANCES, "language": LANGUAGES}.items():
        for value in values:
            left = find_stories(session, replace(wanted, **{name: value})).total  # type: ignore[arg-type]
            assert ((name, value) in shown) == (left > 0)


def test_filters_combine_to_what_stands_on_each_story(stock: Stock) -> None:
    session, many = stock
    stories = dict(zip(many, some_stories(), strict=True))
    for name, value in (("language", "cy"), ("area", "W06000002")):
        both = set(references(session, goal="healthier", **{name: value}))
        assert both == {
            reference
            for reference, story in stories.items()
            if getattr(story, name) == value and "healthier" in [concept for _, concept, _ in story.tags]
        }


def test_a_stance_belongs_to_the_concept_that_is_asked_for(session: Session) -> None:
    concern, other = add_rows(
        session,
        "bywyd-da",
        [
            Shown(tags=(("goal", "healthier", "concern"), ("goal", "equal", "idea"))),
            Shown(tags=(("goal", "healthier", "idea"), ("goal", "equal", "concern"))),
        ],
    )
    assert references(session, goal="healthier", stance="concern") == [concern]
    assert references(session, goal="equal", stance="concern") == [other]
    assert references(session, stance="concern") == [other, concern]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), ["first", "last minute"]),
        (date(2026, 4, 2), None, ["next"]),
        (None, date(2026, 4, 1), ["first", "last minute"]),
        (date(2026, 4, 3), None, []),
        (date(2026, 4, 2), date(2026, 4, 1), []),
        (date.min, date.max, ["first", "last minute", "next"]),
        (date.max, None, []),
        (None, date.min, []),
    ],
)
def test_days_count_whole_in_utc(
    session: Session, since: date | None, until: date | None, found: list[str]
) -> None:
    add_rows(
        session,
        "bywyd-da",
        [
            Shown("first", now=datetime(2026, 4, 1, tzinfo=UTC)),
            Shown("last minute", now=datetime(2026, 4, 1, 23, 59, 59, 999_999, tzinfo=UTC)),
            Shown("next", now=datetime(2026, 4, 2, tzinfo=UTC)),
        ],
    )
    page = find_stories(session, EvidenceFilter(since=since, until=until))
    assert [story.text for story in page.stories][::-1] == found
    assert page.total == len(found)


@pytest.mark.parametrize("limit", [1, 7, 20, 100])
@pytest.mark.parametrize("chosen", [{}, {"stance": "concern"}, {"words": "bus"}], ids=str)
def test_pages_hold_each_story_once_newest_first(stock: Stock, limit: int, chosen: dict[str, str]) -> None:
    session, many = stock
    wanted = EvidenceFilter(**chosen)  # type: ignore[arg-type]
    seen: list[str] = []
    after = None
    while True:
        page = find_stories(session, wanted, limit, after)
        assert len(page.stories) <= limit
        seen += [story.reference for story in page.stories]
        after = page.next
        if after is None:
            break
    assert len(seen) == page.total == len(set(seen))
    assert seen == sorted(seen, key=many.index, reverse=True)
    assert chosen or len(seen) == len(many)


def test_a_story_published_between_two_pages_moves_no_other(session: Session, many: list[str]) -> None:
    first = find_stories(session, EvidenceFilter(), 10)
    add_rows(session, "bywyd-da", [Shown("Just now.")])
    second = find_stories(session, EvidenceFilter(), 10, first.next)
    assert [story.reference for story in (*first.stories, *second.stories)] == many[::-1][:20]


@pytest.mark.parametrize(
    "cursor", ["", "x", "-1", "1.5", " 1", "1e3", "９", str(LARGEST_ID + 1), "9" * 10_000, "1 or 1=1", "\0"]
)
def test_a_forged_place_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(BadInput):
        find_stories(session, EvidenceFilter(), after=cursor)


def test_a_place_beyond_any_row_is_taken(stock: Stock) -> None:
    session, many = stock
    assert len(find_stories(session, EvidenceFilter(), 100, str(LARGEST_ID)).stories) == len(many)
    assert find_stories(session, EvidenceFilter(), 100, "0").stories == ()
    assert read_cursor("12") == (0, 12)


@pytest.mark.parametrize("limit", [-1, 0, LARGEST_PAGE + 1])
def test_a_page_of_no_size_is_refused(session: Session, limit: int) -> None:
    with pytest.raises(BadInput):
        find_stories(session, EvidenceFilter(), limit)


def test_unknown_values_find_nothing(stock: Stock) -> None:
    session, _ = stock
    names = [field.name for field in fields(EvidenceFilter) if field.type == str | None]
    for name, value in product(names, ("zzz", "'", "%", "a" * 10_000, "ŵ")):
        assert references(session, **{name: value}) == [], name
        assert isinstance(count_facets(session, EvidenceFilter(**{name: value})), tuple)  # type: ignore[arg-type]


def test_the_number_of_queries_does_not_grow_with_the_stories(session: Session) -> None:
    def queries() -> int:
        session.expire_all()
        counted: list[str] = []
        connection = session.connection()

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            counted.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        find_stories(session, EvidenceFilter(), 100)
        count_facets(session, EvidenceFilter(goal="healthier", words="bus"))
        event.remove(connection, "before_cursor_execute", note)
        return len(counted)

    # Of what is to be chosen from, the projects and themes among them, there is some from the beginning.
    make_project(session, "prosiect-arall")
    for project in ("bywyd-da", "prosiect-arall"):
        add_rows(session, project, some_stories(15))
    few = queries()
    add_rows(session, "prosiect-arall", some_stories(60))
    assert queries() == few <= 20


def test_a_published_story_is_public_in_an_unlisted_project_too(session: Session) -> None:
    find_project(session, "bywyd-da").listed = False
    (story,) = add_rows(session, "bywyd-da", [Shown()])
    assert references(session) == references(session, project="bywyd-da") == [story]


def test_a_story_is_shown_with_all_that_stands_on_it_and_no_more(session: Session) -> None:
    reference = make_public(session, "The bus to the surgery is gone, and I worry.", area="W06000002")
    story = get_story(session, reference)
    assert story is not None
    assert (story.text, story.area, story.language) == (
        "The bus to the surgery is gone, and I worry.",
        "W06000002",
        "en",
    )
    assert (story.project_slug, story.project.cy, story.quotable) == ("bywyd-da", "Bywyd da yn y fro", True)
    assert story.tags
    assert not any(tag.agreed for tag in story.tags)
    assert all(story.text[start:end].strip() for tag in story.tags for start, end in tag.passages)
    assert find_stories(session, EvidenceFilter()).stories == (story,)


@pytest.mark.parametrize("reference", ["", "zzz", "0", "%", "' or 1=1 --", "9" * 5_000])
def test_an_unknown_reference_is_nothing(stock: Stock, reference: str) -> None:
    session, _ = stock
    assert get_story(session, reference) is None
