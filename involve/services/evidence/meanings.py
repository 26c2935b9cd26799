"""What published stories mean, kept beside each as numbers: made while nothing else waits, by the extra `embeddings`.

It is made of published words alone. The database deletes it with the publication, and when the words change, so what is
to be done is computed from the rows: what is public and has no numbers of this model.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import SettingsError
from involve.models import Publication, PublicationVector
from involve.services.evidence.facet_index import changed_since, mark_now
from involve.text.meaning import can_embed
from involve.text.nearness import meaning_mark, nearness, pack_meanings

LOG = logging.getLogger(__name__)
# At once: about a second of work, whatever the stories are, so that a letter that comes meanwhile waits no longer.
STORIES, SIGNS = 8, 3_000
# Under these names is remembered since which mark nothing was to be done, and that the model does not work here.
_MEMORY, _AILING = "meanings", "meanings_ailing"


def keep_meanings(factory: SessionFactory) -> int:
    """Make what some published stories mean, the newest first, and return of how many; none without the extra."""
    memory = factory.kw["info"]["memory"]
    if not can_embed() or _AILING in memory:
        return 0
    try:
        made_by = meaning_mark()
        with factory() as session:
            rows = _due(session, made_by)
        packed = pack_meanings([(row.text, row.language) for row in rows]) if rows else ()
    except (ImportError, OSError, RuntimeError, SettingsError) as error:
        # Whoever looks for work has letters to send, whatever ails the model: this process leaves it alone.
        LOG.warning("What stories mean cannot be made (%s).", type(error).__name__)
        memory[_AILING] = True
        return 0
    return _keep(factory, made_by, dict(zip(rows, packed, strict=True))) if rows else 0


def _keep(factory: SessionFactory, made_by: str, packed: Mapping[Any, bytes]) -> int:
    """Keep what was made of rows whose words are still public and the same; return of how many."""
    with transaction(factory) as session:
        # Whoever changes or takes back one of them at this moment is not waited for.
        query = _words([row.id for row in packed]).with_for_update(skip_locked=True)
        standing = [row for row in session.execute(query) if row in packed]
        for row in standing:
            session.merge(PublicationVector(publication_id=row.id, model=made_by, vector=packed[row]))
    return len(standing)


def near_in_meaning(session: Session, number: int, others: Collection[int]) -> dict[int, float]:
    """Return how near those of the *others* of which it is known are to a publication; none where it is not known."""
    asked = PublicationVector.publication_id.in_((number, *others))
    rows = session.execute(
        select(PublicationVector.publication_id, PublicationVector.model, PublicationVector.vector).where(
            asked
        )
    )
    packed = {each: (model, vector) for each, model, vector in rows}
    if number not in packed:
        return {}
    made_by, own = packed.pop(number)
    return nearness(own, {each: vector for each, (model, vector) in packed.items() if model == made_by})


def _due(session: Session, made_by: str) -> Sequence[Any]:
    """Return the next few publications of which it is not known what they mean."""
    memory, mark = session.info.setdefault("memory", {}), mark_now(session)
    known = memory.get(_MEMORY)
    # Looking through all of them costs a tenth of a second at 100,000.
    if known is not None and known <= mark and not changed_since(session, known):
        return ()
    has = and_(PublicationVector.publication_id == Publication.id, PublicationVector.model == made_by)
    found = session.scalars(
        select(Publication.id)
        .outerjoin(PublicationVector, has)
        .where(PublicationVector.publication_id.is_(None))
        .order_by(Publication.id.desc())
        .limit(STORIES)
    ).all()
    if not found:
        memory[_MEMORY] = mark
        return ()
    rows = session.execute(_words(found).order_by(Publication.id.desc())).all()
    signs = accumulate(len(row.text) for row in rows)
    return rows[: max(1, sum(so_far <= SIGNS for so_far in signs))]


def _words(numbers: Collection[int]) -> "Select[int, str, str]":
    return select(Publication.id, Publication.text, Publication.language).where(Publication.id.in_(numbers))
