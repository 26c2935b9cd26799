"""One line of what happened to a story, or is to happen."""

from dataclasses import dataclass
from datetime import date

from involve.i18n import format_date


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: what happened, the day in words and as a machine reads it (both empty for what has no day).

    `ahead` marks what has not happened yet. `quote` is what a member of staff wrote, in the language `quote_lang`.
    `link` leads to more, at `href`.
    """

    title: str
    date: str = ""
    iso: str = ""
    text: str = ""
    ahead: bool = False
    quote: str = ""
    quote_lang: str = ""
    link: str = ""
    href: str = ""


def on_day(title: str, day: date, ahead: bool = False, text: str = "") -> Happening:
    """Return a line with its day."""
    return Happening(title, format_date(day), day.isoformat(), text, ahead)
