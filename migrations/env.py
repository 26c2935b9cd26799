"""How Alembic reaches the database: on the connection that the caller opened, in one transaction."""

from alembic import context
from sqlalchemy.schema import SchemaItem

from involve.models import Base

# Kept by triggers and by hand-written statements, so not among the models.
SEARCH_TABLES = "publication_search"


def include_object(_item: SchemaItem, name: str | None, kind: str, *_: object) -> bool:
    """Leave the full-text tables out when models and database are compared."""
    return not (kind in ("table", "index") and (name or "").startswith(SEARCH_TABLES))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=include_object,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
context.config.attributes["connection"].commit()
