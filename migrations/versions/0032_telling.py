"""Telling people: which decision an answer is about, which letter said so, and which letters are being sent."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # In place: on SQLite a table that is built anew takes with it the rows that lead to it.
    op.execute("alter table reply add column decision_id integer references decision (id)")
    op.create_index(op.f("ix_reply_decision_id"), "reply", ["decision_id"])
    with op.batch_alter_table("message") as batch:
        batch.add_column(sa.Column("letter_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_message_letter_id_letter"), "letter", ["letter_id"], ["id"], ondelete="SET NULL"
        )
        batch.create_index(op.f("ix_message_letter_id"), ["letter_id"])
    op.add_column("letter", sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_column("letter", "handed_at")
    with op.batch_alter_table("message") as batch:
        batch.drop_index(op.f("ix_message_letter_id"))
        batch.drop_constraint(op.f("fk_message_letter_id_letter"), type_="foreignkey")
        batch.drop_column("letter_id")
    op.drop_index(op.f("ix_reply_decision_id"), "reply")
    op.drop_column("reply", "decision_id")
