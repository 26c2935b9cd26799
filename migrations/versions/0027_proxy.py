"""By what right somebody tells a story for another person."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = "proxy in ('permission', 'child', 'entitled')"


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("story") as table:
        table.add_column(sa.Column("proxy", sa.String(), nullable=True))
        table.create_check_constraint(op.f("ck_story_proxy"), KINDS)


def downgrade() -> None:
    """Go back from this revision."""
    with op.batch_alter_table("story") as table:
        table.drop_constraint(op.f("ck_story_proxy"), type_="check")
        table.drop_column("proxy")
