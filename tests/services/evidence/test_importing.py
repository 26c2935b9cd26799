"""Importing: what goes in, what is known again, what is published without anyone reading, and what never is."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, NotFound
from involve.models import Consent, Event, Insight, Publication, Story, Tag
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.import_plan import ImportOutcome, ImportPlan, ImportRow, Refusal, check_import
from involve.services.evidence.importing import import_batch
from involve.services.projects.projects import add_body, add_project
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.bilingual import Bilingual
from tests.services.plans import plan as project_plan

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = "k" * 40
BUS = "The last bus leaves at five and I cannot see the doctor after work."
WELSH = "Mae’r bws olaf yn gadael am bump, a dydw i ddim yn gallu gweld y meddyg ar ôl gwaith."
PHONE = "Ring me on 07700 900123 and I will tell you about the bus."
PLAN = ImportPlan("crafu", "ffeil")
PUBLISHING = ImportPlan(
    "crafu", "ffeil", uses=frozenset({"read", "publish", "quote"}), publish=True, because="public"
)


@pytest.fixture
def store(factory: SessionFactory) -> SessionFactory:
    with transaction(factory) as session:
        add_body(session, "corff", Bilingual("Corff", "Body"))
        add_project(session, project_plan("swn", "corff"), NOW)
        add_project(session, project_plan("crafu", "corff"), NOW)
    return factory


def rows(*texts: str, ids: bool = False) -> list[ImportRow]:
    return [ImportRow(line, text, str(line) if ids else None) for line, text in enumerate(texts, 2)]


def take(store: SessionFactory, taken: list[ImportRow], plan: ImportPlan = PLAN) -> ImportOutcome:
    with transaction(store) as session:
        check_import(session, plan)
        return import_batch(session, plan, taken, NOW, KEY)


def count(store: SessionFactory, table: type) -> int:
    with store() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_stories_wait_in_the_queue_to_be_read_only(store: SessionFactory) -> None:
    assert take(store, rows(BUS, WELSH)) == ImportOutcome(added=2)
    with store() as session:
        stories = session.scalars(select(Story).order_by(Story.id)).all()
        assert [(story.state, story.language, story.reply_language) for story in stories] == [
            ("received", "en", "en"),
            ("received", "cy", "cy"),
        ]
        assert {use.use for story in stories for use in story.consents if use.given} == {"read"}
        assert all(story.code_hash is None and story.tagged_at == NOW for story in stories)
    assert count(store, Publication) == 0


def test_a_story_is_read_by_machine_as_it_goes_in(store: SessionFactory) -> None:
    take(store, rows(BUS))
    with store() as session:
        tags = session.scalars(select(Tag)).all()
        assert {tag.voice for tag in tags} == {"machine"}
        assert all(tag.passages for tag in tags)
        assert "healthier" in {tag.concept for tag in tags}


def test_the_wording_of_consent_is_said_to_be_the_importers(store: SessionFactory) -> None:
    take(store, rows(BUS))
    with store() as session:
        assert set(session.scalars(select(Consent.wording_version))) == {"import"}


@pytest.mark.parametrize("ids", [True, False])
def test_a_repeat_adds_nothing(store: SessionFactory, ids: bool) -> None:
    take(store, rows(BUS, WELSH, ids=ids))
    events = count(store, Event)
    assert take(store, rows(BUS, WELSH, ids=ids)) == ImportOutcome(repeated=2)
    assert (count(store, Story), count(store, Event)) == (2, events)


def test_a_repeat_within_one_file_adds_nothing(store: SessionFactory) -> None:
    assert take(store, rows(BUS, BUS + "  ", WELSH)) == ImportOutcome(added=2, repeated=1)


def test_the_same_id_or_text_of_another_source_or_project_is_another_story(store: SessionFactory) -> None:
    take(store, rows(BUS, ids=True))
    assert take(store, rows(BUS, ids=True), ImportPlan("crafu", "arall")).added == 1
    assert take(store, rows(BUS, ids=True), ImportPlan("swn", "ffeil")).added == 1


def test_the_same_text_under_two_ids_is_two_stories(store: SessionFactory) -> None:
    assert take(store, [ImportRow(2, BUS, "a"), ImportRow(3, BUS, "b")]).added == 2


def test_an_import_that_was_interrupted_goes_on_where_it_stopped(store: SessionFactory) -> None:
    take(store, rows(BUS, ids=True))
    assert take(store, rows(BUS, WELSH, ids=True)) == ImportOutcome(added=1, repeated=1)


def test_a_batch_that_fails_leaves_nothing(store: SessionFactory) -> None:
    def start() -> None:
        with transaction(store) as session:
            import_batch(session, PLAN, rows(BUS), NOW, KEY)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        start()
    assert count(store, Story) == 0


def test_a_withdrawn_story_does_not_come_back_with_the_next_import(store: SessionFactory) -> None:
    take(store, rows(BUS))
    with transaction(store) as session:
        withdraw_story(session, session.scalars(select(Story.id)).one(), NOW)
    assert take(store, rows(BUS)) == ImportOutcome(repeated=1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ImportRow(7, ""), "empty"),
        (ImportRow(7, " \r\n\t"), "empty"),
        (ImportRow(7, "gair " * 4001), "long"),
        (ImportRow(7, "a\0b"), "unreadable"),
        (ImportRow(7, "a\ud800b"), "unreadable"),
        (ImportRow(7, BUS, "x" * 201), "id"),
        (ImportRow(7, BUS, "a\0"), "id"),
    ],
)
def test_a_row_that_cannot_be_kept_is_named_and_the_rest_go_in(
    store: SessionFactory, row: ImportRow, reason: str
) -> None:
    assert take(store, [*rows(BUS), row, *rows(WELSH)]) == ImportOutcome(
        added=2, refused=(Refusal(7, reason),)
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "<script>alert(1)</script>", "مرحبا بكم في ويلز", "🙂🙂", "\u202eabc", "a" * 20_000]
)
def test_odd_words_are_kept_exactly_as_they_came(store: SessionFactory, text: str) -> None:
    take(store, rows(text))
    with store() as session:
        assert session.scalars(select(Story.text)).one() == text


def test_publishing_makes_public_what_nothing_speaks_against(store: SessionFactory) -> None:
    outcome = take(store, rows(BUS, PHONE), PUBLISHING)
    assert (outcome.added, outcome.published, outcome.held) == (2, 1, 1)
    with store() as session:
        page = find_stories(session, EvidenceFilter(project="crafu"))
        assert [story.text for story in page.stories] == [BUS]
        assert page.stories[0].quotable
        held = session.scalars(select(Story).where(Story.state == "received")).one()
        assert held.text == PHONE


def test_a_story_with_signs_of_risk_is_never_published_by_an_import(store: SessionFactory) -> None:
    outcome = take(store, rows("My partner hits me and I am afraid to go home."), PUBLISHING)
    assert (outcome.published, outcome.held) == (0, 1)


def test_publishing_is_an_event_that_says_why(store: SessionFactory) -> None:
    take(store, rows(BUS, PHONE), PUBLISHING)
    with store() as session:
        event = session.scalars(select(Event).where(Event.kind == "imported")).one()
        assert (event.actor, event.detail["published"], event.detail["held"]) == ("command", 1, 1)
        assert event.detail["because"] == "public"
        assert BUS not in str(event.detail)


def test_an_insight_is_never_among_stories(store: SessionFactory) -> None:
    plan = ImportPlan("crafu", "ffeil", told_as="insight")
    assert take(store, [ImportRow(2, BUS, None, 12), ImportRow(3, WELSH)], plan).added == 2
    assert take(store, [ImportRow(2, BUS, None, 12)], plan) == ImportOutcome(repeated=1)
    with store() as session:
        found = session.scalars(select(Insight).order_by(Insight.id)).all()
        assert [(insight.people, insight.language) for insight in found] == [(12, "en"), (None, "cy")]
    assert count(store, Story) == 0


@pytest.mark.parametrize(
    "plan",
    [
        ImportPlan("crafu", " "),
        ImportPlan("crafu", "x" * 201),
        ImportPlan("crafu", "ffeil", told_as="theirs"),
        ImportPlan("crafu", "ffeil", uses=frozenset({"read", "sell"})),
        ImportPlan("crafu", "ffeil", publish=True, because="public"),
        ImportPlan("crafu", "ffeil", uses=frozenset({"read", "publish"}), publish=True),
        ImportPlan("crafu", "ffeil", told_as="insight", uses=frozenset({"read", "publish"})),
    ],
)
def test_a_plan_that_breaks_a_rule_is_refused_before_any_row(store: SessionFactory, plan: ImportPlan) -> None:
    with pytest.raises(BadInput), store() as session:
        check_import(session, plan)


def test_an_unknown_project_is_not_found(store: SessionFactory) -> None:
    with pytest.raises(NotFound), store() as session:
        check_import(session, ImportPlan("dim", "ffeil"))


def test_stories_may_be_imported_after_the_stage_closed(store: SessionFactory) -> None:
    with transaction(store) as session:
        past = project_plan("hen", "corff", opens=date(2020, 1, 1), closes=date(2020, 2, 1))
        add_project(session, past, NOW)
    assert take(store, rows(BUS), ImportPlan("hen", "ffeil")).added == 1
