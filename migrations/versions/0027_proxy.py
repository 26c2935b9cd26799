"""By what right somebody tells a story for another person."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # In one statement both databases take the check with the column; a new table would have to take all rows along.
    op.execute(
        "alter table story add column proxy varchar"
        " constraint ck_story_proxy check (proxy in ('permission', 'child', 'entitled'))"
    )


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_column("story", "proxy")
