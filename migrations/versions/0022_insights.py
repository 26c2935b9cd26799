"""Insights that staff log: how they were heard, what was read in them, what was answered, what says the same."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

CHECKS = {
    "band": "band is null or band in ('one', 'few', 'some', 'many')",
    "how": "how is null or how in ('own', 'colleague', 'several')",
}
NEW = ("user_id", "band", "how", "area", "idea", "wants_letter", "personal", "risk", "at_risk", "keys")


def upgrade() -> None:
    """Go to this revision."""
    # No table leads to this one yet, so that SQLite may build it anew.
    with op.batch_alter_table("insight") as batch:
        batch.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        for name in ("band", "how", "area", "idea"):
            batch.add_column(sa.Column(name, sa.String(), nullable=True))
        for name in ("wants_letter", "at_risk"):
            batch.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in ("personal", "risk"):
            batch.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("keys", sa.String(), nullable=False, server_default=""))
        for name in ("corrected_at", "withdrawn_at"):
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f("fk_insight_user_id_user"), "user", ["user_id"], ["id"])
        for name in ("band", "how"):
            batch.create_check_constraint(op.f(f"ck_insight_{name}"), CHECKS[name])
        batch.create_index(op.f("ix_insight_user_id"), ["user_id"])
    _add_tags()
    _add_answers()
    _add_links()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("insight_link", "insight_told", "insight_answer", "insight_tag"):
        op.drop_table(table)
    # One that was taken back is a line without words, and the older software would show it.
    op.execute("delete from insight where withdrawn_at is not null")
    with op.batch_alter_table("insight") as batch:
        batch.drop_index(op.f("ix_insight_user_id"))
        batch.drop_constraint(op.f("fk_insight_user_id_user"), type_="foreignkey")
        for name in ("band", "how"):
            batch.drop_constraint(op.f(f"ck_insight_{name}"), type_="check")
        for name in (*NEW, "corrected_at", "withdrawn_at"):
            batch.drop_column(name)


def _add_tags() -> None:
    op.create_table(
        "insight_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        _foreign("insight_tag", "insight_id", "insight", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_tag")),
        sa.UniqueConstraint(
            "insight_id", "scheme", "concept", name=op.f("uq_insight_tag_insight_id_scheme_concept")
        ),
    )


def _add_answers() -> None:
    op.create_table(
        "insight_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("text_cy", sa.String(), nullable=True),
        sa.Column("text_en", sa.String(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome in ('heard', 'looking', 'decided', 'changed', 'cannot')",
            name=op.f("ck_insight_answer_outcome"),
        ),
        sa.CheckConstraint(
            "outcome <> 'cannot' or text_cy is not null or text_en is not null",
            name=op.f("ck_insight_answer_cannot_says_why"),
        ),
        _foreign("insight_answer", "project_id", "project"),
        _foreign("insight_answer", "decision_id", "decision"),
        _foreign("insight_answer", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_answer")),
    )
    op.create_index(op.f("ix_insight_answer_project_id"), "insight_answer", ["project_id"])
    op.create_table(
        "insight_told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        _foreign("insight_told", "answer_id", "insight_answer", "CASCADE"),
        _foreign("insight_told", "insight_id", "insight", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_told")),
        sa.UniqueConstraint("answer_id", "insight_id", name=op.f("uq_insight_told_answer_id_insight_id")),
    )
    op.create_index(op.f("ix_insight_told_insight_id"), "insight_told", ["insight_id"])


def _add_links() -> None:
    op.create_table(
        "insight_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(story_id is null) <> (other_id is null)", name=op.f("ck_insight_link_one_other")
        ),
        sa.CheckConstraint("verdict in ('same', 'different')", name=op.f("ck_insight_link_verdict")),
        _foreign("insight_link", "insight_id", "insight", "CASCADE"),
        _foreign("insight_link", "story_id", "story", "CASCADE"),
        _foreign("insight_link", "other_id", "insight", "CASCADE"),
        _foreign("insight_link", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_link")),
        sa.UniqueConstraint("insight_id", "story_id", name=op.f("uq_insight_link_insight_id_story_id")),
        sa.UniqueConstraint("insight_id", "other_id", name=op.f("uq_insight_link_insight_id_other_id")),
    )
    for name in ("story_id", "other_id"):
        op.create_index(op.f(f"ix_insight_link_{name}"), "insight_link", [name])


def _foreign(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), ondelete=ondelete
    )
