"""Roles that an administrator switched off without taking them away."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("switched_off_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back from this revision."""
    with op.batch_alter_table("membership") as table:
        table.drop_column("switched_off_at")
