"""Setting up a project: drafts that can be left and resumed, and what a project says of itself beside its stages."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ABOUT = ("problem_cy", "problem_en", "source_cy", "source_en", "again_cy", "again_en")
PEOPLE = ("reader", "answerer_cy", "answerer_en")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "project_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_project_draft_body_id_body")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_project_draft_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_draft")),
        sa.UniqueConstraint("slug", name=op.f("uq_project_draft_slug")),
    )
    op.create_index(op.f("ix_project_draft_body_id"), "project_draft", ["body_id"])
    for name in (*ABOUT, *PEOPLE):
        op.add_column("project", sa.Column(name, sa.String(), nullable=True))
    for name in ("invited_cy", "invited_en"):
        op.add_column("stage", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    """Go back from this revision."""
    for name in ("invited_en", "invited_cy"):
        op.drop_column("stage", name)
    for name in reversed((*ABOUT, *PEOPLE)):
        op.drop_column("project", name)
    op.drop_table("project_draft")
