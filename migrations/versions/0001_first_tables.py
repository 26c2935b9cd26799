"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name_cy", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("register_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("slug", name=op.f("uq_body_slug")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("state in ('due', 'leased', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_due", "job", ["state", "due_at"])
    op.create_table(
        "signpost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_cy", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("purpose_cy", sa.String(), nullable=False),
        sa.Column("purpose_en", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("hours_cy", sa.String(), nullable=False),
        sa.Column("hours_en", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signpost")),
        sa.UniqueConstraint("slug", name=op.f("uq_signpost_slug")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("invitation_hash", sa.String(), nullable=True),
        sa.Column("invitation_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
        sa.UniqueConstraint("invitation_hash", name=op.f("uq_user_invitation_hash")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_event_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_subject", "event", ["subject", "subject_id", "at"])
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name_cy", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("summary_cy", sa.String(), nullable=False),
        sa.Column("summary_en", sa.String(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_project_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("slug", name=op.f("uq_project_slug")),
    )
    op.create_index(op.f("ix_project_body_id"), "project", ["body_id"])
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint(
            "role in ('worker', 'intermediary', 'moderator', 'analyst', 'decision_maker', 'administrator')",
            name=op.f("ck_membership_role"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_membership_body_id_body")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_membership_project_id_project")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_membership_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "user_id",
            "body_id",
            "project_id",
            "role",
            name=op.f("uq_membership_user_id_body_id_project_id_role"),
        ),
    )
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("text_cy", sa.String(), nullable=True),
        sa.Column("text_en", sa.String(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not public or (text_cy is not null and text_en is not null)",
            name=op.f("ck_reply_public_in_both"),
        ),
        sa.CheckConstraint("text_cy is not null or text_en is not null", name=op.f("ck_reply_some_words")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_reply_project_id_project")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reply_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_project_id"), "reply", ["project_id"])
    op.create_table(
        "stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("question_cy", sa.String(), nullable=False),
        sa.Column("question_en", sa.String(), nullable=False),
        sa.Column("undecided_cy", sa.String(), nullable=False),
        sa.Column("undecided_en", sa.String(), nullable=False),
        sa.Column("decided_cy", sa.String(), nullable=False),
        sa.Column("decided_en", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_stage_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint("project_id", "kind", name=op.f("uq_stage_project_id_kind")),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("page_language", sa.String(), nullable=False),
        sa.Column("reply_language", sa.String(), nullable=False),
        sa.Column("told_as", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_hash", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("source_key", sa.String(), nullable=True),
        sa.Column("personal", sa.JSON(), nullable=False),
        sa.Column("risk", sa.JSON(), nullable=False),
        sa.Column("spam", sa.JSON(), nullable=False),
        sa.Column("at_risk", sa.Boolean(), nullable=False),
        sa.Column("tagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("reply_language in ('cy', 'en')", name=op.f("ck_story_reply_language")),
        sa.CheckConstraint(
            "state in ('received', 'published', 'held', 'declined', 'withdrawn')", name=op.f("ck_story_state")
        ),
        sa.CheckConstraint("told_as in ('own', 'on_behalf')", name=op.f("ck_story_told_as")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_story_project_id_project")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_story_stage_id_stage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("client_hash", name=op.f("uq_story_client_hash")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_story_code_hash")),
        sa.UniqueConstraint(
            "project_id", "source", "source_key", name=op.f("uq_story_project_id_source_source_key")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_story_reference")),
    )
    op.create_index("ix_story_queue", "story", ["project_id", "state", "at_risk", "received_at"])
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("wording_version", sa.String(), nullable=False),
        sa.Column("wording_language", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "use in ('read', 'publish', 'quote', 'share', 'research', 'learn')", name=op.f("ck_consent_use")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_consent_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_story_id"), "consent", ["story_id"])
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('due', 'sent', 'failed', 'read')", name=op.f("ck_message_state")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["reply.id"], name=op.f("fk_message_reply_id_reply"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_message_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "reply_id", "story_id", "channel", name=op.f("uq_message_reply_id_story_id_channel")
        ),
    )
    op.create_index(op.f("ix_message_story_id"), "message", ["story_id"])
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("told_as", sa.String(), nullable=False),
        sa.Column("quotable", sa.Boolean(), nullable=False),
        sa.Column("keys", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_publication_project_id_project")
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_publication_stage_id_stage")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_publication_story_id_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("reference", name=op.f("uq_publication_reference")),
        sa.UniqueConstraint("story_id", name=op.f("uq_publication_story_id")),
    )
    op.create_index("ix_publication_area", "publication", ["area", "id"])
    op.create_index("ix_publication_language", "publication", ["language", "id"])
    op.create_index("ix_publication_project", "publication", ["project_id", "id"])
    op.create_index("ix_publication_published_at", "publication", ["published_at"])
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_redaction_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_redaction_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
    )
    op.create_index(op.f("ix_redaction_story_id"), "redaction", ["story_id"])
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(voice = 'machine') = (state = 'suggested')", name=op.f("ck_tag_machine_suggests")
        ),
        sa.CheckConstraint("scheme in ('goal', 'way', 'theme')", name=op.f("ck_tag_scheme")),
        sa.CheckConstraint("stance in ('strength', 'concern', 'idea', 'mixed')", name=op.f("ck_tag_stance")),
        sa.CheckConstraint("state in ('suggested', 'confirmed', 'rejected')", name=op.f("ck_tag_state")),
        sa.CheckConstraint("voice in ('machine', 'participant', 'staff')", name=op.f("ck_tag_voice")),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_tag_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_tag_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint(
            "story_id", "scheme", "concept", "voice", name=op.f("uq_tag_story_id_scheme_concept_voice")
        ),
    )
    op.create_table(
        "publication_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("concept", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_tag_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_tag")),
        sa.UniqueConstraint(
            "publication_id",
            "scheme",
            "concept",
            name=op.f("uq_publication_tag_publication_id_scheme_concept"),
        ),
    )
    op.create_index(
        "ix_publication_tag_concept", "publication_tag", ["scheme", "concept", "stance", "publication_id"]
    )


def downgrade() -> None:
    """Go back from this revision: drop every table, dependants first."""
    for table in (
        "publication_tag",
        "tag",
        "redaction",
        "publication",
        "message",
        "consent",
        "story",
        "stage",
        "reply",
        "membership",
        "project",
        "event",
        "user",
        "signpost",
        "job",
        "body",
    ):
        op.drop_table(table)
