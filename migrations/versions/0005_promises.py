"""Promises: when a stage was announced, changes of its rung, explanations, decisions, the panel, verdicts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("stage", sa.Column("announced_on", sa.Date(), nullable=True))
    _create_promises()
    _create_decisions()
    _create_verdicts()


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("verdict", "agreement", "seat", "decision", "duty_note", "rung_change"):
        op.drop_table(table)
    op.drop_column("stage", "announced_on")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _key(table: str, column: str, to: str, cascade: bool = False) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{to}.id"],
        name=op.f(f"fk_{table}_{column}_{to}"),
        ondelete="CASCADE" if cascade else None,
    )


def _create_promises() -> None:
    op.create_table(
        "rung_change",
        _number("id"),
        _number("stage_id"),
        *map(_text, ("from_ladder", "from_rung", "to_ladder", "to_rung", "reason_cy", "reason_en")),
        _moment("changed_at"),
        _number("user_id", nullable=True),
        _number("reply_id", nullable=True),
        _key("rung_change", "stage_id", "stage", cascade=True),
        _key("rung_change", "user_id", "user"),
        _key("rung_change", "reply_id", "reply"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung_change")),
    )
    op.create_index(op.f("ix_rung_change_stage_id"), "rung_change", ["stage_id"])
    op.create_table(
        "duty_note",
        _number("id"),
        _number("stage_id"),
        *map(_text, ("duty", "text_cy", "text_en")),
        _moment("written_at"),
        _number("user_id", nullable=True),
        _key("duty_note", "stage_id", "stage", cascade=True),
        _key("duty_note", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_note")),
        sa.UniqueConstraint("stage_id", "duty", name=op.f("uq_duty_note_stage_id_duty")),
    )


def _create_decisions() -> None:
    op.create_table(
        "decision",
        _number("id"),
        _number("project_id"),
        _number("stage_id"),
        *map(_text, ("title_cy", "title_en", "text_cy", "text_en", "change_cy", "change_en", "state")),
        _number("version"),
        _moment("created_at"),
        _moment("proposed_at", nullable=True),
        _moment("published_at", nullable=True),
        _number("user_id", nullable=True),
        sa.CheckConstraint("state in ('draft', 'proposed', 'published')", name=op.f("ck_decision_state")),
        sa.CheckConstraint(
            "(state = 'published') = (published_at is not null)", name=op.f("ck_decision_published_when")
        ),
        _key("decision", "project_id", "project"),
        _key("decision", "stage_id", "stage"),
        _key("decision", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_project_id"), "decision", ["project_id"])
    op.create_index(op.f("ix_decision_stage_id"), "decision", ["stage_id"])
    op.create_table(
        "seat",
        _number("id"),
        _number("project_id"),
        _number("story_id"),
        _text("state"),
        _moment("offered_at"),
        _moment("answered_at", nullable=True),
        _number("user_id", nullable=True),
        sa.CheckConstraint("state in ('offered', 'taken', 'left')", name=op.f("ck_seat_state")),
        _key("seat", "project_id", "project"),
        _key("seat", "story_id", "story", cascade=True),
        _key("seat", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("project_id", "story_id", name=op.f("uq_seat_project_id_story_id")),
    )
    op.create_table(
        "agreement",
        _number("id"),
        _number("decision_id"),
        _number("seat_id"),
        _number("version"),
        _text("verdict"),
        _text("reason"),
        _moment("given_at"),
        sa.CheckConstraint("verdict in ('agree', 'disagree')", name=op.f("ck_agreement_verdict")),
        _key("agreement", "decision_id", "decision", cascade=True),
        _key("agreement", "seat_id", "seat", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint(
            "decision_id", "seat_id", "version", name=op.f("uq_agreement_decision_id_seat_id_version")
        ),
    )
    op.create_index(op.f("ix_agreement_seat_id"), "agreement", ["seat_id"])


def _create_verdicts() -> None:
    op.create_table(
        "verdict",
        _number("story_id"),
        _number("influence_before", nullable=True),
        _number("influence_after", nullable=True),
        sa.Column("felt", sa.String(), nullable=True),
        sa.Column("changed", sa.String(), nullable=True),
        _moment("answered_at"),
        sa.CheckConstraint("influence_before between 1 and 5", name=op.f("ck_verdict_influence_before")),
        sa.CheckConstraint("influence_after between 1 and 5", name=op.f("ck_verdict_influence_after")),
        sa.CheckConstraint("changed in ('yes', 'partly', 'no')", name=op.f("ck_verdict_changed")),
        _key("verdict", "story_id", "story", cascade=True),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_verdict")),
    )
