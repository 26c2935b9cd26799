"""Which publications changed since when, so that what a process remembers of them can follow.

A row for each publication that ever was: its number and the mark of its last change. On SQLite, where one writes at a
time, marks count up; on PostgreSQL a mark is the number of the transaction, as a lower one may be committed later.
"""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

# What stands on a publication and can be asked for; its tags are rows of their own.
ASKED = "project_id, stage_id, language, area, told_as, published_at"
OCCASIONS = {
    "publication": ("insert", "delete", f"update of {ASKED}"),
    "publication_tag": ("insert", "delete", "update"),
}
# Numbered by the last mark of all.
NEXT = "(select coalesce(max(mark), 0) + 1 from publication_search_mark)"
MARK = "insert or replace into publication_search_mark select "
OWN = {"publication": "id", "publication_tag": "publication_id"}
NOTED = """
begin
    insert into publication_search_mark
    values (coalesce(new.OWN, old.OWN), cast(cast(pg_current_xact_id() as text) as bigint))
    on conflict (publication_id) do update set mark = excluded.mark;
    return null;
end
"""


def upgrade() -> None:
    """Go to this revision."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "create table publication_search_mark (publication_id integer primary key, mark integer not null)"
        )
        for name, sql in _sqlite_triggers():
            op.execute(f"create trigger {name} {sql}")
    else:
        op.execute(
            "create table publication_search_mark (publication_id bigint primary key, mark bigint not null)"
        )
        for table, column in OWN.items():
            _add_postgres_trigger(table, column)
    op.execute("create index publication_search_mark_order on publication_search_mark (mark)")


def downgrade() -> None:
    """Go back from this revision."""
    if op.get_bind().dialect.name == "sqlite":
        for name, _sql in _sqlite_triggers():
            op.execute(f"drop trigger {name}")
    else:
        for table in OWN:
            op.execute(f"drop trigger publication_search_marks on {table}")
            op.execute(f"drop function publication_search_mark_{table}()")
    op.execute("drop table publication_search_mark")


def _sqlite_triggers() -> list[tuple[str, str]]:
    """Return the name of each trigger and what it does."""
    found = []
    for table, occasions in OCCASIONS.items():
        for occasion in occasions:
            verb = occasion.split()[0]
            noted = MARK + ("old." if verb == "delete" else "new.") + OWN[table] + ", " + NEXT
            name = f"publication_search_mark_{table}_{verb}"
            found.append((name, f"after {occasion} on {table} begin {noted}; end"))
    return found


def _add_postgres_trigger(table: str, column: str) -> None:
    name = f"publication_search_mark_{table}"
    op.execute(
        f"create function {name}() returns trigger language plpgsql as $${NOTED.replace('OWN', column)}$$"
    )
    occasions = " or ".join(OCCASIONS[table])
    op.execute(
        f"create trigger publication_search_marks after {occasions} on {table} for each row execute function {name}()"
    )
