"""Releasing a draft: from then on the machine tags by it, and its names are public, so both languages are demanded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from involve.errors import LanguageMissing, NotFound
from involve.services.codebook.books import CodebookView, ThemeView, draft_codebook, find_coded_project
from involve.services.codebook.drafting import lock_draft
from involve.services.staff.access import Actor
from involve.services.trail.record import record


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a draft from being released: `part` ('name', 'cues', …) of a theme has nothing in `language`."""

    theme: ThemeView
    part: str
    language: str


class CodebookIncomplete(LanguageMissing):
    """A theme lacks words in one of the languages, or the codebook has no theme at all."""


def find_missing(codebook: CodebookView) -> tuple[Missing, ...]:
    """Return what has to be written before a draft can be released.

    Names, definitions and cues are demanded in both languages; what belongs and what does not, in both or in neither.
    """
    return tuple(
        Missing(theme, part, language)
        for theme in codebook.active
        for part in ("name", "definition", "includes", "excludes", "cues")
        for language in ("cy", "en")
        if _is_missing(theme, part, language)
    )


def release_draft(session: Session, actor: Actor, slug: str, now: datetime) -> int:
    """Release the draft of a project and return its number; stories are tagged by it in the background.

    Raises:
        NotFound, NotAllowed: there is no draft, or no grant covers it.
        CodebookIncomplete: it has no theme, or something is missing in one language.
    """
    project = find_coded_project(session, actor, slug)
    row = lock_draft(session, project)
    draft = draft_codebook(session, project)
    if row is None or draft is None:
        raise NotFound("draft")
    if not draft.themes or find_missing(draft):
        raise CodebookIncomplete(slug)
    row.released_at, row.released_by = now, actor.user_id
    record(
        session,
        "codebook_released",
        "project",
        row.project_id,
        now,
        user_id=actor.user_id,
        version=row.number,
        themes=len(draft.active),
    )
    session.flush()
    return row.number


def _is_missing(theme: ThemeView, part: str, language: str) -> bool:
    if part == "cues":
        return not (theme.cues_cy if language == "cy" else theme.cues_en)
    words = getattr(theme, part)
    own, other = (words.cy, words.en) if language == "cy" else (words.en, words.cy)
    demanded = part in ("name", "definition") or bool(other.strip())
    return demanded and not own.strip()
