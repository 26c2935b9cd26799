"""The six uses of a story that a person is asked about, in plain words, and the version of those words."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import entries_of, read_file
from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a story. `wording` is what a person agrees to; only `read` is a condition of sending.

    Every other use is asked apart, is off until the person ticks it, and may be refused without any loss.
    """

    id: str
    label: Bilingual
    wording: Bilingual
    required: bool


_DATA = read_file("consents")
# Stored with every answer, so that one can tell later what exactly was agreed to. Change it with any word.
WORDING_VERSION: str = _DATA["version"]
USES: tuple[Use, ...] = tuple(
    Use(entry.text("id"), entry.bilingual("label"), entry.bilingual("wording"), entry.text("id") == "read")
    for entry in entries_of(_DATA, "use")
)


def find_use(use_id: str) -> Use:
    """Return the use with that id.

    Raises:
        NotFound: there is none.
    """
    return find(USES, use_id)
