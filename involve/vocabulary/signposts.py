"""Where someone can turn at once: the first facts, which administrators then keep up to date on the site."""

from dataclasses import dataclass
from datetime import date

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, read_entries
from involve.vocabulary.provenance import CONFIDENCES, Confidence
from involve.vocabulary.terms import find


@dataclass(frozen=True, kw_only=True, slots=True)
class Signpost:
    """A service to turn to. `reach` is a telephone number; `source` the pages that were read, with what is known of
    their dates. `checked_on` is the day they were read, None where none was; only verified ones are for the public.
    """

    id: str
    name: Bilingual
    purpose: Bilingual
    reach: str
    hours: Bilingual
    source: str
    confidence: Confidence
    checked_on: date | None

    @property
    def verified(self) -> bool:
        """Whether the number and hours were seen in a public source."""
        return self.confidence == "verified"


def _signpost(entry: Entry) -> Signpost:
    confidence = entry.text("confidence")
    if confidence not in CONFIDENCES:
        raise ValueError(f"{entry.text('id')} has the unknown confidence {confidence!r}")
    return Signpost(
        id=entry.text("id"),
        name=entry.bilingual("name"),
        purpose=entry.bilingual("purpose"),
        reach=entry.text("reach"),
        hours=entry.bilingual("hours"),
        source=entry.text("source"),
        confidence=confidence,
        checked_on=entry.fields.get("checked_on"),
    )


SIGNPOSTS: tuple[Signpost, ...] = tuple(_signpost(entry) for entry in read_entries("signposts", "signpost"))


def find_signpost(signpost_id: str) -> Signpost:
    """Return the first facts about a service.

    Raises:
        NotFound: there are none.
    """
    return find(SIGNPOSTS, signpost_id)
