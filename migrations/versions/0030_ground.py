"""What a decision stands on and what came of it: question, options, themes, passages, outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

WORDS = ("question_cy", "question_en", "decided_by_cy", "decided_by_en")
COUNTS = ("passages_then", "stories_then", "heard_then")


def upgrade() -> None:
    """Go to this revision."""
    # Columns without a constraint are added in place: other tables lead to this one.
    for name in WORDS:
        op.add_column("decision", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("decided_on", sa.Date(), nullable=True))
    for name in COUNTS:
        op.add_column("decision", sa.Column(name, sa.Integer(), nullable=True))
    _add_options()
    _add_themes()
    _add_passages()
    _add_outcomes()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("outcome", "decision_passage", "decision_theme", "decision_option"):
        op.drop_table(table)
    for name in (*WORDS, "decided_on", *COUNTS):
        op.drop_column("decision", name)


def _add_options() -> None:
    op.create_table(
        "decision_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_cy", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("reason_cy", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=False),
        _foreign("decision_option", "decision_id", "decision", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_option")),
        sa.UniqueConstraint("decision_id", "position", name=op.f("uq_decision_option_decision_id_position")),
    )


def _add_themes() -> None:
    op.create_table(
        "decision_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("scheme", sa.String(), nullable=True),
        sa.Column("concept", sa.String(), nullable=True),
        sa.Column("name_cy", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("reason_cy", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("stories_then", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "standing in ('open', 'followed', 'not_followed')", name=op.f("ck_decision_theme_standing")
        ),
        sa.CheckConstraint("voice in ('machine', 'staff')", name=op.f("ck_decision_theme_voice")),
        sa.CheckConstraint(
            "(scheme is null) = (concept is null)", name=op.f("ck_decision_theme_concept_whole")
        ),
        sa.CheckConstraint("theme_id is null or concept is null", name=op.f("ck_decision_theme_one_kind")),
        _foreign("decision_theme", "decision_id", "decision", "CASCADE"),
        _foreign("decision_theme", "theme_id", "theme", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_theme")),
        sa.UniqueConstraint("decision_id", "theme_id", name=op.f("uq_decision_theme_decision_id_theme_id")),
        sa.UniqueConstraint(
            "decision_id", "scheme", "concept", name=op.f("uq_decision_theme_decision_id_scheme_concept")
        ),
    )
    op.create_index(op.f("ix_decision_theme_theme_id"), "decision_theme", ["theme_id"])


def _add_passages() -> None:
    op.create_table(
        "decision_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("0 <= start and start < stop", name=op.f("ck_decision_passage_some_words")),
        sa.CheckConstraint("side in ('for', 'against')", name=op.f("ck_decision_passage_side")),
        _foreign("decision_passage", "decision_id", "decision", "CASCADE"),
        _foreign("decision_passage", "publication_id", "publication", "CASCADE"),
        _foreign("decision_passage", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_passage")),
        sa.UniqueConstraint(
            "decision_id",
            "publication_id",
            "start",
            name=op.f("uq_decision_passage_decision_id_publication_id_start"),
        ),
    )
    op.create_index(op.f("ix_decision_passage_publication_id"), "decision_passage", ["publication_id"])


def _add_outcomes() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("text_cy", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status in ('agreed', 'under_way', 'done', 'not_done')", name=op.f("ck_outcome_status")
        ),
        _foreign("outcome", "decision_id", "decision", "CASCADE"),
        _foreign("outcome", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index("ix_outcome_decision_id", "outcome", ["decision_id", "on_day", "id"])


def _foreign(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), ondelete=ondelete
    )
