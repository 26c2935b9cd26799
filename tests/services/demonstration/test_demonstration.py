"""The demonstration: invented, saying so, at several stages, in both languages, and never the same sign-in twice."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, open_database, session_factory, transaction, upgrade_schema
from involve.errors import BadInput
from involve.models import Decision, Job, Project, Publication, Story, Tag, Translation, User
from involve.services.deciding.ballots import list_ballots
from involve.services.deciding.decisions import list_decisions
from involve.services.deciding.heard import list_heard
from involve.services.deciding.verdicts import show_held
from involve.services.deciding.votes import show_result
from involve.services.demonstration.demonstrate import DATA, add_demonstration, demonstration_sign_ins
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import count_facets
from involve.services.evidence.filters import EvidenceFilter
from involve.services.projects.projects import add_body, add_project, get_project, list_projects
from involve.services.promises.promises import list_promises
from involve.services.returns.accounts import list_returns
from involve.settings import Settings
from involve.vocabulary.areas import AREAS
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import GOALS
from tests.once import make_once
from tests.services.plans import plan

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SETTINGS = Settings(secret_key="s" * 40, code_key="c" * 40, demonstration=True)
STORIES = tomllib.loads(DATA.read_text(encoding="utf-8"))["story"]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> SessionFactory:
    """A site with the demonstration; the tests only look at it."""
    folder = make_once(tmp_path_factory, "shown", fill)
    return session_factory(open_database(f"sqlite:///{folder / 'demo.sqlite3'}"))


def fill(folder: Path) -> None:
    """Make a database of SQLite with the demonstration, in a start of which nobody sees anything half done."""
    engine = open_database(f"sqlite:///{folder / 'demo.sqlite3'}")
    upgrade_schema(engine)
    start(session_factory(engine), SETTINGS)
    engine.dispose()


def start(factory: SessionFactory, settings: Settings) -> None:
    with transaction(factory) as session:
        assert add_demonstration(session, NOW, settings)
        assert count_stories(session) == len(STORIES)
        # A start that is interrupted here, or anywhere before, leaves nothing.
        with factory() as other:
            assert count_stories(other) == 0


def count_stories(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Story)) or 0


def test_every_project_says_that_it_is_invented(shown: SessionFactory) -> None:
    with shown() as session:
        assert set(session.scalars(select(Project.demonstration))) == {True}


def test_the_first_project_takes_stories_and_others_stand_elsewhere(shown: SessionFactory) -> None:
    with shown() as session:
        projects = list_projects(session, NOW.date())
        assert projects[0].open
        assert {project.current.progress for project in projects} == {"open", "past"}
        assert len({(stage.ladder, stage.rung) for project in projects for stage in project.stages}) >= 4


def test_some_stories_can_be_read_in_the_other_language_and_one_waits_to_be_checked(
    shown: SessionFactory,
) -> None:
    with shown() as session:
        stories = find_stories(session, EvidenceFilter(project="mynd-o-le-i-le")).stories
        states = session.scalars(select(Translation.state)).all()
    translated = {(story.language, each.language) for story in stories for each in story.translations}
    assert translated == {("cy", "en"), ("en", "cy")}
    assert sorted(states) == ["draft", "published", "published", "published", "published"]


def test_one_project_was_answered_in_public_and_one_is_overdue(shown: SessionFactory) -> None:
    with shown() as session:
        returns = {each.project.slug: each for each in list_returns(session, NOW)}
        assert returns["gofal-yn-nes-at-adref"].replies[0].words.cy
        assert not returns["gofal-yn-nes-at-adref"].overdue
        assert returns["afon-parc-a-mynydd"].overdue


def test_stories_are_in_welsh_in_english_and_in_both_from_all_over(shown: SessionFactory) -> None:
    with shown() as session:
        counts = {(facet.name, facet.value): facet.count for facet in count_facets(session, EvidenceFilter())}
        languages = {value: count for (name, value), count in counts.items() if name == "language"}
        assert min(languages[language] for language in ("cy", "en", "mixed")) >= 3
        assert {value for name, value in counts if name == "goal"} == {goal.id for goal in GOALS}
        assert sum(name == "area" for name, _ in counts) >= 15


def test_some_stories_wait_and_one_of_them_would_identify_someone(shown: SessionFactory) -> None:
    with shown() as session:
        waiting = session.scalars(select(Story).where(Story.state == "received")).all()
        assert len(waiting) == sum(story.get("fate") == "queue" for story in STORIES)
        assert any(story.personal for story in waiting)
        assert any(story.at_risk for story in waiting)


def test_nothing_published_shows_a_personal_detail_or_a_risk(shown: SessionFactory) -> None:
    with shown() as session:
        published = session.scalars(select(Story).join(Publication, Publication.story_id == Story.id)).all()
        assert [story.text for story in published if story.personal or story.at_risk or story.spam] == []


def test_tellers_confirmed_added_and_rejected_tags(shown: SessionFactory) -> None:
    with shown() as session:
        states = session.execute(
            select(Tag.state, func.count()).where(Tag.voice == "participant").group_by(Tag.state)
        ).all()
        assert {state: count > 1 for state, count in states} == {"confirmed": True, "rejected": True}


def test_no_job_is_left_to_do(shown: SessionFactory) -> None:
    with shown() as session:
        assert set(session.scalars(select(Job.state))) == {"done"}


def test_the_printed_password_opens_the_account(shown: SessionFactory) -> None:
    sign_ins = demonstration_sign_ins(SETTINGS.secret_key)
    with shown() as session:
        hashes = {user.email: user.password or "" for user in session.scalars(select(User))}
    assert len(sign_ins) == 6
    for sign_in in sign_ins:
        assert PasswordHasher().verify(hashes[sign_in.email], sign_in.password)


def test_another_installation_has_other_passwords_and_other_codes() -> None:
    ours, theirs = demonstration_sign_ins("a" * 40), demonstration_sign_ins("b" * 40)
    assert not {each.password for each in ours} & {each.password for each in theirs}


def test_a_second_start_adds_nothing(shown: SessionFactory) -> None:
    with transaction(shown) as session:
        before = count_stories(session)
        assert not add_demonstration(session, NOW.replace(year=2027), SETTINGS)
        assert count_stories(session) == before


def test_a_start_that_is_interrupted_leaves_nothing_and_the_next_one_fills(factory: SessionFactory) -> None:
    def interrupt(session: Session, *_: object) -> None:
        if any(isinstance(row, Publication) for row in session.new):
            raise RuntimeError

    def start_without_end() -> None:
        with transaction(factory) as session:
            event.listen(session, "before_flush", interrupt)
            add_demonstration(session, NOW, SETTINGS)

    with pytest.raises(RuntimeError):
        start_without_end()
    with factory() as session:
        assert (count_stories(session), session.scalars(select(Project)).all()) == (0, [])
        kind = session.get_bind().dialect.name
    # The fixture fills a database of SQLite.
    if kind == "postgresql":
        start(factory, replace(SETTINGS, code_key="d" * 40))


def test_invented_stories_never_go_beside_a_real_project(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        add_body(session, "corff", Bilingual("Corff", "Body"))
        add_project(session, plan("go-iawn"), NOW)
    with transaction(factory) as session, pytest.raises(BadInput, match="real project"):
        add_demonstration(session, NOW, SETTINGS)


def test_areas_are_real_and_people_are_not() -> None:
    known = {area.gss for area in AREAS}
    assert {story["area"] for story in STORIES} <= known
    assert len({story["id"] for story in STORIES}) == len(STORIES) >= 40


def test_official_words_of_the_demonstration_use_the_typographic_apostrophe() -> None:
    assert "'" not in "".join(story["text"] for story in STORIES)
    assert Path(DATA).read_text(encoding="utf-8").count("’") > 50


def test_promises_are_kept_late_and_waiting_for_a_panel(shown: SessionFactory) -> None:
    with shown() as session:
        promises = {each.project.slug: each for each in list_promises(session, NOW.date())}
        assert all(each.count.kept for each in promises.values())
        assert promises["afon-parc-a-mynydd"].count.late_now
        notes = [duty.note for duty in promises["afon-parc-a-mynydd"].stages[0].duties if duty.note]
        assert len(notes) == 1
        waiting = [
            duty.state
            for stage in promises["canol-y-dref"].stages
            for duty in stage.duties
            if duty.state.turn == "panel"
        ]
        assert [(state.done, state.wanted) for state in waiting] == [(2, 3)]
        assert len(list_decisions(session, "canol-y-dref", public=True)) == 1


def test_one_vote_is_over_with_a_result_and_one_is_open(shown: SessionFactory) -> None:
    with shown() as session:
        (over,) = list_ballots(session, "canol-y-dref", NOW.date(), public=True)
        result = show_result(session, over)
        assert result is not None
        assert result.voters == 10
        assert [option.title.en for option in result.places[0]] == ["Benches with arms"]
        assert {option.voice for option in over.options} == {"staff", "participant"}
        (current,) = list_ballots(session, "gwasanaeth-ieuenctid", NOW.date(), public=True)
        assert (current.state, current.method.id) == ("open", "ranked")


def test_what_tellers_say_stands_beside_what_was_claimed(shown: SessionFactory) -> None:
    with shown() as session:
        project = get_project(session, "gofal-yn-nes-at-adref", NOW.date())
        held = show_held(session, project.id, "consult")
        assert held.felt is not None
        assert [name for name, _ in held.felt] == ["less", "enough"]
        assert held.changed is not None


def test_each_published_decision_says_what_was_heard_and_is_not_followed_and_why_in_both_languages(
    shown: SessionFactory,
) -> None:
    with shown() as session:
        decisions = session.scalars(select(Decision).where(Decision.state == "published")).all()
        for decision in decisions:
            heard = list_heard(session, decision)
            assert {each.judgement for each in heard} == {"followed", "not_followed"}
            declined = [each for each in heard if each.judgement == "not_followed"]
            assert all(each.reason.cy and each.reason.en and each.stories_then for each in declined)
        assert len(decisions) == 2
