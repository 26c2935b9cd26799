"""Reminders to staff of what is late: whether they want them, when they last had one, and when somebody last looked."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column(
        "user", sa.Column("wants_reminders", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column("user", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user", sa.Column("looked_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Go back from this revision."""
    for name in ("wants_reminders", "reminded_at", "looked_on"):
        op.drop_column("user", name)
