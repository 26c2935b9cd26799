"""What happened as an Atom feed (RFC 4287) in one language: every id stays, and every moment is that of a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from involve import __version__
from involve.documents.news import write_heading, write_link, write_words
from involve.i18n import PageLanguage, other_language
from involve.services.following.news import NewsItem
from involve.services.following.things import Thing

ATOM = "application/atom+xml"
# The newest; whoever looks less often finds the rest on the pages.
MOST_ENTRIES = 50
# What a tag needs beside the name of the site (RFC 4151): a day on which the site had it. It must never change.
SINCE = "2026"
# When nothing has happened yet, a feed was last changed before anything could.
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
# What no XML can hold.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feed stands. `root` is the site's address; `own` and `twin` are those of the feed in each language.

    `page` is the page that says the same to people. All but the root are paths.
    """

    root: str
    own: str
    twin: str
    page: str
    # Where a feed of several pages begins and goes on (RFC 5005), where it does.
    first: str = ""
    more: str = ""


def last_updated(items: Sequence[NewsItem]) -> datetime:
    """Return when anything in a feed of *items* was last changed."""
    return max((item.updated for item in items[:MOST_ENTRIES]), default=BEFORE)


def write_feed(thing: Thing, items: Sequence[NewsItem], language: PageLanguage, place: Place) -> bytes:
    """Return the feed of what is followed, with the newest of *items*, which are in that order already."""
    name = thing.name.in_language(language)
    feed = begin_feed(f"feed/{thing.kind}/{thing.subject}", f"Involve: {name}", language, place)
    feed.updated(last_updated(items))
    for item in items[:MOST_ENTRIES]:
        feed.add_entry(_entry(item, language, place.root), order="append")
    written: bytes = feed.atom_str(pretty=True)
    return written


def begin_feed(known_as: str, title: str, language: PageLanguage, place: Place) -> FeedGenerator:
    """Return a feed with all that stands before its entries, but for when it was last changed."""
    feed = FeedGenerator()
    feed.id(make_tag(place.root, language, known_as))
    feed.title(plain(title))
    feed.language(language)
    feed.author(name="Involve", uri=place.root)
    feed.generator("Involve", __version__)
    feed.link(href=place.root + place.own, rel="self", type=ATOM)
    feed.link(href=place.root + place.page, rel="alternate", type="text/html", hreflang=language)
    feed.link(href=place.root + place.twin, rel="alternate", type=ATOM, hreflang=other_language(language))
    for rel, path in (("first", place.first), ("next", place.more)):
        if path:
            feed.link(href=place.root + path, rel=rel, type=ATOM)
    return feed


def _entry(item: NewsItem, language: PageLanguage, root: str) -> FeedEntry:
    """Return the entry of one thing that happened; it keeps its id in that language for good."""
    entry = FeedEntry()
    entry.id(make_tag(root, language, f"news/{item.key}"))
    entry.title(plain(write_heading(item, language)))
    entry.updated(item.updated)
    entry.published(item.moment)
    entry.author(name=plain(item.body.in_language(language)))
    # Without a kind it is where one reads the same; the library writes no more of an entry's link than its address.
    entry.link(href=write_link(item, language, root))
    if words := write_words(item, language):
        entry.summary(plain(words))
    return entry


def make_tag(root: str, language: str, rest: str) -> str:
    """Return an id that is nobody else's, made from the name of the site."""
    return f"tag:{urlsplit(root).hostname},{SINCE}:{language}/{rest}"


def plain(words: str) -> str:
    """Return words without what no XML can hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", words)
