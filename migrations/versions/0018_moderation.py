"""The moderation desk: signs of abuse, copies of stories, and what moderators did, step by step."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# As the bits of `involve/vocabulary/noticed.py` were when this was written.
NOTICED = """
update story set noticed =
    (case when cast(personal as text) in ('[]', 'null') then 0 else 1 end)
    + (case when at_risk then 2 else 0 end)
    + (case when cast(spam as text) in ('[]', 'null') then 0 else 8 end)
"""
QUEUE = ("project_id", "state", "at_risk", "received_at")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("story", sa.Column("abuse", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("story", sa.Column("noticed", sa.Integer(), nullable=False, server_default="0"))
    op.execute(NOTICED)
    op.drop_index("ix_story_queue", "story")
    op.create_index("ix_story_queue", "story", [*QUEUE, "id", "language", "noticed"])
    _add_copies()
    _add_judgement()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("judgement", "likeness", "copy_key"):
        op.drop_table(table)
    op.drop_index("ix_story_queue", "story")
    op.create_index("ix_story_queue", "story", QUEUE)
    for column in ("noticed", "abuse"):
        op.drop_column("story", column)


def _points_at(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _add_copies() -> None:
    op.create_table(
        "copy_key",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("story_id", "project_id")),
        sa.Column("key", sa.BigInteger(), nullable=False),
        _points_at("copy_key", "story_id", "story", "CASCADE"),
        _points_at("copy_key", "project_id", "project"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_key")),
    )
    op.create_index(op.f("ix_copy_key_story_id"), "copy_key", ["story_id"])
    op.create_index("ix_copy_key_project_id_key", "copy_key", ["project_id", "key"])
    op.create_table(
        "likeness",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("story_id", "first_id")),
        _points_at("likeness", "story_id", "story", "CASCADE"),
        _points_at("likeness", "first_id", "story", "CASCADE"),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_likeness")),
    )
    op.create_index(op.f("ix_likeness_first_id"), "likeness", ["first_id"])


def _add_judgement() -> None:
    people = ("user_id", "reviewed_by", "undone_by")
    op.create_table(
        "judgement",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "story_id")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("verdict", "state_before")),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("reason", "sentence", "language", "together")
        ),
        sa.Column("spans_before", sa.JSON(), nullable=True),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("hid", "pending")),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in people),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("reviewed_at", "undone_at")
        ),
        sa.CheckConstraint(
            "verdict in ('redacted', 'published', 'held', 'declined')", name=op.f("ck_judgement_verdict")
        ),
        sa.CheckConstraint("language in ('cy', 'en')", name=op.f("ck_judgement_language")),
        _points_at("judgement", "story_id", "story", "CASCADE"),
        *(_points_at("judgement", name, "user") for name in people),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_story_id"), "judgement", ["story_id"])
    op.create_index(op.f("ix_judgement_together"), "judgement", ["together"])
