"""What staff tell is an answer or a notice; telling of a changed rung answers nobody."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # In one statement that both databases take: rebuilding the table on SQLite would delete its messages.
    op.execute(
        "alter table reply add column kind varchar not null default 'answer' "
        "constraint ck_reply_kind check (kind in ('answer', 'notice'))"
    )
    op.execute(
        "update reply set kind = 'notice' where id in (select reply_id from rung_change where reply_id is not null)"
    )


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_column("reply", "kind")
