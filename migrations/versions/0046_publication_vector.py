"""What a published story means, as numbers; it goes with the published words of which it was made."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TRIGGER = "publication_vector_forget"
OTHER_WORDS = "old.text is distinct from new.text or old.language is distinct from new.language"


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "publication_vector",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_vector_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication_vector")),
    )
    forget = "delete from publication_vector where publication_id = new.id;"
    occasion = f"{TRIGGER} after update of text, language on publication for each row when"
    if op.get_bind().dialect.name == "sqlite":
        # Older versions of SQLite know no other words for it.
        changed = OTHER_WORDS.replace("is distinct from", "is not")
        op.execute(f"create trigger {occasion} {changed} begin {forget} end")
    else:
        op.execute(
            f"create function {TRIGGER}() returns trigger language plpgsql "
            f"as $$begin {forget} return null; end$$"
        )
        op.execute(f"create trigger {occasion} ({OTHER_WORDS}) execute function {TRIGGER}()")


def downgrade() -> None:
    """Go back from this revision."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"drop trigger {TRIGGER}")
    else:
        op.execute(f"drop trigger {TRIGGER} on publication")
        op.execute(f"drop function {TRIGGER}()")
    op.drop_table("publication_vector")
