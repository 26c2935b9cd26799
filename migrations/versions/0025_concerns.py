"""Safeguarding: who is named to act, the concerns that were raised, and who was told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OPEN, MACHINE = sa.text("closed_at is null"), sa.text("raised_by = 'machine'")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("project", sa.Column("alert_hours", sa.Integer(), nullable=True))
    _add_duty_person()
    _add_concern()
    op.create_table(
        "concern_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("why in ('duty', 'late')", name=op.f("ck_concern_alert_why")),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["concern.id"],
            name=op.f("fk_concern_alert_concern_id_concern"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_concern_alert_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_alert")),
        sa.UniqueConstraint(
            "concern_id", "user_id", "why", name=op.f("uq_concern_alert_concern_id_user_id_why")
        ),
    )
    op.create_index(op.f("ix_concern_alert_user_id"), "concern_alert", ["user_id"])


def _add_duty_person() -> None:
    """Add the table of who is named."""
    op.create_table(
        "duty_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("part in ('duty', 'deputy')", name=op.f("ck_duty_person_part")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_duty_person_body_id_body")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_duty_person_project_id_project")
        ),
        *_people("duty_person", "user_id", "named_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_person")),
        sa.UniqueConstraint(
            "body_id", "project_id", "user_id", name=op.f("uq_duty_person_body_id_project_id_user_id")
        ),
    )
    op.create_index(op.f("ix_duty_person_body_id"), "duty_person", ["body_id"])


def _add_concern() -> None:
    """Add the table of concerns."""
    moments = ("told_at", "late_told_at", "acknowledged_at", "outcome_at", "closed_at")
    people = ("raised_by_id", "acknowledged_by", "outcome_by", "closed_by")
    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in people),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("reason", "outcome", "note")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in moments),
        sa.CheckConstraint("raised_by in ('machine', 'staff')", name=op.f("ck_concern_raised_by")),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_concern_story_id_story"), ondelete="CASCADE"
        ),
        *_people("concern", *people),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )
    op.create_index(op.f("ix_concern_story_id"), "concern", ["story_id"])
    op.create_index("ix_concern_waiting", "concern", ["closed_at", "acknowledged_at"])
    for name, where in (("uq_concern_open", OPEN), ("uq_concern_machine", MACHINE)):
        op.create_index(
            name, "concern", ["story_id"], unique=True, sqlite_where=where, postgresql_where=where
        )


def _people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    """Return the links of columns that name a member of staff."""
    return [
        sa.ForeignKeyConstraint([name], ["user.id"], name=op.f(f"fk_{table}_{name}_user")) for name in columns
    ]


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("concern_alert", "concern", "duty_person"):
        op.drop_table(table)
    op.drop_column("project", "alert_hours")
