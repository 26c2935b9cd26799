"""Snapshots: the days on which was counted, groups of stories counted once, and their numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "snapshot_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_snapshot_day")),
    )
    _add_batches()
    _add_numbers()
    _add_stories()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("batch_story", "batch_number", "batch", "snapshot_day"):
        op.drop_table(table)


def _add_batches() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("claimed", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_batch_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index("ix_batch_project_id", "batch", ["project_id", "kind", "language"])


def _add_numbers() -> None:
    op.create_table(
        "batch_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_batch_number_batch_id_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_number")),
        sa.UniqueConstraint("batch_id", "measure", name=op.f("uq_batch_number_batch_id_measure")),
    )


def _add_stories() -> None:
    op.create_table(
        "batch_story",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_batch_story_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_batch_story_batch_id_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "question", name=op.f("pk_batch_story")),
    )
    op.create_index(op.f("ix_batch_story_batch_id"), "batch_story", ["batch_id"])
