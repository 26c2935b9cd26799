"""Which words of a story matter to what was asked for: those searched for, or those behind the tags of a filter."""

from functools import lru_cache

from involve.services.evidence.filters import SCHEMES, EvidenceFilter
from involve.services.evidence.public_story import PublicStory, PublicTag
from involve.text.query import Place, Query, find_marks, read_query
from involve.text.topics import load_topics

_REMEMBERED = 2_000


def marks_of(story: PublicStory, wanted: EvidenceFilter) -> tuple[Place, ...]:
    """Return where the words stand that a page marks (code points); those of all tags where nothing is asked for."""
    if wanted.words.strip() or wanted.topic:
        return _searched(story.text, wanted.words, wanted.topic)
    return tuple(place for tag in story.tags if _is_meant(tag, wanted) for place in tag.passages)


def _is_meant(tag: PublicTag, wanted: EvidenceFilter) -> bool:
    """Whether a tag is one that was asked for, or nothing of the kind was."""
    asked = [getattr(wanted, scheme) for scheme in SCHEMES]
    fits = not any(asked) or (tag.scheme, tag.concept) in wanted.concepts
    return fits and wanted.stance in (None, tag.stance)


# A story is read a few times while somebody looks through a list: most of its words need reading once.
@lru_cache(_REMEMBERED)
def _searched(text: str, words: str, topic: str | None) -> tuple[Place, ...]:
    query = read_query(words)
    if topic:
        query = Query(
            words=query.words, topics=(*query.topics, *(each for each in load_topics() if each.id == topic))
        )
    return find_marks(text, query)
