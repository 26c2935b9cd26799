"""Continuous dialogues: stages without an end, where each story is answered within days and reports come in months."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    for name in ("answer_days", "report_months"):
        op.add_column("stage", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back from this revision."""
    for name in ("report_months", "answer_days"):
        op.drop_column("stage", name)
