"""A publication whose search keys change has changed: the topics that stand among them are counted."""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

BEFORE = "project_id, stage_id, language, area, told_as, published_at"
AFTER = BEFORE + ", keys"
SQLITE = """
create trigger publication_search_mark_publication_update after update of {columns} on publication
begin
    insert or replace into publication_search_mark
    select new.id, (select coalesce(max(mark), 0) + 1 from publication_search_mark);
end
"""
POSTGRES = """
create trigger publication_search_marks after insert or delete or update of {columns} on publication
for each row execute function publication_search_mark_publication()
"""


def upgrade() -> None:
    """Go to this revision."""
    _watch(AFTER)


def downgrade() -> None:
    """Go back from this revision."""
    _watch(BEFORE)


def _watch(columns: str) -> None:
    """Note a change of these columns, and of no others."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("drop trigger publication_search_mark_publication_update")
        op.execute(SQLITE.format(columns=columns))
    else:
        op.execute("drop trigger publication_search_marks on publication")
        op.execute(POSTGRES.format(columns=columns))
