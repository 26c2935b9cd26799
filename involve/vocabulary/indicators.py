"""The fifty national indicators, and which goals a story about each may touch."""

from dataclasses import dataclass
from datetime import date

from involve.vocabulary.data_file import Entry, entries_of, read_file
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator(Named):
    """A national indicator. Pages show `name`, our own short label, and a title only where it is official.

    `suggested_goals` are ids of goals by our own reading and never to be shown as the official mapping, which
    is `official_goals`: None, for the published one was not found. `suggested_topics` are ids of topics of the text, by
    our own reading too: stories about them speak of what the indicator measures. None where no topic does.
    """

    number: int
    title_cy: str | None
    title_en: str
    added_2021: bool
    suggested_goals: tuple[str, ...]
    suggested_topics: tuple[str, ...]
    official_goals: tuple[str, ...] | None = None

    def official_title(self, language: str) -> str | None:
        """Return the title in *language* (cy or en) as it was published, or None where that is not verified."""
        title = self.title_cy if language == "cy" else self.title_en
        return title if self.is_official(f"title_{language}") else None


def _indicator(entry: Entry) -> Indicator:
    return Indicator(
        **entry.named(),
        number=entry.number("number"),
        title_cy=entry.optional_text("title_cy"),
        title_en=entry.text("title_en"),
        added_2021=bool(entry.fields.get("added_2021", False)),
        suggested_goals=entry.texts("suggested_goals"),
        suggested_topics=entry.texts("suggested_topics"),
    )


_DATA = read_file("indicators")
INDICATORS: tuple[Indicator, ...] = tuple(_indicator(entry) for entry in entries_of(_DATA, "indicator"))
# The day the set was laid before the Senedd; a review was announced in 2024 and its outcome is not known to us.
LAID_ON: date = _DATA["laid_on"]


def find_indicator(indicator_id: str) -> Indicator:
    """Return the indicator with that id (ni01 to ni50).

    Raises:
        NotFound: there is none.
    """
    return find(INDICATORS, indicator_id)
