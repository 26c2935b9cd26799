"""A codebook as a file that `involve tag --codebook` reads: written as JSON, TOML or REFI-QDA, and taken in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from involve import __version__
from involve.errors import BadInput
from involve.services.codebook.books import ThemeView, as_concepts, find_coded_project
from involve.services.codebook.drafting import (
    KEY,
    LONGEST_KEY,
    ThemeDraft,
    ThemeRefused,
    add_row,
    check_theme,
    open_draft,
    stamp,
    write_row,
)
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.text.codebook_file import Findings, Problem, parse_bytes, read_themes
from involve.text.concepts import Bilingual as Said
from involve.text.concepts import Concept
from involve.text.refi import GROUPS, Code, code_of_theme, describe, write_refi
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import GOALS, Goal
from involve.vocabulary.ways import WAYS, Way

LARGEST_FILE = 400_000
_BILINGUAL = ("name", "definition", "includes", "excludes")


class CodebookRefused(BadInput):
    """A file cannot be taken in; `problems` says why, one by one, and nothing of it was taken."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("codebook")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: themes added, changed, and left as they were."""

    added: int
    changed: int
    same: int


def write_codebook(themes: Sequence[ThemeView], form: str) -> str:
    """Return the themes that are not retired as a file: *form* is 'json', 'toml' or 'qdc'.

    Reading it gives the same again, but that a line of REFI-QDA (qdc) ends in one way only.
    """
    if form == "qdc":
        return write_refi(refi_codes(themes), f"Involve {__version__}").decode()
    tables = [_table(theme) for theme in themes if not theme.retired]
    if form == "json":
        return json.dumps({"themes": tables}, ensure_ascii=False, indent=2) + "\n"
    blocks = ("\n".join(f"{name} = {_toml(value)}" for name, value in table.items()) for table in tables)
    return "\n".join(f"[[themes]]\n{block}\n" for block in blocks) or "themes = []\n"


def refi_codes(themes: Sequence[ThemeView]) -> list[Code]:
    """Return goals, ways and a project's themes that are not retired as codes, in groups."""
    active = [theme for theme in themes if not theme.retired]
    own = tuple(
        code_of_theme(*each)
        for each in zip(as_concepts(active), (theme.key for theme in active), strict=True)
    )
    fixed = [_group(kind) for kind in ("goal", "way")]
    return [*fixed, Code("group", "theme", GROUPS["theme"], parts=own)] if own else fixed


def _group(kind: str) -> Code:
    """Return the goals or the ways as a group of codes, with what each means."""
    concepts: Sequence[Goal | Way] = GOALS if kind == "goal" else WAYS
    codes = (
        Code(
            kind,
            each.id,
            Said(each.name.cy, each.name.en),
            describe({"definition": Said(each.gloss.cy, each.gloss.en)}),
        )
        for each in concepts
    )
    return Code("group", kind, GROUPS[kind], parts=tuple(codes))


def take_in(session: Session, actor: Actor, slug: str, name: str, data: bytes, now: datetime) -> TakenIn:
    """Take the themes of a file called *name* into the draft: known ids are changed, others added, none retired.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
        CodebookRefused: the file is too large or has an error; nothing is taken.
    """
    find_coded_project(session, actor, slug)
    drafts = _read(name, data)
    version = open_draft(session, actor, slug, now)
    rows = {row.key: row for row in version.themes}
    added = changed = 0
    for key, draft in drafts:
        row = rows.get(key)
        try:
            row = row or add_row(version, draft, actor, now, key)
        except ThemeRefused as error:
            raise CodebookRefused([Problem(key, str(error), error.problem)]) from error
        new, parts = key not in rows, write_row(row, draft)
        if new or parts or row.retired:
            row.retired = False
            stamp(row, actor, now)
            added, changed = added + new, changed + (not new)
    session.flush()
    record(
        session,
        "codebook_imported",
        "project",
        version.project_id,
        now,
        user_id=actor.user_id,
        version=version.number,
        added=added,
        changed=changed,
    )
    return TakenIn(added, changed, len(drafts) - added - changed)


def _read(name: str, data: bytes) -> list[tuple[str, ThemeDraft]]:
    """Return the themes of a file by their ids.

    Raises:
        CodebookRefused: it cannot be read so.
    """
    found = Findings()
    if len(data) > LARGEST_FILE:
        raise CodebookRefused([Problem(name, "is too large", "too_large")])
    table = parse_bytes(data, name, found)
    concepts = read_themes(table, found) if table is not None else ()
    drafts = [(concept.id, _draft(concept)) for concept in concepts]
    for key, draft in drafts if not found.errors else ():
        if not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
            found.refuse(key, "must be small letters, digits and hyphens", "key")
        try:
            check_theme(draft)
        except ThemeRefused as error:
            found.refuse(key, str(error), error.problem)
    if found.errors:
        raise CodebookRefused(found.errors)
    return drafts


def _draft(concept: Concept) -> ThemeDraft:
    return ThemeDraft(
        name=Bilingual(concept.name.cy, concept.name.en),
        definition=Bilingual(concept.definition.cy, concept.definition.en),
        includes=Bilingual(concept.belongs.cy, concept.belongs.en),
        excludes=Bilingual(concept.excludes.cy, concept.excludes.en),
        cues_cy=tuple(word for cue in concept.cues for word in cue.cy),
        cues_en=tuple(word for cue in concept.cues for word in cue.en),
    )


def _table(theme: ThemeView) -> dict[str, Any]:
    """Return a theme as the table that a file holds."""
    words = {part: getattr(theme, part) for part in _BILINGUAL}
    table: dict[str, Any] = {"id": theme.key}
    table |= {
        part: {"cy": each.cy, "en": each.en}
        for part, each in words.items()
        if part == "name" or each.cy or each.en
    }
    return table | {"cues": {"cy": list(theme.cues_cy), "en": list(theme.cues_en)}}


def _toml(value: Any) -> str:
    """Return a text, a list or a table of these in TOML, whose texts are written as JSON's are."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(each)}" for name, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
