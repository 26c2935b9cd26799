"""Remarks: what staff and the teller of a story say to each other by code."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "remark",
        *_columns(),
        _check("voice", "voice in ('participant', 'staff')"),
        _check("kind", "kind in ('question', 'remark', 'answer', 'declined')"),
        _check("staff_ask", "kind <> 'question' or voice = 'staff'"),
        _check("language", "language in ('cy', 'en', 'mixed', 'und')"),
        _key("story_id", "story", "CASCADE"),
        _key("about_id", "remark", "CASCADE"),
        _key("user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index("ix_remark_story", "remark", ["story_id", "id"])


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_table("remark")


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("voice", "kind", "text", "language")),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
    ]


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_remark_{name}"))


def _key(column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_remark_{column}_{to}"), ondelete=ondelete
    )
