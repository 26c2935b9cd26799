"""The audit trail as a chain: each line holds a hash of the one before it, and none is changed or deleted."""

import sqlalchemy as sa
from alembic import op

from involve.models.chain import BEGINNING, mark_of
from involve.models.event import Event

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

REFUSAL = "the audit trail is only added to"


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("event", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column("event", sa.Column("mark", sa.String(), nullable=True))
    op.create_index("ix_event_place", "event", ["place"], unique=True)
    _chain_old_lines()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    """Go back from this revision."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop trigger event_kept on event")
        op.execute("drop function keep_event()")
    else:
        op.execute("drop trigger event_not_changed")
        op.execute("drop trigger event_not_deleted")
    op.drop_index("ix_event_place", "event")
    op.drop_column("event", "mark")
    op.drop_column("event", "place")


def _chain_old_lines() -> None:
    """Give the lines that are there already their places and marks."""
    table = Event.__table__
    connection, mark = op.get_bind(), BEGINNING
    old = connection.execute(sa.select(table).order_by(table.c.id)).all()
    for place, line in enumerate(old, 1):
        mark = mark_of(line, place, mark)
        connection.execute(table.update().where(table.c.id == line.id).values(place=place, mark=mark))


def _guard_postgresql() -> None:
    """Let PostgreSQL refuse what changes a chained line."""
    op.execute(
        f"create function keep_event() returns trigger language plpgsql as $$ begin raise exception '{REFUSAL}'; end $$"
    )
    op.execute(
        "create trigger event_kept before update or delete on event for each row "
        "when (old.place is not null) execute function keep_event()"
    )


def _guard_sqlite() -> None:
    """Let SQLite refuse what changes a chained line."""
    for name, change in (("changed", "update"), ("deleted", "delete")):
        op.execute(
            f"create trigger event_not_{name} before {change} on event when old.place is not null "
            f"begin select raise(abort, '{REFUSAL}'); end"
        )
