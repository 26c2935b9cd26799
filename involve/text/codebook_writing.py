"""Writes the themes of a codebook file anew, as JSON or as REFI-QDA."""

import json
from collections.abc import Sequence
from typing import Any

from involve.text.concepts import Concept
from involve.text.refi import GROUPS, Code, code_of_theme, write_refi


def as_json(themes: Sequence[Concept]) -> bytes:
    """Return themes as a JSON file, in the shape that is read."""
    tables = [_table(theme) for theme in themes]
    return (json.dumps({"themes": tables}, ensure_ascii=False, indent=2) + "\n").encode()


def as_refi(themes: Sequence[Concept]) -> bytes:
    """Return themes as a REFI-QDA codebook, in one group."""
    parts = tuple(code_of_theme(theme, theme.id) for theme in themes)
    return write_refi([Code("group", "theme", GROUPS["theme"], parts=parts)], "Involve")


def _table(theme: Concept) -> dict[str, Any]:
    said = {
        "name": theme.name,
        "definition": theme.definition,
        "includes": theme.belongs,
        "excludes": theme.excludes,
    }
    words = {part: {"cy": each.cy, "en": each.en} for part, each in said.items() if each.cy or each.en}
    cues = {side: [word for cue in theme.cues for word in getattr(cue, side)] for side in ("cy", "en")}
    return {"id": theme.id, **words, "cues": cues}
