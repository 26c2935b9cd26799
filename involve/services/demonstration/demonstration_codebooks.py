"""The codebooks of the demonstration: by which themes its invented staff sort what people say in a project."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from involve.services.codebook.drafting import ThemeDraft, save_theme
from involve.services.codebook.releasing import release_draft
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual

_WORDS = ("name", "definition", "includes", "excludes")


def add_codebooks(session: Session, data: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Write and release each codebook, so that stories told afterwards are tagged by it at once."""
    for book in data["codebook"]:
        at = now - timedelta(days=book["released"])
        for theme in book["theme"]:
            save_theme(session, actor, book["project"], "", _draft(theme), at)
        release_draft(session, actor, book["project"], at)


def _draft(theme: Mapping[str, Any]) -> ThemeDraft:
    words = {part: Bilingual(**theme[part]) for part in _WORDS if part in theme}
    return ThemeDraft(**words, cues_cy=tuple(theme["cues_cy"]), cues_en=tuple(theme["cues_en"]))
