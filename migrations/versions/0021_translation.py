"""Translations of published stories, made and checked by people."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("language", "text", "of_text_hash", "state")
        ),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("questioned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question", sa.String(), nullable=True),
        sa.CheckConstraint("language in ('cy', 'en')", name=op.f("ck_translation_language")),
        sa.CheckConstraint(
            "state in ('draft', 'published', 'stale', 'questioned')", name=op.f("ck_translation_state")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_translation_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_translation_user_id_user")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["user.id"], name=op.f("fk_translation_checked_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint("story_id", "language", name=op.f("uq_translation_story_id_language")),
    )
    op.create_index(op.f("ix_translation_state"), "translation", ["state", "language"])


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_table("translation")
