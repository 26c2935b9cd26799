"""Migrations: the newest tables are those of the models, each step goes up and down, and rows come through."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, UniqueConstraint, inspect, make_url, text

from involve.database import (
    current_revision,
    newest_revision,
    open_database,
    session_factory,
    transaction,
    upgrade_schema,
)
from involve.models import Base, Publication
from involve.paths import asset_dir
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter
from involve.services.publishing.keys import encode_keys
from involve.text.search import index_keys
from tests import databases
from tests.factories import NOW, make_project, make_story
from tests.publications import publish

REVISIONS = [script.revision for script in ScriptDirectory(str(asset_dir("migrations"))).walk_revisions()][
    ::-1
]
WORDS = "The surgery closed and the bus to the hospital is gone."


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def newest(template_url: str, tmp_path: Path) -> Iterator[Engine]:
    """A database that was brought to the newest revision from nothing."""
    kind = make_url(template_url).get_backend_name()
    with databases.new_database(kind, tmp_path, template_url) as url:
        engine = open_database(url)
        yield engine
        engine.dispose()


def downgrade(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(asset_dir("migrations")))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def tables_of(engine: Engine) -> set[str]:
    names = set(inspect(engine).get_table_names())
    return {name for name in names if not name.startswith(("alembic_version", "publication_search"))}


def is_searched(name: str | None) -> bool:
    return not (name or "").startswith("publication_search")


def insert_first_rows(engine: Engine) -> None:
    """Insert a published story by SQL alone, as a database at the first revision holds it."""
    day, moment = "2026-04-01", "2026-04-01 12:00:00.000000"
    rows: dict[str, dict[str, Any]] = {
        "body": {"slug": "corff", "name_cy": "Corff", "name_en": "Body"},
        "project": {
            "body_id": 1,
            "slug": "hen",
            "name_cy": "Hen",
            "name_en": "Old",
            "summary_cy": "H",
            "summary_en": "O",
            "listed": True,
            "demonstration": False,
            "created_at": moment,
        },
        "stage": {
            "project_id": 1,
            "position": 0,
            "kind": "identification",
            "ladder": "iap2",
            "rung": "consult",
            "question_cy": "?",
            "question_en": "?",
            "undecided_cy": "-",
            "undecided_en": "-",
            "decided_cy": "-",
            "decided_en": "-",
            "opens_on": day,
            "closes_on": day,
            "answer_by": day,
        },
        "story": {
            "reference": "CYM-1",
            "project_id": 1,
            "stage_id": 1,
            "text": WORDS,
            "language": "en",
            "page_language": "en",
            "reply_language": "en",
            "told_as": "own",
            "state": "published",
            "received_at": moment,
            "content_hash": "x",
            "personal": "[]",
            "risk": "[]",
            "spam": "[]",
            "at_risk": False,
        },
        "publication": {
            "story_id": 1,
            "reference": "CYM-1",
            "project_id": 1,
            "stage_id": 1,
            "text": WORDS,
            "language": "en",
            "told_as": "own",
            "quotable": True,
            "published_at": moment,
            "keys": " ".join(encode_keys(index_keys(WORDS))),
        },
    }
    with engine.begin() as connection:
        for table, row in rows.items():
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"insert into {table} ({names}) values ({marks})"), row)


Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(engine: Engine) -> Rows:
    with engine.connect() as connection:
        names = ("body", "project", "stage", "story", "publication")
        return {
            name: [tuple(row) for row in connection.execute(text(f"select * from {name} order by id"))]
            for name in names
        }


def found(engine: Engine, words: str) -> list[str]:
    with session_factory(engine)() as session:
        return [story.reference for story in find_stories(session, EvidenceFilter(words=words)).stories]


def test_the_newest_tables_are_those_of_the_models(newest: Engine) -> None:
    with newest.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda _item, name, *_: is_searched(name), "compare_type": True},
        )
        assert compare_metadata(context, Base.metadata) == []
    assert tables_of(newest) == set(Base.metadata.tables)


def test_the_newest_checks_and_unique_columns_are_those_of_the_models(newest: Engine) -> None:
    inspector = inspect(newest)
    for table in Base.metadata.sorted_tables:
        named = {
            str(constraint.name)
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        assert {str(check["name"]) for check in inspector.get_check_constraints(table.name)} == named
        unique = {
            tuple(sorted(column.name for column in constraint.columns))
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint)
        }
        kept = {
            tuple(sorted(map(str, each["column_names"])))
            for each in inspector.get_unique_constraints(table.name)
        }
        assert kept == unique, table.name


def test_each_step_goes_up_down_and_up_again(engine: Engine) -> None:
    before = [None, *REVISIONS]
    for earlier, revision in zip(before, REVISIONS, strict=False):
        upgrade_schema(engine, revision)
        tables = tables_of(engine)
        downgrade(engine, earlier or "base")
        assert current_revision(engine) == earlier
        upgrade_schema(engine, revision)
        assert (current_revision(engine), tables_of(engine)) == (revision, tables)
    assert current_revision(engine) == newest_revision()


def test_the_steps_stand_in_one_line() -> None:
    scripts = ScriptDirectory(str(asset_dir("migrations")))
    assert len(scripts.get_heads()) == 1
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def first_columns(rows: Rows, like: Rows) -> Rows:
    """Return *rows* without the columns that later steps added at the end of the tables of *like*."""
    return {table: [row[: len(like[table][0])] for row in rows[table]] for table in like}


def test_rows_come_through_and_are_found_after_the_step_that_adds_search(engine: Engine) -> None:
    upgrade_schema(engine, "0001")
    insert_first_rows(engine)
    kept = rows_of(engine)
    upgrade_schema(engine)
    assert first_columns(rows_of(engine), kept) == kept
    assert found(engine, "hospitals") == ["CYM-1"]
    downgrade(engine, "0001")
    assert rows_of(engine) == kept
    upgrade_schema(engine)
    assert first_columns(rows_of(engine), kept) == kept
    assert found(engine, "surgery") == ["CYM-1"]
    assert found(engine, "library") == []


def test_going_down_to_nothing_leaves_nothing_and_after_going_up_again_the_tables_take_a_story(
    newest: Engine,
) -> None:
    downgrade(newest, "base")
    assert tables_of(newest) == set()
    upgrade_schema(newest)
    with transaction(session_factory(newest)) as session:
        make_project(session)
        receipt = make_story(session)
        publish(session, receipt)
    assert found(newest, "buses") == [receipt.reference]
    with session_factory(newest)() as session:
        assert session.query(Publication).one().published_at == NOW


def test_upgrading_a_database_that_is_up_to_date_changes_nothing(newest: Engine) -> None:
    upgrade_schema(newest)
    assert current_revision(newest) == newest_revision()


def test_a_letter_still_knows_its_reader_after_the_step_that_adds_texts(engine: Engine) -> None:
    upgrade_schema(engine, "0001")
    insert_first_rows(engine)
    upgrade_schema(engine, "0030")
    values = "('news', 1, 'cy', '{}', 'due', 0, '2026-04-01 12:00:00')"
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into contact (story_id, channel, sealed, language, added_at) "
                "values (1, 'email', 'x', 'cy', '2026-04-01 12:00:00')"
            )
        )
        connection.execute(
            text(
                "insert into letter (kind, contact_id, language, detail, state, attempts, written_at) "
                f"values {values}"
            )
        )
    for step in (lambda: upgrade_schema(engine, "0031"), lambda: downgrade(engine, "0030")):
        step()
        with engine.connect() as connection:
            assert connection.execute(text("select contact_id, state from letter")).all() == [(1, "due")]
