"""Which topics the published words name, in whichever language: as sets of publications, by the search index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import ColumnElement, bindparam, func, literal, select, text, union_all
from sqlalchemy.orm import Session

from involve.models import Publication
from involve.services.evidence.facet_index import FacetIndex
from involve.services.publishing.keys import encode_keys
from involve.text.topics import Topic, load_topics


@dataclass(frozen=True, slots=True)
class Said:
    """A topic (its id) with the publications that name it."""

    topic: str
    numbers: BitMap


def find_said(session: Session, index: FacetIndex, fitting: BitMap) -> tuple[Said, ...]:
    """Return the topics that *fitting* publications name, that of the most first, by one query.

    Only topics that belong to a goal; the others say how things are done.
    """
    topics = [topic for topic in load_topics() if topic.goals]
    sets = dict(index.choices("topic")) or _read_topics(session, topics)
    said = (Said(topic.id, sets[topic.id] & fitting) for topic in topics if topic.id in sets)
    return tuple(
        sorted((each for each in said if each.numbers), key=lambda each: (-len(each.numbers), each.topic))
    )


def _read_topics(session: Session, topics: Sequence[Topic]) -> Mapping[str, BitMap]:
    """Return the publications that name each topic."""
    asked = union_all(
        *(select(literal(topic.id), Publication.id).where(_names(session, topic)) for topic in topics)
    )
    found: dict[str, list[int]] = {topic.id: [] for topic in topics}
    for name, number in session.execute(asked):
        found[name].append(number)
    return {name: BitMap(numbers) for name, numbers in found.items()}


def _names(session: Session, topic: Topic) -> ColumnElement[bool]:
    (key,) = encode_keys(("0topic" + topic.id.replace("_", ""),))
    if session.get_bind().dialect.name == "sqlite":
        found = text("select rowid from publication_search where publication_search match :key")
        asked = found.bindparams(bindparam("key", key, unique=True))
        return Publication.id.in_(asked.columns(Publication.id))
    keys = func.to_tsvector(text("'simple'"), Publication.keys)
    return keys.op("@@")(func.to_tsquery(text("'simple'"), key))
