"""What reading learnt from a site's own people."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "learnt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("verdicts", sa.Integer(), nullable=False),
        sa.Column("foretold_before", sa.Integer(), nullable=False),
        sa.Column("foretold_after", sa.Integer(), nullable=False),
        sa.Column("changes", sa.String(), nullable=False),
        sa.CheckConstraint("state in ('used', 'no_better', 'off')", name=op.f("ck_learnt_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnt")),
    )
    op.create_table(
        "learnt_story",
        sa.Column("learnt_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["learnt_id"], ["learnt.id"], name=op.f("fk_learnt_story_learnt_id_learnt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_learnt_story_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learnt_id", "story_id", name=op.f("pk_learnt_story")),
    )
    op.create_index(op.f("ix_learnt_story_story_id"), "learnt_story", ["story_id"])


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_table("learnt_story")
    op.drop_table("learnt")
