"""Signifiers: what a stage asks about the meaning of stories, and what tellers answered."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "signifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_cy", sa.String(), nullable=False),
        sa.Column("question_en", sa.String(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind in ('triad', 'scale', 'choice', 'frequency')", name=op.f("ck_signifier_kind")
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_signifier_stage_id_stage"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signifier")),
        sa.UniqueConstraint("stage_id", "key", name=op.f("uq_signifier_stage_id_key")),
    )
    op.create_index(op.f("ix_signifier_stage_id"), "signifier", ["stage_id"])
    op.create_table(
        "signification",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("signifier_id", sa.Integer(), nullable=False),
        sa.Column("fits", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("a", "b", "c", "place")),
        sa.Column("answer", sa.String(), nullable=True),
        sa.CheckConstraint(
            "a >= 0 and b >= 0 and c >= 0 and a + b + c = 100", name=op.f("ck_signification_inside_triangle")
        ),
        sa.CheckConstraint("place between 0 and 100", name=op.f("ck_signification_place")),
        sa.CheckConstraint(
            "fits or (a is null and place is null and answer is null)", name=op.f("ck_signification_fits")
        ),
        sa.CheckConstraint(
            "(a is null) = (b is null) and (b is null) = (c is null)",
            name=op.f("ck_signification_whole_triad"),
        ),
        sa.ForeignKeyConstraint(
            ["signifier_id"],
            ["signifier.id"],
            name=op.f("fk_signification_signifier_id_signifier"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_signification_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "signifier_id", name=op.f("pk_signification")),
    )
    op.create_index(op.f("ix_signification_signifier_id"), "signification", ["signifier_id"])


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_table("signification")
    op.drop_table("signifier")
