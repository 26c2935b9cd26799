"""Published stories as an Atom feed (RFC 4287), a page at a time (RFC 5005), with words in their own language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension

from involve.documents.feeds import BEFORE, Place, begin_feed, make_tag, plain
from involve.i18n import LANGUAGES, PageLanguage
from involve.services.evidence.public_story import PublicStory

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CONTENT = "{http://www.w3.org/2005/Atom}content"


@dataclass(frozen=True, slots=True)
class FeedWords:
    """The site's own words in a feed, in its language: its title, that of a story, and where no words may stand.

    `known_as` tells this feed from others, for good.
    """

    known_as: str
    title: str
    story: Callable[[PublicStory], str]
    unquoted: str


class Spoken(BaseEntryExtension):  # type: ignore[misc]
    """The language of the words of a story, which is not always that of the feed."""

    language = ""

    def extend_atom(self, entry: Any) -> Any:
        """Write the language on the words."""
        for content in entry.iter("content", CONTENT):
            content.set(LANG, self.language)
        return entry


def write_stories_feed(
    stories: tuple[PublicStory, ...],
    words: FeedWords,
    language: PageLanguage,
    place: Place,
    link: Callable[[PublicStory], str],
) -> bytes:
    """Return the feed of *stories*, the newest first; *link* gives the path of a story's page.

    The words of a story stand in it only where its teller agreed to be quoted: others are told where to read it.
    """
    feed = begin_feed(words.known_as, words.title, language, place)
    feed.updated(max((_moment(story.published_on) for story in stories), default=BEFORE))
    for story in stories:
        feed.add_entry(_entry(story, words, language, place.root, link(story)), order="append")
    written: bytes = feed.atom_str(pretty=True)
    return written


def _entry(story: PublicStory, words: FeedWords, language: PageLanguage, root: str, path: str) -> FeedEntry:
    """Return the entry of one story; it keeps its id in that language for good."""
    entry = FeedEntry()
    entry.id(make_tag(root, language, f"story/{story.reference}"))
    entry.title(plain(words.story(story)))
    entry.published(_moment(story.published_on))
    entry.updated(_moment(story.published_on))
    entry.author(name=plain(story.project.in_language(language)))
    entry.link(href=root + path)
    if not story.quotable:
        entry.summary(plain(words.unquoted))
        return entry
    entry.content(plain(story.text), type="text")
    entry.register_extension("spoken", extension_class_entry=Spoken, atom=True, rss=False)
    entry.spoken.language = story.language if story.language in LANGUAGES else ""
    return entry


def _moment(day: date) -> datetime:
    """Return the beginning of a day: nothing public says at what hour a story was published."""
    return datetime.combine(day, time(), UTC)
