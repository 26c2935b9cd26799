"""What exactly somebody agreed to: each answer about each use, with the words that they read, for ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Consent
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.consents import USES, find_wording
from involve.vocabulary.days import day_of


@dataclass(frozen=True, slots=True)
class Agreed:
    """One answer. `words` is None where no page asked: of an import, say. `language` is that of the page."""

    use: str
    label: Bilingual
    given: bool
    version: str
    language: str
    words: str | None
    answered_on: date


def list_agreed(session: Session, story_id: int) -> tuple[Agreed, ...]:
    """Return every answer about a story, the newest first, and of one moment in the order in which uses are asked."""
    rows = session.scalars(select(Consent).where(Consent.story_id == story_id))
    order = {use.id: place for place, use in enumerate(USES)}
    newest = sorted(rows, key=lambda row: order[row.use])
    return tuple(_agreed(row) for row in sorted(newest, key=lambda row: row.answered_at, reverse=True))


def agreed_now(answers: Iterable[Agreed]) -> tuple[Agreed, ...]:
    """Return of *answers*, the newest first, the last about each use, in the order in which uses are asked."""
    last: dict[str, Agreed] = {}
    for answer in answers:
        last.setdefault(answer.use, answer)
    return tuple(last[use.id] for use in USES if use.id in last)


def _agreed(row: Consent) -> Agreed:
    label = next(use.label for use in USES if use.id == row.use)
    try:
        words = find_wording(row.use, row.wording_version).in_language(row.wording_language)
    except NotFound:
        words = None
    return Agreed(
        row.use,
        label,
        row.given,
        row.wording_version,
        row.wording_language,
        words,
        day_of(row.answered_at),
    )
