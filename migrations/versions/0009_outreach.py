"""Outreach: hours, expenses and time credits of those who gather stories, logged against the project."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COUNTED = ("people", "minutes", "expenses_pence", "time_credits")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "outreach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTED),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(f"{name} >= 0", name=op.f(f"ck_outreach_{name}")) for name in COUNTED),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_outreach_project_id_project")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_outreach_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach")),
    )
    op.create_index(op.f("ix_outreach_project_id"), "outreach", ["project_id"])


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_table("outreach")
