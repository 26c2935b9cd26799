"""Full-text search over the published words: FTS5 on SQLite, a GIN index on PostgreSQL.

Triggers keep the SQLite index, so a publication that is deleted is gone from it in the same transaction.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FORGET = (
    "insert into publication_search(publication_search, rowid, keys) values ('delete', old.id, old.keys);"
)
LEARN = "insert into publication_search(rowid, keys) values (new.id, new.keys);"


def upgrade() -> None:
    """Go to this revision."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "create virtual table publication_search using fts5"
            "(keys, content='publication', content_rowid='id', tokenize='ascii', detail='full')"
        )
        op.execute(f"create trigger publication_search_add after insert on publication begin {LEARN} end")
        op.execute(f"create trigger publication_search_remove after delete on publication begin {FORGET} end")
        op.execute(
            f"create trigger publication_search_change after update of keys on publication begin {FORGET} {LEARN} end"
        )
        op.execute("insert into publication_search(publication_search) values ('rebuild')")
    else:
        op.execute("create index publication_search on publication using gin (to_tsvector('simple', keys))")


def downgrade() -> None:
    """Go back from this revision."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("add", "remove", "change"):
            op.execute(f"drop trigger publication_search_{trigger}")
        op.execute("drop table publication_search")
    else:
        op.execute("drop index publication_search")
