"""Which topics the published words name, in whichever language: as sets of publications."""

from dataclasses import dataclass

from pyroaring import BitMap

from involve.services.evidence.facet_index import FacetIndex
from involve.text.topics import load_topics


@dataclass(frozen=True, slots=True)
class Said:
    """A topic (its id) with the publications that name it."""

    topic: str
    numbers: BitMap


def find_said(index: FacetIndex, fitting: BitMap) -> tuple[Said, ...]:
    """Return the topics that *fitting* publications name, that of the most first.

    Only topics that belong to a goal; the others say how things are done.
    """
    topics = (topic.id for topic in load_topics() if topic.goals)
    said = (Said(topic, index.bearing("topic", topic) & fitting) for topic in topics)
    return tuple(
        sorted((each for each in said if each.numbers), key=lambda each: (-len(each.numbers), each.topic))
    )
