"""One mark for all the words of a file: it says whether everything in it is still public as it was."""

from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.public_story import PublicStory
from involve.services.evidence.published import published_rows
from involve.services.translations.translation_rows import PublicTranslation, public_translations


class Digest:
    """The mark of stories that are added one after another. A tag that somebody answers does not change it."""

    def __init__(self) -> None:
        self._hash = sha256()

    def add(self, story: PublicStory | Any, translations: tuple[PublicTranslation, ...]) -> None:
        """Add a story: what it says, and what its teller allows of it."""
        said = (story.reference, story.text, story.language, story.area, story.told_as, story.quotable)
        others = [(each.language, each.text) for each in translations]
        self._hash.update(repr((*said, *others)).encode("utf-8", "surrogatepass"))

    def read(self) -> str:
        """Return the mark (hexadecimal)."""
        return self._hash.hexdigest()


def digest_now(session: Session, wanted: EvidenceFilter, up_to: int) -> str:
    """Return the mark of what fits *wanted* now, of the publications up to that id."""
    digest = Digest()
    for rows in published_rows(session, wanted, up_to):
        translated = public_translations(session, rows)
        for row in rows:
            digest.add(row, translated.get(row.story_id, ()))
    return digest.read()
