"""The published stories of a benchmark once more: one flat table with full-text search, as others would keep them."""

import sqlite3
from pathlib import Path

# What each of the programs that are compared shows beside the list.
FACETS = ("goal", "stance", "area", "language")
TABLE = """
create table story (
    id integer primary key, reference text, text text, language text, area text, goal text, way text, stance text,
    published_at text
)
"""
ROWS = """
insert into story
select p.id, p.reference, p.text, p.language, p.area,
    (select concept from publication_tag t where t.publication_id = p.id and t.scheme = 'goal' order by t.id limit 1),
    (select concept from publication_tag t where t.publication_id = p.id and t.scheme = 'way' order by t.id limit 1),
    (select stance from publication_tag t where t.publication_id = p.id order by t.id limit 1),
    p.published_at
from site.publication p
"""


def copy_flat(database: str, folder: Path) -> Path:
    """Copy what is published in the SQLite file *database* into one table, and return the file.

    Each filter has an index that keeps the order of the list, which is the best that such a table can have.
    """
    path = folder / "flat.sqlite3"
    with sqlite3.connect(path) as flat:
        flat.execute("attach ? as site", (database,))
        flat.execute(TABLE)
        flat.execute(ROWS)
        for name in FACETS:
            flat.execute(f"create index story_{name} on story ({name}, id)")
        flat.execute("create virtual table story_fts using fts5(text, content='story', content_rowid='id')")
        flat.execute("insert into story_fts (rowid, text) select id, text from story")
        flat.commit()
        flat.execute("detach site")
        flat.execute("analyze")
    return path
