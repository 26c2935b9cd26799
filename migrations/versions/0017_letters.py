"""Letters to staff and tellers, the sealed addresses of tellers who want them, and the language of staff."""

import sqlalchemy as sa
from alembic import op

from involve.models.base import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("channel in ('email')", name=op.f("ck_contact_channel")),
        sa.CheckConstraint("language in ('cy', 'en')", name=op.f("ck_contact_language")),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_contact_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("story_id", name=op.f("uq_contact_story_id")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("state in ('due', 'sent', 'failed', 'dropped')", name=op.f("ck_letter_state")),
        sa.CheckConstraint("language in ('cy', 'en')", name=op.f("ck_letter_language")),
        sa.CheckConstraint("user_id is null or contact_id is null", name=op.f("ck_letter_one_reader")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_letter_user_id_user")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_letter_contact_id_contact"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index("ix_letter_state", "letter", ["state", "id"])
    op.create_index(op.f("ix_letter_contact_id"), "letter", ["contact_id"])
    op.add_column("user", sa.Column("language", sa.String(), nullable=False, server_default="cy"))


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_column("user", "language")
    op.drop_table("letter")
    op.drop_table("contact")
