"""What happened: computed from rows, with keys that stay, and nothing that the public may not know."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import NotFound
from involve.models import Body, DecisionTheme, Project, Publication, Reply, Stage
from involve.services.following.news import NewsItem, list_news
from involve.services.following.things import find_thing
from involve.services.moderation.replies import reply_to_stories
from involve.services.promises.rungs import change_rung
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import ENDLESS, start_of
from tests.factories import ENGLISH_STORY, NOW, make_project, make_staff, make_story
from tests.publications import publish
from tests.services.following.happened import answer, decide, note_outcome, stage_of

POWYS = "W06000023"


@pytest.fixture
def project(factory: SessionFactory) -> str:
    """A project, beside one that nobody follows and in which the same happens."""
    with transaction(factory) as session:
        make_project(session, "arall", body="corff-arall")
        answer(session, "arall")
        note_outcome(session, decide(session, "arall"))
        return make_project(session)


def news(
    session: Session, kind: str = "project", subject: str = "bywyd-da", days: float = 0
) -> list[NewsItem]:
    now = NOW + timedelta(days=days)
    return list(list_news(session, find_thing(session, kind, subject), now))


def kinds(session: Session, kind: str = "project", subject: str = "bywyd-da", days: float = 0) -> list[str]:
    return [item.kind for item in news(session, kind, subject, days)]


def test_a_stage_opens_has_not_long_to_go_and_is_closed(factory: SessionFactory, project: str) -> None:
    with transaction(factory) as session:
        assert kinds(session, days=-11) == ["announced"]
        assert kinds(session, days=-10) == ["announced", "opened"]
        assert kinds(session, days=12) == ["announced", "opened"]
        assert kinds(session, days=13) == ["closing", "announced", "opened"]
        assert kinds(session, days=20) == ["closing", "announced", "opened"]
        assert kinds(session, days=21) == ["closed", "announced", "opened"]
        stage_of(session).closes_on = ENDLESS
        assert kinds(session, days=21) == ["announced", "opened"]


def test_a_day_begins_in_wales_also_in_summer(factory: SessionFactory, project: str) -> None:
    with transaction(factory) as session:
        closed = news(session, days=21)[0]
        # Midnight in Wales is an hour earlier in UTC at the end of April.
        assert closed.moment == datetime(2026, 4, 22, 23, 0, tzinfo=UTC)
        before, after = closed.moment - timedelta(seconds=1) - NOW, closed.moment - NOW
        assert "closed" not in kinds(session, days=before / timedelta(days=1))
        assert "closed" in kinds(session, days=after / timedelta(days=1))


def test_decisions_outcomes_and_answers_are_told_once_they_are_public(
    factory: SessionFactory, project: str
) -> None:
    with transaction(factory) as session:
        decide(session, state="draft")
        decide(session, state="proposed")
        answer(session, public=False)
        assert kinds(session) == ["announced", "opened"]
        decision = decide(session, at=NOW + timedelta(hours=1))
        outcome = note_outcome(session, decision, "not_done", NOW + timedelta(hours=2))
        reply = answer(session, at=NOW + timedelta(hours=3))
        found = news(session)
        assert [item.key for item in found[:3]] == [
            f"answer:{reply}",
            f"outcome:{outcome}",
            f"decision:{decision}",
        ]
        assert [item.kind for item in found[:3]] == ["answer", "not_done", "decision"]
        assert found[1].name == Bilingual("Bws hwyr ar nos Wener", "A late bus on Fridays")
        assert found[0].body == Bilingual("Corff Prawf", "Test Body")


def test_what_stays_the_same_keeps_its_key_and_its_moment(factory: SessionFactory, project: str) -> None:
    with transaction(factory) as session:
        decide(session)
        answer(session)
        early, late = news(session), news(session, days=100)
        later = {item.key: item for item in late}
        assert all(later[item.key].moment == item.moment for item in early)
        assert len(later) == len(late)


def test_a_promise_that_was_changed_says_whether_people_have_less_say(
    factory: SessionFactory, project: str
) -> None:
    with transaction(factory) as session:
        staff = make_staff(session, "decision_maker")
        session.execute(update(Project).values(answerer_cy="Mair", answerer_en="Mair"))
        why = Bilingual("Nid oes amser.", "There is no time.")
        change_rung(session, staff, stage_of(session).id, "iap2", "inform", why, NOW)
        change_rung(session, staff, stage_of(session).id, "iap2", "consult", why, NOW + timedelta(hours=1))
        assert kinds(session)[:2] == ["changed", "lowered"]
        assert news(session)[1].words == why


def test_the_day_of_an_answer_passes_kept_late_or_missed(factory: SessionFactory, project: str) -> None:
    with transaction(factory) as session:
        reference = make_story(session).reference
        assert not {"kept", "missed"} & set(kinds(session, days=60))
        missed = news(session, days=61)[0]
        assert (missed.kind, missed.moment) == ("missed", start_of((NOW + timedelta(days=61)).date()))
        reply_to_stories(
            session,
            make_staff(session),
            [reference],
            "Ateb.",
            "Answer.",
            NOW + timedelta(days=63),
            public=True,
        )
        late = next(item for item in news(session, days=70) if item.key == missed.key)
        assert (late.kind, late.moment) == ("kept_late", missed.moment)
        assert late.updated == start_of((NOW + timedelta(days=63)).date())
        session.execute(update(Reply).values(written_at=NOW + timedelta(days=59)))
        assert next(item.kind for item in news(session, days=70) if item.key == missed.key) == "kept"


def test_each_period_of_a_continuous_dialogue_is_told_for_itself(
    factory: SessionFactory, project: str
) -> None:
    with transaction(factory) as session:
        stage = stage_of(session)
        stage.closes_on = stage.answer_by = ENDLESS
        stage.answer_days, stage.report_months = 14, 3
        reference = make_story(session).reference
        staff = make_staff(session)
        for day in (30, 200):
            at = NOW + timedelta(days=day)
            reply_to_stories(session, staff, [reference], f"Ateb {day}.", f"Answer {day}.", at, public=True)
        due = [item for item in news(session, days=270) if item.key.startswith("due:")]
        # The second report was late for the period that ended in September, and in time for the one in which it came.
        assert [item.kind for item in reversed(due)] == ["kept", "kept_late", "kept"]
        assert [item.day.isoformat() for item in reversed(due) if item.day] == [
            "2026-06-23",
            "2026-09-23",
            "2026-12-23",
        ]


def test_nothing_of_an_unlisted_project_is_news_to_anyone(factory: SessionFactory, project: str) -> None:
    with transaction(factory) as session:
        decision = decide(session)
        note_outcome(session, decision)
        answer(session)
        publish(session, make_story(session))
        session.execute(
            update(Project).where(Project.slug == project).values(listed=False, goals=["culture"])
        )
        session.execute(update(Publication).values(area=POWYS))
        for kind, subject in (("everything", "all"), ("goal", "culture"), ("area", POWYS)):
            assert project not in {item.slug for item in news(session, kind, subject)}
        for kind, subject in (("project", project), ("body", "corff-prawf"), ("decision", str(decision))):
            with pytest.raises(NotFound):
                find_thing(session, kind, subject)


def test_a_goal_is_that_of_projects_that_serve_it_and_of_decisions_that_speak_of_it(
    factory: SessionFactory, project: str
) -> None:
    with transaction(factory) as session:
        assert kinds(session, "goal", "culture") == []
        decision = decide(session)
        note_outcome(session, decision)
        session.add(
            DecisionTheme(
                decision_id=decision,
                scheme="goal",
                concept="culture",
                name_cy="Diwylliant",
                name_en="Culture",
                standing="not_followed",
                reason_cy="Nid nawr.",
                reason_en="Not now.",
                voice="staff",
            )
        )
        assert sorted(kinds(session, "goal", "culture")) == ["decision", "done"]
        session.execute(update(Project).where(Project.slug == project).values(goals=["culture"]))
        assert sorted(kinds(session, "goal", "culture")) == ["announced", "decision", "done", "opened"]


def test_an_area_is_that_of_bodies_that_serve_it_and_of_projects_heard_from_there(
    factory: SessionFactory, project: str
) -> None:
    with transaction(factory) as session:
        assert kinds(session, "area", POWYS) == []
        receipt = make_story(session, area=POWYS)
        publish(session, receipt)
        assert kinds(session, "area", POWYS) == ["announced", "opened"]
        withdraw_story(session, receipt.story_id, NOW)
        assert kinds(session, "area", POWYS) == []
        session.execute(update(Body).where(Body.slug == "corff-prawf").values(register_id="council-powys"))
        assert {item.slug for item in news(session, "area", POWYS)} == {project}


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("nothing", "all"),
        ("everything", "some"),
        ("project", "nid-yw-yma"),
        ("project", "Bywyd-Da"),
        ("project", "bywyd-da\ud800"),
        ("goal", "happiness"),
        ("area", "E06000001"),
        ("body", "nid-yw-yma"),
        ("body", "corff-gwag"),
        ("decision", "0"),
        ("decision", "01"),
        ("decision", "-1"),
        ("decision", "²"),
        ("decision", "9" * 400),
        ("decision", str(2**31)),
        ("theme", "1"),
        ("theme", ""),
        ("project", "x" * 10_000),
    ],
)
def test_what_is_not_there_cannot_be_followed(
    factory: SessionFactory, project: str, kind: str, subject: str
) -> None:
    with transaction(factory) as session:
        session.add(Body(slug="corff-gwag", name_cy="Gwag", name_en="Empty"))
        with pytest.raises(NotFound):
            find_thing(session, kind, subject)


def test_no_word_of_a_story_is_in_the_news(factory: SessionFactory, project: str) -> None:
    with transaction(factory) as session:
        publish(session, make_story(session))
        answer(session)
        note_outcome(session, decide(session))
        told = repr(news(session, "everything", "all", days=100))
        assert not any(word in told for word in ENGLISH_STORY.split() if len(word) > 6)
        assert session.scalars(select(Stage)).first() is not None
