"""Whose words stand for a finding: the most typical that may be quoted, and the most typical of those against it.

The rule is that of `text.themes.quotations`, for each language by itself; the languages take turns, so that neither is
left out. Of a story the words are quoted from the first sentence on that speaks of the finding, in whole sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.public_story import PublicStory
from involve.services.findings.looked_at import LOOKED_INTO, MOST_QUOTED_FROM
from involve.services.returns.quotations import cut, span_from
from involve.services.translations.translation_rows import PublicTranslation
from involve.text.query import read_query
from involve.text.search import index_keys
from involve.text.sentences import split_sentences
from involve.text.themes.quotations import choose_quotations

# Sentences of one story that are read for the words of a search.
_MOST_SENTENCES = 40


@dataclass(frozen=True, slots=True)
class Translated:
    """The same sentences in another language, by a person."""

    text: str
    made: PublicTranslation


@dataclass(frozen=True, slots=True)
class Passage:
    """Published words that their teller lets be quoted, and where the whole story is found.

    `translated` holds the same sentences where a translation is published that has as many sentences; `elsewhere` says
    that there is a translation of which nobody can tell which sentences these are.
    """

    reference: str
    text: str
    language: str
    area: str | None
    told_as: str
    published_on: date
    translated: tuple[Translated, ...]
    elsewhere: bool


def choose_passages(stories: Sequence[PublicStory], wanted: EvidenceFilter, most: int) -> tuple[Passage, ...]:
    """Return at most so many passages, each of another story, of those that may be quoted; always the same ones."""
    quotable = [each for each in stories if each.quotable][:MOST_QUOTED_FROM]
    queues = [
        _rank([each for each in quotable if each.language == "cy"], most),
        _rank([each for each in quotable if each.language == "en"], most),
        _rank([each for each in quotable if each.language not in ("cy", "en")], most),
    ]
    turns = [each for each in chain(*zip_longest(*queues)) if each is not None]
    return tuple(_quote(each, wanted) for each in turns[:most])


def _rank(stories: Sequence[PublicStory], most: int) -> list[PublicStory]:
    """Return the most typical stories of one language, the most typical first, none that repeats another."""
    texts = [each.text[:LOOKED_INTO] for each in stories]
    return [stories[at] for at in choose_quotations(texts, ["mixed"] * len(texts), most).typical]


def _quote(story: PublicStory, wanted: EvidenceFilter) -> Passage:
    start, stop = span_from(story.text, find_beginning(story, wanted))
    translated = tuple(
        Translated(same, each)
        for each in story.translations
        if (same := find_same(story.text, each.text, start, stop)) is not None
    )
    return Passage(
        story.reference,
        cut(story.text, start, stop),
        story.language,
        story.area,
        story.told_as,
        story.published_on,
        translated,
        len(translated) < len(story.translations),
    )


def find_beginning(story: PublicStory, wanted: EvidenceFilter) -> int:
    """Return where the first sentence begins that speaks of the finding.

    It speaks of it when it has a word of the search, else when a tag that was asked for rests on it, else any tag.
    Nothing of it: the start of the story.
    """
    sentences = split_sentences(story.text)
    groups = [word.keys for word in read_query(wanted.words).words]
    for sentence in sentences[:_MOST_SENTENCES] if groups else ():
        keys = set(index_keys(sentence.text))
        if any(keys & group for group in groups):
            return sentence.start
    asked = [tag for tag in story.tags if (tag.scheme, tag.concept) in wanted.concepts]
    found = [start for tag in asked or story.tags for start, _end in tag.passages]
    return next((s.start for s in sentences if any(s.start <= at < s.end for at in found)), 0)


def find_same(text: str, other: str, start: int, stop: int) -> str | None:
    """Return the sentences of *other* in the places of those of *text* from *start* to *stop*.

    None where the two have not as many sentences, or the cut goes through one.
    """
    here, there = split_sentences(text), split_sentences(other)
    places = [at for at, each in enumerate(here) if start <= each.start and each.end <= stop]
    if len(here) != len(there) or not places:
        return None
    return cut(other, there[places[0]].start, there[places[-1]].end)
