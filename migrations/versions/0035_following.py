"""Following by e-mail: addresses, what each follows, the letters to them, and what each was told."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

LANGUAGES = "language in ('cy', 'en')"
PACES = "pace in ('at_once', 'daily', 'weekly', 'monthly')"


def upgrade() -> None:
    """Go to this revision."""
    _add_followers()
    _add_follows()
    _add_letters()
    _add_told()


def downgrade() -> None:
    """Go back from this revision."""
    # Older software would take letters to followers for letters to nobody.
    op.execute("delete from letter where id in (select letter_id from follower_letter)")
    for table in ("follower_told", "follower_letter", "follow", "follower"):
        op.drop_table(table)


def _add_followers() -> None:
    op.create_table(
        "follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("pace", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_follower_language")),
        sa.CheckConstraint(PACES, name=op.f("ck_follower_pace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("mark", name=op.f("uq_follower_mark")),
    )


def _add_follows() -> None:
    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("pace", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_follow_language")),
        sa.CheckConstraint(PACES, name=op.f("ck_follow_pace")),
        _foreign("follow", "follower_id", "follower", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint(
            "follower_id", "kind", "subject", name=op.f("uq_follow_follower_id_kind_subject")
        ),
    )


def _add_letters() -> None:
    op.create_table(
        "follower_letter",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("follow_id", sa.Integer(), nullable=True),
        _foreign("follower_letter", "letter_id", "letter", "CASCADE"),
        _foreign("follower_letter", "follower_id", "follower", "CASCADE"),
        _foreign("follower_letter", "follow_id", "follow", "SET NULL"),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_follower_letter")),
    )
    op.create_index(op.f("ix_follower_letter_follower_id"), "follower_letter", ["follower_id"])
    op.create_index(op.f("ix_follower_letter_follow_id"), "follower_letter", ["follow_id"])


def _add_told() -> None:
    op.create_table(
        "follower_told",
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        _foreign("follower_told", "follower_id", "follower", "CASCADE"),
        _foreign("follower_told", "letter_id", "letter", "CASCADE"),
        sa.PrimaryKeyConstraint("follower_id", "news", name=op.f("pk_follower_told")),
    )
    op.create_index(op.f("ix_follower_told_letter_id"), "follower_told", ["letter_id"])


def _foreign(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), ondelete=ondelete
    )
