"""Reading learns from the site's own people: only with leave, only where it helps, and it forgets at once."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine, make_url, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, open_database, session_factory, transaction
from involve.models import Job, Learnt, LearntStory, Story
from involve.services.reading.learning import LEARN, learn_anew, reading_in_use, show_learnt
from involve.services.tellers.my_story import answer_tag, change_consent, withdraw_story
from involve.services.upkeep.handlers import HANDLERS
from involve.services.upkeep.jobs import run_due_jobs
from involve.text.codebook import load_builtin
from involve.text.judging.table import load_tables
from involve.text.pipeline import analyse
from tests import databases
from tests.factories import NOW, make_project, make_story

LATER = NOW + timedelta(days=1)
LEARN_USES = frozenset({"read", "publish", "learn"})
# A body whose people say that kingfishers are, to them, a matter of culture: nothing the package could know.
BIRDS = [f"We saw the kingfisher {when} by the old lock" for when in (
    "again", "today", "at dawn", "on Sunday", "in the rain", "with Nan", "last week", "twice", "at noon", "at night",
    "at last", "with the class", "before school", "on the ice", "in spring",
)]  # fmt: skip
OTHERS = [f"The choir {what} in the chapel" for what in (
    "sang", "met", "practised", "wept", "laughed", "began", "ended", "rested", "returned", "grew", "shrank", "won",
)]  # fmt: skip


def tell_and_correct(
    session: Session, uses: frozenset[str] = LEARN_USES, most: int | None = None
) -> list[int]:
    """Tell stories, at *most* so many of each kind, and have their tellers say whether they are about culture."""
    make_project(session)
    ids = []
    for texts, verdict in ((BIRDS, "confirmed"), (OTHERS, "rejected")):
        for text in texts[:most]:
            story = make_story(session, text=text, uses=uses)
            answer_tag(session, story.story_id, "goal", "culture", verdict, NOW)
            ids.append(story.story_id)
    return ids


def goals_of(session: Session, text: str) -> set[str]:
    reading = reading_in_use(session)
    return {
        tag.concept for tag in analyse(text, load_builtin(), reading=reading).tags if tag.scheme == "goal"
    }


@dataclass
class Site:
    """A site that has learnt from what its people said, and the ids of their stories."""

    engine: Engine
    told: list[int]

    @contextmanager
    def use(self) -> Iterator[Session]:
        """Give a session in which anything may be done: nothing of it stays for the next test."""
        with suppress(_Over), transaction(session_factory(self.engine)) as session:
            yield session
            raise _Over


class _Over(Exception):
    """A test is over."""


@pytest.fixture(scope="module")
def learnt(template_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Telling, correcting and learning take longer than most tests."""
    kind = make_url(template_url).get_backend_name()
    with databases.new_database(kind, tmp_path_factory.mktemp("learnt"), template_url) as url:
        engine = open_database(url)
        with transaction(session_factory(engine)) as session:
            site = Site(engine, tell_and_correct(session))
            learn_anew(session, 0, LATER)
        yield site
        engine.dispose()


def test_what_people_say_moves_the_weights_where_it_helps(learnt: Site) -> None:
    with learnt.use() as session:
        now = show_learnt(session)
        assert now is not None
        assert now.used
        assert now.stories == len(BIRDS) + len(OTHERS)
        assert now.after > now.before
        moved = reading_in_use(session).tables
        builtin = load_tables()
        assert moved is not None
        assert builtin is not None
        at = moved.goals.answers.index("culture")
        assert moved.goals.weights["_choir"][at] < builtin.goals.weights["_choir"][at]


def test_stories_without_leave_to_learn_are_not_learnt_from(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        tell_and_correct(session, frozenset({"read", "publish"}), most=4)
        learn_anew(session, 0, LATER)
        now = show_learnt(session)
        assert now is not None
        assert (now.stories, now.used) == (0, False)
        assert reading_in_use(session).tables is load_tables()


def test_too_few_verdicts_leave_the_tables_in_charge(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        for text in BIRDS[:4]:
            story = make_story(session, text=text, uses=LEARN_USES)
            answer_tag(session, story.story_id, "goal", "culture", "confirmed", NOW)
        learn_anew(session, 0, LATER)
        assert reading_in_use(session).tables is load_tables()


@pytest.mark.parametrize("way", ["withdrawn", "leave taken back"])
def test_forgetting_one_story_switches_the_learning_off_in_that_transaction(learnt: Site, way: str) -> None:
    first = learnt.told[0]
    with learnt.use() as session:
        if way == "withdrawn":
            withdraw_story(session, first, LATER)
        else:
            change_consent(session, first, frozenset({"read", "publish"}), "en", LATER)
        assert reading_in_use(session).tables is load_tables()
        assert "kingfisher" not in session.scalar(select(Learnt.changes))
        assert session.get(LearntStory, (1, first)) is None


def test_after_forgetting_it_learns_again_without_the_story(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        told = tell_and_correct(session)
        learn_anew(session, 0, LATER)
    with transaction(factory) as session:
        withdraw_story(session, told[0], LATER)
    done = run_due_jobs(factory, HANDLERS, lambda: LATER + timedelta(minutes=2))
    with transaction(factory) as session:
        now = show_learnt(session)
        assert done
        assert now is not None
        assert now.used
        assert now.stories == len(told) - 1
        assert session.scalar(select(LearntStory).where(LearntStory.story_id == told[0])) is None


def test_forgetting_a_story_that_was_not_learnt_from_changes_nothing(learnt: Site) -> None:
    with learnt.use() as session:
        other = make_story(session)
        withdraw_story(session, other.story_id, LATER)
        now = show_learnt(session)
        assert now is not None
        assert now.used


def test_ten_corrected_stories_ask_for_learning_once(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        tell_and_correct(session, most=6)
        waiting = session.scalars(select(Job).where(Job.kind == LEARN)).all()
        assert [(job.state, job.due_at > NOW) for job in waiting] == [("due", True)]


def test_changes_for_other_weights_are_not_used(learnt: Site) -> None:
    with learnt.use() as session:
        row = session.scalar(select(Learnt))
        assert row is not None
        row.mark = "another version"
        session.flush()
        assert reading_in_use(session).tables is load_tables()


def test_new_stories_are_read_with_what_was_learnt(learnt: Site) -> None:
    with learnt.use() as session:
        before = {tag.concept for tag in analyse("The choir waited in the chapel", load_builtin()).tags}
        receipt = make_story(session, text="The choir waited in the chapel")
        story = session.get_one(Story, receipt.story_id)
        assert "culture" in before
        assert story.tagged_at is not None
        assert "culture" not in goals_of(session, "The choir waited in the chapel")
