"""What a project serves, and what its partners are given for reaching people."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WORDS = ("aims_cy", "aims_en", "partners_cy", "partners_en")
NUMBERS = ("outreach_hours", "outreach_pounds")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("project", sa.Column("goals", sa.JSON(), nullable=False, server_default="[]"))
    for name in WORDS:
        op.add_column("project", sa.Column(name, sa.String(), nullable=True))
    for name in NUMBERS:
        op.add_column("project", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back from this revision."""
    for name in (*reversed(NUMBERS), *reversed(WORDS), "goals"):
        op.drop_column("project", name)
