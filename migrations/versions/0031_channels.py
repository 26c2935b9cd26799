"""Contacts by text message, addresses that do not work, and what became of a letter after it was handed over."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

CHANNELS = "channel in ('email', 'text')"
STATES = "state in ('due', 'sent', 'failed', 'dropped', 'bounced')"
DELIVERIES = (
    "delivery in ('sending', 'delivered', 'permanent-failure', 'temporary-failure', 'technical-failure')"
)


def upgrade() -> None:
    """Go to this revision."""
    readers = _readers()
    with op.batch_alter_table("contact") as batch:
        batch.add_column(sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
        _check(batch, "contact", "channel", CHANNELS)
    with op.batch_alter_table("letter") as batch:
        batch.add_column(sa.Column("delivery", sa.String(), nullable=True))
        _check(batch, "letter", "state", STATES)
        batch.create_check_constraint(op.f("ck_letter_delivery"), DELIVERIES)
    _lead_to(readers)


def downgrade() -> None:
    """Go back from this revision."""
    op.execute("update letter set state = 'failed' where state = 'bounced'")
    # Older software would write e-mails to telephone numbers.
    op.execute(
        "update letter set contact_id = null where contact_id in (select id from contact where channel = 'text')"
    )
    op.execute("delete from contact where channel = 'text'")
    readers = _readers()
    with op.batch_alter_table("letter") as batch:
        batch.drop_constraint(op.f("ck_letter_delivery"), type_="check")
        _check(batch, "letter", "state", STATES.replace(", 'bounced'", ""))
        batch.drop_column("delivery")
    with op.batch_alter_table("contact") as batch:
        _check(batch, "contact", "channel", CHANNELS.replace(", 'text'", ""))
        batch.drop_column("failed_at")
    _lead_to(readers)


def _check(batch: BatchOperations, table: str, name: str, rule: str) -> None:
    batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    batch.create_check_constraint(op.f(f"ck_{table}_{name}"), rule)


def _readers() -> list[dict[str, int]]:
    """Return which letter goes to which contact: SQLite builds that table anew, and empties the column meanwhile."""
    rows = op.get_bind().execute(sa.text("select id, contact_id from letter where contact_id is not null"))
    return [{"letter": row.id, "contact": row.contact_id} for row in rows]


def _lead_to(readers: list[dict[str, int]]) -> None:
    if readers:
        op.get_bind().execute(sa.text("update letter set contact_id = :contact where id = :letter"), readers)
