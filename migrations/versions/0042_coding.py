"""Coding by hand: rounds, their stories, their coders, and what each marked."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    _add_rounds()
    op.create_table(
        "coder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        _of("coder", "round_id", "coding_round"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_coder_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coder")),
        sa.UniqueConstraint("round_id", "user_id", name=op.f("uq_coder_round_id_user_id")),
    )
    op.create_table(
        "coded_story",
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("coding_story_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        _of("coded_story", "coder_id", "coder"),
        _of("coded_story", "coding_story_id", "coding_story"),
        sa.PrimaryKeyConstraint("coder_id", "coding_story_id", name=op.f("pk_coded_story")),
    )
    op.create_index(op.f("ix_coded_story_coding_story_id"), "coded_story", ["coding_story_id"])
    _add_passages()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("coded_passage", "coded_story", "coder", "coding_story", "coding_round"):
        op.drop_table(table)


def _add_rounds() -> None:
    op.create_table(
        "coding_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_coding_round_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["codebook_version.id"],
            name=op.f("fk_coding_round_version_id_codebook_version"),
        ),
        sa.ForeignKeyConstraint(["started_by"], ["user.id"], name=op.f("fk_coding_round_started_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_round")),
    )
    op.create_index(op.f("ix_coding_round_project_id"), "coding_round", ["project_id"])
    op.create_table(
        "coding_story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _of("coding_story", "round_id", "coding_round"),
        _of("coding_story", "publication_id", "publication"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_story")),
        sa.UniqueConstraint(
            "round_id", "publication_id", name=op.f("uq_coding_story_round_id_publication_id")
        ),
    )
    op.create_index(op.f("ix_coding_story_publication_id"), "coding_story", ["publication_id"])


def _add_passages() -> None:
    op.create_table(
        "coded_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("coding_story_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(), nullable=True),
        sa.CheckConstraint("0 <= start and start < stop", name=op.f("ck_coded_passage_some_words")),
        sa.CheckConstraint(
            "stance in ('strength', 'concern', 'idea', 'mixed')", name=op.f("ck_coded_passage_stance")
        ),
        _of("coded_passage", "coder_id", "coder"),
        _of("coded_passage", "coding_story_id", "coding_story"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coded_passage")),
        sa.UniqueConstraint(
            "coder_id",
            "coding_story_id",
            "theme",
            "start",
            name=op.f("uq_coded_passage_coder_id_coding_story_id_theme_start"),
        ),
    )
    op.create_index(op.f("ix_coded_passage_coding_story_id"), "coded_passage", ["coding_story_id"])


def _of(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    """Return the key by which a row goes with its owner."""
    name = op.f(f"fk_{table}_{column}_{owner}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")
