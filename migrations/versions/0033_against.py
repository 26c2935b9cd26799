"""What was shown against a decision before it was published, and what is said of it."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

REASONS = ("reason_cy", "reason_en")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("decision", sa.Column("against_then", sa.Integer(), nullable=True))
    op.add_column(
        "decision_passage", sa.Column("strongest", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    for name in REASONS:
        op.add_column("decision_passage", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Go back from this revision."""
    for name in (*REASONS, "strongest"):
        op.drop_column("decision_passage", name)
    op.drop_column("decision", "against_then")
