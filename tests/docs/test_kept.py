"""What the site says it keeps is what the tables hold, column by column."""

import tomllib
from collections import Counter

from involve.models import Base
from involve.vocabulary.data_file import DATA
from involve.vocabulary.kept import HOLDS, PEOPLE, TABLES, UNTIL, find_kept_table

STORED = {f"{table}.{column.name}" for table, rows in Base.metadata.tables.items() for column in rows.columns}
STATED = {f"{table.id}.{column}" for table in TABLES for column in table.columns}


def test_every_column_says_what_it_holds() -> None:
    missing = sorted(STORED - STATED)
    assert missing == [], (
        f"Say in involve/vocabulary/data/kept.toml what these columns hold: {', '.join(missing)}. Each stands in the "
        f"[table.columns] of its table under one of {', '.join(kind.id for kind in HOLDS)} (see vocabulary/kept.py). "
        "A new table also says, in both languages, its name, why it is kept, of whom and until when."
    )


def test_nothing_is_stated_that_is_not_kept() -> None:
    assert sorted(STATED - STORED) == []


def test_a_column_is_stated_once_and_tables_stand_in_order() -> None:
    blocks = tomllib.loads((DATA / "kept.toml").read_text(encoding="utf-8"))["table"]
    stated = Counter(
        (block["id"], column)
        for block in blocks
        for columns in block["columns"].values()
        for column in columns
    )
    assert [each for each, times in stated.items() if times > 1] == []
    assert [block["id"] for block in blocks] == sorted(block["id"] for block in blocks)


def test_a_column_that_points_at_a_story_or_at_staff_is_said_to() -> None:
    for name, rows in Base.metadata.tables.items():
        columns = find_kept_table(name).columns
        for column in rows.columns:
            targets = {key.column.table.name for key in column.foreign_keys}
            if "story" in targets:
                assert columns[column.name] == "link", f"{name}.{column.name} leads to a story: it is a link"
            if "user" in targets:
                assert columns[column.name] == "staff", f"{name}.{column.name} leads to a member of staff"


def test_a_table_about_nobody_leads_to_nobody() -> None:
    personal = {"words", "choice", "contact", "place", "account", "link", "staff"}
    for table in TABLES:
        if not table.about_people:
            assert not personal & set(table.columns.values()), table.id


def test_the_words_to_choose_from_have_ids_of_their_own() -> None:
    for words in (HOLDS, PEOPLE, UNTIL):
        assert len({each.id for each in words}) == len(words)
