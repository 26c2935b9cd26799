"""Words searched for in what is published, in both languages at once, by each database’s own index."""

from sqlalchemy import ColumnElement, func, text
from sqlalchemy.orm import Session

from involve.models import Publication
from involve.services.publishing.keys import encode_keys
from involve.text.search import query_keys

LONGEST_QUERY = 200


def holds_words(session: Session, words: str) -> ColumnElement[bool]:
    """Return the condition that the published words hold every word of the search, in any of its forms."""
    groups = [encode_keys(sorted(keys)) for keys in query_keys(words[:LONGEST_QUERY]) if keys]
    if not groups:
        return Publication.id < 0
    if session.get_bind().dialect.name == "sqlite":
        match = " AND ".join("(" + " OR ".join(group) + ")" for group in groups)
        found = text("select rowid from publication_search where publication_search match :match")
        return Publication.id.in_(found.bindparams(match=match).columns(Publication.id))
    match = " & ".join("(" + " | ".join(group) + ")" for group in groups)
    return func.to_tsvector(text("'simple'"), Publication.keys).op("@@")(
        func.to_tsquery(text("'simple'"), match)
    )
