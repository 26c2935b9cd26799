"""Ballots: options that are put forward for a stage, and what each code voted."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    _create_ballots()
    _create_options()
    _create_votes()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("vote", "option", "ballot"):
        op.drop_table(table)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _create_ballots() -> None:
    op.create_table(
        "ballot",
        _number("id"),
        _number("stage_id"),
        *map(_text, ("question_cy", "question_en", "method")),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        _moment("opened_at", nullable=True),
        _number("version"),
        _moment("created_at"),
        _number("user_id", nullable=True),
        _check("ballot", "method", "method in ('approval', 'ranked')"),
        _check("ballot", "days", "opens_on <= closes_on"),
        _key("ballot", "stage_id", "stage"),
        _key("ballot", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    op.create_index(op.f("ix_ballot_stage_id"), "ballot", ["stage_id"])


def _create_options() -> None:
    op.create_table(
        "option",
        _number("id"),
        _number("ballot_id"),
        *map(_text, ("title_cy", "title_en", "text_cy", "text_en", "voice", "state")),
        _number("story_id", nullable=True),
        _text("language", nullable=True),
        _text("reason", nullable=True),
        _number("position"),
        _check("option", "voice", "voice in ('staff', 'participant')"),
        _check("option", "state", "state in ('proposed', 'accepted', 'declined')"),
        _check("option", "language", "language in ('cy', 'en')"),
        _check("option", "both_languages", "state <> 'accepted' or (title_cy <> '' and title_en <> '')"),
        _key("option", "ballot_id", "ballot", "CASCADE"),
        _key("option", "story_id", "story", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option")),
    )
    op.create_index(op.f("ix_option_ballot_id"), "option", ["ballot_id"])
    op.create_index(op.f("ix_option_story_id"), "option", ["story_id"])


def _create_votes() -> None:
    op.create_table(
        "vote",
        _number("id"),
        _number("ballot_id"),
        _number("story_id"),
        sa.Column("choices", sa.JSON(), nullable=False),
        _moment("cast_at"),
        _key("vote", "ballot_id", "ballot", "CASCADE"),
        _key("vote", "story_id", "story", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("ballot_id", "story_id", name=op.f("uq_vote_ballot_id_story_id")),
    )
    op.create_index(op.f("ix_vote_story_id"), "vote", ["story_id"])
