"""Themes made together in a reading session, their passages, and what each reader says of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    _add_session()
    _add_theme()
    _add_passage()
    _add_word()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("theme_word", "theme_passage", "theme", "reading_session"):
        op.drop_table(table)


def _points_at(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _add_session() -> None:
    op.create_table(
        "reading_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        _points_at("reading_session", "stage_id", "stage"),
        _points_at("reading_session", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_session")),
        sa.UniqueConstraint("stage_id", name=op.f("uq_reading_session_stage_id")),
    )


def _add_theme() -> None:
    numbers = ("story_id", "user_id", "asked_into_id", "merged_into_id")
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name_cy", "name_en", "voice")),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in numbers),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("voice in ('machine', 'participant', 'staff')", name=op.f("ck_theme_voice")),
        sa.CheckConstraint("(story_id is null) or (user_id is null)", name=op.f("ck_theme_one_person")),
        sa.CheckConstraint("name_cy <> '' or name_en <> ''", name=op.f("ck_theme_named")),
        _points_at("theme", "session_id", "reading_session", "CASCADE"),
        _points_at("theme", "story_id", "story", "SET NULL"),
        _points_at("theme", "user_id", "user"),
        _points_at("theme", "asked_into_id", "theme", "SET NULL"),
        _points_at("theme", "merged_into_id", "theme", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("session_id", "topic", name=op.f("uq_theme_session_id_topic")),
    )
    op.create_index(op.f("ix_theme_story_id"), "theme", ["story_id"])


def _add_passage() -> None:
    op.create_table(
        "theme_passage",
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("id", "theme_id", "publication_id", "start", "stop")
        ),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("0 <= start and start < stop", name=op.f("ck_theme_passage_some_words")),
        sa.CheckConstraint(
            "voice in ('machine', 'participant', 'staff')", name=op.f("ck_theme_passage_voice")
        ),
        _points_at("theme_passage", "theme_id", "theme", "CASCADE"),
        _points_at("theme_passage", "publication_id", "publication", "CASCADE"),
        _points_at("theme_passage", "story_id", "story", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_passage")),
        sa.UniqueConstraint(
            "theme_id", "publication_id", "start", name=op.f("uq_theme_passage_theme_id_publication_id_start")
        ),
    )
    for column in ("publication_id", "story_id"):
        op.create_index(op.f(f"ix_theme_passage_{column}"), "theme_passage", [column])


def _add_word() -> None:
    op.create_table(
        "theme_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(story_id is null) <> (user_id is null)", name=op.f("ck_theme_word_one_person")),
        sa.CheckConstraint("verdict in ('agree', 'disagree')", name=op.f("ck_theme_word_verdict")),
        _points_at("theme_word", "theme_id", "theme", "CASCADE"),
        _points_at("theme_word", "story_id", "story", "CASCADE"),
        _points_at("theme_word", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_word")),
        sa.UniqueConstraint("theme_id", "story_id", name=op.f("uq_theme_word_theme_id_story_id")),
        sa.UniqueConstraint("theme_id", "user_id", name=op.f("uq_theme_word_theme_id_user_id")),
    )
    op.create_index(op.f("ix_theme_word_story_id"), "theme_word", ["story_id"])
