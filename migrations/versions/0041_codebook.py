"""Codebooks of projects in versions, and by which version each story was read."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

TEXTS = (
    "name_cy",
    "name_en",
    "definition_cy",
    "definition_en",
    "includes_cy",
    "includes_en",
    "excludes_cy",
    "excludes_en",
)


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "codebook_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_codebook_version_counted")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_codebook_version_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["user.id"], name=op.f("fk_codebook_version_started_by_user")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["user.id"], name=op.f("fk_codebook_version_released_by_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_version")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_codebook_version_project_id_number")),
    )
    _add_themes()
    op.create_table(
        "theme_reading",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_theme_reading_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["codebook_version.id"],
            name=op.f("fk_theme_reading_version_id_codebook_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_theme_reading")),
    )
    op.create_index(op.f("ix_theme_reading_version_id"), "theme_reading", ["version_id"])


def downgrade() -> None:
    """Go back from this revision; themes go with the codebooks that named them."""
    op.execute("delete from publication_tag where scheme = 'theme'")
    op.execute("delete from tag where scheme = 'theme'")
    for table in ("theme_reading", "codebook_theme", "codebook_version"):
        op.drop_table(table)


def _add_themes() -> None:
    op.create_table(
        "codebook_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        sa.Column("cues_cy", sa.JSON(), nullable=False),
        sa.Column("cues_en", sa.JSON(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["codebook_version.id"],
            name=op.f("fk_codebook_theme_version_id_codebook_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["user.id"], name=op.f("fk_codebook_theme_changed_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_theme")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_codebook_theme_version_id_key")),
    )
