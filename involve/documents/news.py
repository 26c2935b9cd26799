"""News in words: a heading, what is said of it, and where one reads on, in one language."""

from dataclasses import dataclass
from typing import Any

from involve.i18n import PageLanguage, format_date_in
from involve.services.following.follows import UNCONFIRMED
from involve.services.following.news import NewsItem
from involve.services.following.readers import FollowerReader
from involve.vocabulary.days import day_of
from involve.vocabulary.news import find_news_kind


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news in a letter: the day, what happened, and where one reads of it."""

    day: str
    heading: str
    link: str


def write_heading(item: NewsItem, language: PageLanguage) -> str:
    """Return what happened to what, on one line."""
    heading = find_news_kind(item.kind).heading.in_language(language)
    return " ".join(f"{heading}: {item.name.in_language(language)}".split())


def write_link(item: NewsItem, language: PageLanguage, root: str) -> str:
    """Return the address of the page on which one reads of it; *root* is the site's, without a slash at its end."""
    path = find_news_kind(item.kind).path.in_language(language)
    return root + path.format(slug=item.slug, project_id=item.project_id, decision_id=item.decision_id)


def write_words(item: NewsItem, language: PageLanguage) -> str:
    """Return the body's own words about it, with the day that matters before them; empty where there are none."""
    label = find_news_kind(item.kind).day
    lines = []
    if label is not None and item.day is not None:
        lines.append(f"{label.in_language(language)}: {format_date_in(item.day, language)}")
    if item.words is not None:
        lines.append(item.words.in_language(language))
    return "\n\n".join(lines)


def write_letter_news(reader: FollowerReader, language: PageLanguage, root: str) -> dict[str, Any]:
    """Return what a letter to a follower says: what it asks about, or what happened, oldest first; no other words."""
    lines = [
        Line(
            format_date_in(day_of(item.moment), language),
            write_heading(item, language),
            write_link(item, language, root),
        )
        for item in reversed(reader.news)
    ]
    thing = "" if reader.thing is None else " ".join(reader.thing.name.in_language(language).split())
    return {"thing": thing, "lines": lines, "days": UNCONFIRMED.days}
