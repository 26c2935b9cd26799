"""All that a database holds, for tests that look for what it must not hold."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Base


def all_rows(session: Session) -> str:
    """Return every row of every table as text."""
    return "\n".join(
        f"{table.name}: {dict(row)!r}"
        for table in Base.metadata.sorted_tables
        for row in session.execute(select(table)).mappings()
    )
