"""Who is missing: what tellers say of themselves, and the monthly numbers that may be shown of it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "about_answer",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("wording_version", "wording_language")),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_about_answer_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "question", name=op.f("pk_about_answer")),
    )
    op.create_index("ix_about_answer_counted", "about_answer", ["counted", "question", "answer"])
    op.create_table(
        "heard_snapshot",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_heard_snapshot")),
    )
    _add_counts()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("heard_count", "heard_snapshot", "about_answer"):
        op.drop_table(table)


def _add_counts() -> None:
    op.create_table(
        "heard_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("question", "answer")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["month"], ["heard_snapshot.month"], name=op.f("fk_heard_count_month_heard_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_heard_count_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_count")),
        sa.UniqueConstraint(
            "month",
            "project_id",
            "question",
            "answer",
            name=op.f("uq_heard_count_month_project_id_question_answer"),
        ),
    )
    op.create_index(op.f("ix_heard_count_project_id"), "heard_count", ["project_id"])
