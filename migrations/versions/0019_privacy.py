"""What a body states of each project: by what right it uses stories, who is responsible, how long it keeps them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WORDS = (
    "basis",
    "condition",
    "rests_on_cy",
    "rests_on_en",
    "controller_cy",
    "controller_en",
    "officer_cy",
    "officer_en",
)


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "privacy",
        sa.Column("project_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in WORDS),
        sa.Column("keep_months", sa.Integer(), nullable=False),
        sa.Column("keep_published", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("keep_months between 1 and 120", name=op.f("ck_privacy_keep_months")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_privacy_project_id_project"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_privacy_user_id_user")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_privacy")),
    )


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_table("privacy")
