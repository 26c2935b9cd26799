"""Tables: what the database itself refuses, whatever a service forgets, on both databases alike."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import (
    Base,
    Body,
    Consent,
    Insight,
    Job,
    Message,
    Publication,
    PublicationTag,
    Redaction,
    Reply,
    Story,
    Tag,
)
from tests.factories import NOW, make_project, make_story
from tests.publications import make_public


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with factory() as session:
        make_project(session)
        make_story(session)
        make_public(session, "There is no bus, and I am ill.")
        session.flush()
        yield session
        session.rollback()


def tag(**changed: Any) -> Tag:
    values = {"scheme": "goal", "concept": "global", "stance": "idea", "voice": "staff", "state": "confirmed"}
    return Tag(**{"story_id": 1, "at": NOW, "passages": [], **values, **changed})


REFUSED = {
    "a machine that confirms": lambda: tag(voice="machine"),
    "a person who suggests": lambda: tag(state="suggested"),
    "a voice of nobody": lambda: tag(voice="oracle"),
    "a scheme of nobody": lambda: tag(scheme="mood"),
    "a stance of nobody": lambda: tag(stance="angry"),
    "a state of nobody": lambda: tag(state="maybe"),
    "a tag of no story": lambda: tag(story_id=99),
    "a use of nobody": lambda: Consent(
        story_id=1, use="sell", given=True, wording_version="1", wording_language="cy", answered_at=NOW
    ),
    "a reply without words": lambda: Reply(project_id=1, written_at=NOW),
    "a public reply in one language": lambda: Reply(project_id=1, text_en="Yes", public=True, written_at=NOW),
    "an insight heard from nobody": lambda: Insight(
        project_id=1, text="x", language="en", people=0, source="s", source_key="k", received_at=NOW
    ),
    "a job in no state": lambda: Job(kind="tag_story", subject_id=1, state="lost", due_at=NOW),
    "a message in no state": lambda: Message(reply_id=1, story_id=1, language="cy", state="lost"),
    "a body without a Welsh name": lambda: Body(slug="x", name_en="Body"),
    "a second body of that slug": lambda: Body(slug="corff-prawf", name_cy="Corff", name_en="Body"),
    "a tag of no publication": lambda: PublicationTag(
        publication_id=99, scheme="goal", concept="global", stance="idea", voice="staff", passages=[]
    ),
    "a redaction of no story": lambda: Redaction(story_id=99, start=0, end=1, kind="name", at=NOW),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(session: Session, what: str) -> None:
    session.add(REFUSED[what]())
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "update story set state = 'lost'",
        "update story set told_as = 'gossip'",
        "update story set reply_language = 'fr'",
        "update story set reference = (select min(reference) from story)",
        "update story set code_hash = (select min(code_hash) from story)",
        "update story set client_hash = (select min(client_hash) from story)",
        "update publication set project_id = 99",
        "delete from project",
        "delete from body",
    ],
)
def test_the_database_refuses_a_statement(session: Session, statement: str) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(statement))


def test_one_voice_speaks_once_of_a_concept(session: Session) -> None:
    session.add(tag())
    session.flush()
    session.add(tag(voice="participant"))
    session.flush()
    session.add(tag(state="rejected"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_deleting_a_publication_deletes_its_tags_in_the_database_itself(session: Session) -> None:
    assert session.scalars(select(PublicationTag)).all()
    session.execute(text("delete from publication"))
    session.expire_all()
    assert session.scalars(select(PublicationTag)).all() == []
    assert session.scalars(select(Publication)).all() == []


def test_moments_come_back_in_utc_whatever_zone_they_came_in(factory: SessionFactory) -> None:
    summer = datetime(2026, 7, 1, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))
    with transaction(factory) as session:
        session.add(Job(kind="x", subject_id=1, due_at=summer))
    with factory() as session:
        kept = session.scalars(select(Job)).one().due_at
        assert (kept, kept.tzinfo) == (summer, UTC)
        assert session.scalar(select(Job.id).where(Job.due_at <= summer)) is not None
        assert session.scalar(select(Job.id).where(Job.due_at < summer)) is None


def test_a_moment_without_a_zone_is_refused(factory: SessionFactory) -> None:
    with pytest.raises(StatementError), transaction(factory) as session:
        session.add(Job(kind="x", subject_id=1, due_at=datetime(2026, 7, 1)))


def test_texts_are_kept_as_they_came(factory: SessionFactory) -> None:
    words = "Ŵ ŷ ’ 👩‍👩‍👧 مستشفى \r\n\t=1+1 '; drop table story; -- \u202e" + "x" * 19_000
    with transaction(factory) as session:
        make_project(session)
        story_id = make_story(session, text=words, tagged=False).story_id
    with factory() as session:
        assert session.get_one(Story, story_id).text == words.replace("\r\n", "\n")


def test_every_foreign_key_can_be_followed_backwards_by_an_index(factory: SessionFactory) -> None:
    """Deleting a story must not read every row of the tables that point at it."""
    for name in ("consent", "tag", "redaction", "message", "publication", "publication_tag"):
        table = Base.metadata.tables[name]
        first = {next(iter(index.columns)).name for index in table.indexes}
        first |= {
            next(iter(constraint.columns)).name
            for constraint in table.constraints
            if constraint.__visit_name__ in ("unique_constraint", "primary_key_constraint")
        }
        pointing = {
            key.parent.name for key in table.foreign_keys if key.column.table.name in ("story", "publication")
        }
        unique = {column.name for column in table.columns if column.unique}
        assert pointing <= first | unique, name
