"""Files of stories that staff bring in by the browser."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

STATES = "state in ('sent', 'looking', 'looked', 'taking', 'done', 'failed')"


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "story_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("heading", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_story_import_state")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_story_import_user_id_user"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_story_import_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_import")),
        sa.UniqueConstraint("key", name=op.f("uq_story_import_key")),
    )
    op.create_index("ix_story_import_user_id", "story_import", ["user_id"])
    op.create_index("ix_story_import_project_id", "story_import", ["project_id"])


def downgrade() -> None:
    """Go back from this revision."""
    # Older software does not know such jobs.
    op.execute("delete from job where kind in ('look_at_import', 'take_import')")
    op.drop_table("story_import")
