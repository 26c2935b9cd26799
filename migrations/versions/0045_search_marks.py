"""Whatever public pages of evidence show leaves a mark when it changes, so that a process can remember whole stories.

All of a publication, its translations, and what stands beside: names of projects, bodies and themes, and who was heard.
These last concern no single story; their mark is that of number 0.
"""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

# Columns of a publication that were watched before.
BEFORE = "project_id, stage_id, language, area, told_as, published_at"
VERBS = ("insert", "update", "delete")
BESIDE = ("project", "body", "codebook_version", "heard_count")
NEXT = "(select coalesce(max(mark), 0) + 1 from publication_search_mark)"
NOTED = """
begin
    insert into publication_search_mark
    select number, cast(cast(pg_current_xact_id() as text) as bigint) from (CHANGED) as changed (number)
    on conflict (publication_id) do update set mark = excluded.mark;
    return null;
end
"""


def upgrade() -> None:
    """Go to this revision."""
    _watch_publications(None)
    for table in ("translation", *BESIDE):
        _watch(table)


def downgrade() -> None:
    """Go back from this revision."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("translation", *BESIDE):
        for verb in VERBS if sqlite else ():
            op.execute(f"drop trigger publication_search_mark_{table}_{verb}")
        if not sqlite:
            op.execute(f'drop trigger publication_search_marks on "{table}"')
            op.execute(f"drop function publication_search_mark_{table}()")
    op.execute("delete from publication_search_mark where publication_id = 0")
    _watch_publications(BEFORE)


def _watch(table: str) -> None:
    """Note each change of a table: of translations by the publication, of others by number 0."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in VERBS:
            row = "old" if verb == "delete" else "new"
            changed = "id" if table == "translation" else "0"
            story = f" from publication where story_id = {row}.story_id" if table == "translation" else ""
            noted = f"select {changed}, {NEXT}{story}"
            op.execute(
                f"create trigger publication_search_mark_{table}_{verb} after {verb} on {table} begin "
                f"insert or replace into publication_search_mark {noted}; end"
            )
        return
    story = "select id from publication where story_id = coalesce(new.story_id, old.story_id)"
    noted = NOTED.replace("CHANGED", story if table == "translation" else "select 0")
    op.execute(
        f"create function publication_search_mark_{table}() returns trigger language plpgsql as $${noted}$$"
    )
    op.execute(
        f'create trigger publication_search_marks after insert or update or delete on "{table}" '
        f"for each row execute function publication_search_mark_{table}()"
    )


def _watch_publications(columns: str | None) -> None:
    """Note a change of these columns of a publication, or of any."""
    update = f"update of {columns}" if columns else "update"
    if op.get_bind().dialect.name == "sqlite":
        op.execute("drop trigger publication_search_mark_publication_update")
        op.execute(
            f"create trigger publication_search_mark_publication_update after {update} on publication begin "
            f"insert or replace into publication_search_mark select new.id, {NEXT}; end"
        )
    else:
        op.execute("drop trigger publication_search_marks on publication")
        op.execute(
            f"create trigger publication_search_marks after insert or delete or {update} on publication "
            "for each row execute function publication_search_mark_publication()"
        )
