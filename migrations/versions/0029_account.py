"""The public account of moderation: numbers that are counted once a month."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "account_number",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("first", "last")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("language", "measure")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_number")),
        sa.UniqueConstraint(
            "first",
            "last",
            "language",
            "measure",
            name=op.f("uq_account_number_first_last_language_measure"),
        ),
    )


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_table("account_number")
