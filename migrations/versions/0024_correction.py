"""Corrections: other words for a passage of a published story, offered to its teller."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATES = "state in ('offered', 'accepted', 'refused', 'undone', 'taken_back')"


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "correction",
        *_columns(),
        sa.CheckConstraint(STATES, name=op.f("ck_correction_state")),
        sa.CheckConstraint('"start" < "end"', name=op.f("ck_correction_span")),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_correction_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_correction_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_story_id"), "correction", ["story_id"])
    op.add_column(
        "publication", sa.Column("corrected", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_column("publication", "corrected")
    op.drop_table("correction")


def _columns() -> list[sa.Column[object]]:
    numbers = ("id", "story_id", "start", "end")
    return [
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.Column("replacement", sa.String(), nullable=False),
        sa.Column("covers", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "state")),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in ("seen_at", "answered_at")),
    ]
