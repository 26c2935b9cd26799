"""What holds of every translation: of which words it is, when it leaves the public page, what the public sees.

A translation is of the published words only. Whatever changes or takes away the published form calls `mark_stale` or
`forget_translations` in its own transaction, so that nothing hidden lives on in a translation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from involve.models import Publication, Translation
from involve.vocabulary.days import day_of

TARGETS = ("cy", "en")


@dataclass(frozen=True, slots=True)
class PublicTranslation:
    """A translation as everybody may read it. `second` says whether another person than its author checked it."""

    language: str
    text: str
    checked_on: date
    second: bool


def targets_of(language: str) -> tuple[str, ...]:
    """Return the languages into which a story told in *language* can be translated; told in both, it can have both."""
    return tuple(target for target in TARGETS if target != language)


def hash_text(text: str) -> str:
    """Return the mark of the words that a translation was made of (hexadecimal)."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def mark_stale(session: Session, story_id: int) -> None:
    """Take the translations of a story off the public pages until somebody looks at each: its words changed."""
    session.execute(
        update(Translation)
        .where(Translation.story_id == story_id, Translation.state != "questioned")
        .values(state="stale")
        .execution_options(synchronize_session="fetch")
    )


def forget_translations(session: Session, story_id: int) -> None:
    """Delete the translations of a story that is no longer published."""
    session.execute(
        delete(Translation)
        .where(Translation.story_id == story_id)
        .execution_options(synchronize_session="fetch")
    )


_PUBLISHED = (
    select(Translation)
    .where(Translation.story_id.in_(bindparam("stories", expanding=True)), Translation.state == "published")
    .order_by(Translation.language)
)


def public_translations(
    session: Session, publications: Iterable[Publication]
) -> Mapping[int, tuple[PublicTranslation, ...]]:
    """Return what may be read of translations, by story: checked, and of the very words that are published now."""
    published = {each.story_id: each for each in publications}
    rows = session.scalars(_PUBLISHED, {"stories": list(published)})
    found: dict[int, tuple[PublicTranslation, ...]] = {}
    for row in rows:
        publication = published[row.story_id]
        of_these_words = row.of_text_hash == hash_text(publication.text)
        if of_these_words and row.checked_at and row.language in targets_of(publication.language):
            public = PublicTranslation(
                row.language, row.text, day_of(row.checked_at), row.checked_by_id != row.user_id
            )
            found[row.story_id] = (*found.get(row.story_id, ()), public)
    return found
