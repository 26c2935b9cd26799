"""How many others said something like it: counted from what is published, told where it tells of nobody."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from involve.database import SessionFactory, transaction
from involve.models import Project, Publication, Story
from involve.services.account.suppression import FEWEST, Sum, find_ranges
from involve.services.stories.tell import Receipt
from involve.services.tellers.like_mine import LikeMine, show_like_mine, show_numbers
from involve.services.tellers.my_story import add_tag, answer_tag, show_my_story, withdraw_story
from tests.factories import ENGLISH_STORY, NOW, WELSH_STORY, make_project, make_story
from tests.publications import Shown, add_rows, make_public, publish

LATER = NOW + timedelta(days=3)
CULTURE = (("goal", "culture", "concern"),)
NOISE = (("goal", "global", "concern"), ("way", "prevention", "idea"))
CARDIFF, GWYNEDD, POWYS = "W06000015", "W06000002", "W06000023"


@pytest.fixture
def told(factory: SessionFactory) -> Receipt:
    """A story that nobody has published, of which its teller says that it is about culture, beside noise."""
    with transaction(factory) as session:
        make_project(session)
        receipt = make_story(session, text="The choir has gone quiet.", tagged=False)
        add_tag(session, receipt.story_id, "goal", "culture", "concern", NOW)
        add_tag(session, receipt.story_id, "way", "prevention", "idea", NOW)
        session.get_one(Story, receipt.story_id).tagged_at = NOW
        add_rows(session, "bywyd-da", [Shown(tags=NOISE, area=POWYS) for _ in range(7)])
        return receipt


def look(factory: SessionFactory, told: Receipt) -> LikeMine:
    with transaction(factory) as session:
        return show_like_mine(session, show_my_story(session, told.story_id, LATER))


def others(factory: SessionFactory, number: int, **shown: str) -> None:
    with transaction(factory) as session:
        add_rows(session, "bywyd-da", [Shown(tags=CULTURE, **shown) for _ in range(number)])  # type: ignore[arg-type]


def test_when_nobody_else_said_it_the_number_is_nought(factory: SessionFactory, told: Receipt) -> None:
    alike = look(factory, told)
    assert (alike.total, alike.languages, alike.areas, alike.stories) == (0, (), (), ())
    assert alike.concepts == (("goal", "culture"),)


def test_fewer_than_five_are_some_and_no_number(factory: SessionFactory, told: Receipt) -> None:
    others(factory, FEWEST - 1, language="cy", area=CARDIFF)
    alike = look(factory, told)
    assert (alike.total, alike.languages, alike.areas) == (None, (), ())


def test_from_five_on_they_are_counted_by_language_and_area(factory: SessionFactory, told: Receipt) -> None:
    others(factory, 6, language="cy", area=CARDIFF)
    others(factory, 7, language="en", area=GWYNEDD)
    alike = look(factory, told)
    assert alike.total == 13
    assert alike.languages == (("en", 7), ("cy", 6))
    assert alike.areas == ((GWYNEDD, 7), (CARDIFF, 6))


def test_one_small_number_is_hidden_with_the_one_that_would_give_it_away(
    factory: SessionFactory, told: Receipt
) -> None:
    others(factory, 9, language="en", area=GWYNEDD)
    others(factory, 6, language="cy", area=CARDIFF)
    others(factory, 2, language="mixed", area=POWYS)
    alike = look(factory, told)
    assert alike.total == 17
    assert alike.languages == (("en", 9),)
    assert alike.areas == ((GWYNEDD, 9),)


@pytest.mark.parametrize("areas", [{None: 3, "A": 9}, {"A": 1, "B": 5, "C": 40}, {"A": 4, "B": 4, None: 6}])
def test_what_is_shown_never_leaves_a_hidden_number_known(areas: dict[str | None, int]) -> None:
    total = sum(areas.values())
    shown_total, languages, shown = show_numbers(Counter({"cy": total}), Counter(areas))
    assert shown_total == total
    assert languages == (("cy", total),)
    names = {f"{name}": number for name, number in areas.items()}
    hidden = {f"{name}" for name in areas if name not in dict(shown)}
    ranges = find_ranges({"total": total, **names}, [Sum("total", tuple(names))], hidden)
    assert hidden
    assert all(high is not None and high - low >= 3 for low, high in ranges.values())


def test_the_own_story_a_withdrawn_one_and_one_taken_from_the_public_do_not_count(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        make_project(session)
        mine, gone, held = (make_story(session) for _ in range(3))
        for each in (mine, gone, held):
            publish(session, each)
        withdraw_story(session, gone.story_id, NOW)
        session.delete(
            session.scalars(select(Publication).where(Publication.story_id == held.story_id)).one()
        )
    assert look(factory, mine).total == 0


def test_a_rejected_tag_is_not_gone_by(factory: SessionFactory, told: Receipt) -> None:
    others(factory, 6)
    with transaction(factory) as session:
        answer_tag(session, told.story_id, "goal", "culture", "rejected", NOW)
    alike = look(factory, told)
    assert (alike.total, alike.concepts) == (0, ())


def test_invented_stories_are_not_told_to_be_people(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        make_project(session, "arddangos")
        session.scalars(select(Project).where(Project.slug == "arddangos")).one().demonstration = True
        add_rows(session, "arddangos", [Shown(tags=CULTURE) for _ in range(6)])
    assert look(factory, told).total == 0


def test_the_likest_words_are_read_first_across_languages_and_only_those_that_may_be_quoted(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        make_project(session)
        mine = make_story(session, text=ENGLISH_STORY)
        for goal in ("healthier", "cohesive", "prosperous", "equal", "culture"):
            add_tag(session, mine.story_id, "goal", goal, "concern", NOW)
        add_rows(session, "bywyd-da", [Shown(ENGLISH_STORY, tags=(("goal", "healthier", "concern"),))])
        alike = make_public(session, WELSH_STORY)
        for number in range(4):
            make_public(session, f"I am ill and wait for the doctor, week {number}.")
    stories = look(factory, mine).stories
    assert stories[0].reference == alike
    assert (stories[0].text, stories[0].language) == (WELSH_STORY, "cy")
    assert len(stories) == 3
    assert ENGLISH_STORY not in [each.text for each in stories]


def test_what_was_published_since_is_new_once(factory: SessionFactory, told: Receipt) -> None:
    look(factory, told)
    with transaction(factory) as session:
        add_rows(session, "bywyd-da", [Shown(tags=CULTURE, now=LATER + timedelta(hours=1))])
    assert look(factory, told).newer
    with transaction(factory) as session:
        show_my_story(session, told.story_id, LATER + timedelta(days=1))
    assert not look(factory, told).newer


def test_more_stories_cost_no_more_queries(factory: SessionFactory, told: Receipt) -> None:
    others(factory, 1)
    few = count_queries(factory, told)
    others(factory, 30, area=CARDIFF)
    assert count_queries(factory, told) == few


def count_queries(factory: SessionFactory, told: Receipt) -> int:
    """Return how many statements it takes to find what is like a story, all of which may be quoted."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    with transaction(factory) as session:
        session.execute(update(Publication).values(quotable=True))
        mine = show_my_story(session, told.story_id, LATER)
        session.flush()
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", note)
        show_like_mine(session, mine)
        event.remove(engine, "before_cursor_execute", note)
    return len(said)
