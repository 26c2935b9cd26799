"""Appeals: tellers who ask that a second person looks at what was decided of their story."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

RULES = {
    "verdict": "verdict in ('held', 'declined')",
    "language": "language in ('cy', 'en', 'mixed', 'und')",
    "sentence_language": "sentence_language in ('cy', 'en')",
    "decided": "(decided_at is null) = (upheld is null)",
}


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "appeal",
        *_columns(),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_appeal_{name}")) for name, rule in RULES.items()),
        _key("story_id", "story", "CASCADE"),
        _key("judgement_id", "judgement", "CASCADE"),
        _key("user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("judgement_id", name=op.f("uq_appeal_judgement_id")),
    )
    op.create_index(op.f("ix_appeal_story_id"), "appeal", ["story_id"])
    op.add_column("story", sa.Column("visited_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back from this revision."""
    op.drop_column("story", "visited_at")
    op.drop_table("appeal")


def _columns() -> list[sa.Column[object]]:
    texts, moments = ("words", "sentence", "sentence_language"), ("decided_at", "seen_at")
    return [
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "story_id", "judgement_id")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("verdict", "language")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in texts),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in moments),
    ]


def _key(column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_appeal_{column}_{to}"), ondelete=ondelete
    )
