"""The six uses of a story that a person is asked about, and every wording in which they were ever asked."""

from dataclasses import dataclass

from involve.errors import NotFound
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, read_entries
from involve.vocabulary.terms import find

# Ends the version of a wording with which somebody also expressly agreed to the use of sensitive information.
EXPRESS = "+express"


@dataclass(frozen=True, slots=True)
class Wording:
    """What people read since a day (ISO 8601). `express` is added where a body rests on express consent."""

    since: str
    words: Bilingual
    express: Bilingual | None

    def in_full(self, expressly: bool) -> Bilingual:
        """Return the words, with those of express consent where it is asked for and there are any."""
        if not (expressly and self.express):
            return self.words
        return Bilingual(f"{self.words.cy} {self.express.cy}", f"{self.words.en} {self.express.en}")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a story. Its last wording is what a person agrees to now; only `read` is a condition of sending.

    Every other use is asked apart, is off until the person ticks it, and may be refused without any loss.
    """

    id: str
    label: Bilingual
    wordings: tuple[Wording, ...]
    required: bool

    @property
    def wording(self) -> Bilingual:
        """What a person reads now."""
        return self.wordings[-1].words

    def wording_now(self, expressly: bool) -> Bilingual:
        """Return what a person reads now, where a body asks for express consent or not."""
        return self.wordings[-1].in_full(expressly)

    def version_now(self, expressly: bool) -> str:
        """Return the version to store with an answer given now."""
        newest = self.wordings[-1]
        return WORDING_VERSION + (EXPRESS if expressly and newest.express else "")


def _use(entry: Entry) -> Use:
    wordings = (
        Wording(each.text("since"), each.bilingual("words"), each.optional_bilingual("express"))
        for each in entry.entries("wording")
    )
    id_ = entry.text("id")
    return Use(id_, entry.bilingual("label"), tuple(wordings), id_ == "read")


USES: tuple[Use, ...] = tuple(map(_use, read_entries("consents", "use")))
# The day since which the words as a whole are as they are; stored with every answer.
WORDING_VERSION: str = max(wording.since for use in USES for wording in use.wordings)


def find_use(use_id: str) -> Use:
    """Return the use with that id.

    Raises:
        NotFound: there is none.
    """
    return find(USES, use_id)


def find_wording(use_id: str, version: str) -> Bilingual:
    """Return what exactly somebody agreed to, or did not, whose answer was stored with that version.

    Raises:
        NotFound: there is no such use, or nothing was asked in that version (an import, say).
    """
    day = version.removesuffix(EXPRESS)
    read = [each for each in find_use(use_id).wordings if each.since <= day]
    if not read or not day[:1].isdigit():
        raise NotFound(version)
    return read[-1].in_full(day != version)
