"""Changing a codebook: the first change begins a draft, a copy of the newest version, that nothing else knows of."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, NotFound
from involve.models import CodebookTheme, CodebookVersion, Project
from involve.services.codebook.books import ThemeView, concept_of, find_coded_project
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.text.codebook_file import fault_of_cue
from involve.vocabulary.bilingual import Bilingual

MOST_THEMES, MOST_CUES = 60, 200
LONGEST_NAME, LONGEST_TEXT, LONGEST_KEY = 80, 1000, 40
KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_EMPTY = Bilingual("", "")
_PARTS = ("name", "definition", "includes", "excludes")


class ThemeChanged(Conflict):
    """Somebody else changed the theme since it was opened."""


class ThemeRefused(BadInput):
    """A theme cannot be kept so: `problem` is 'name', 'long', 'cues', 'many_cues' or 'many'; `words` are at fault."""

    def __init__(self, problem: str, words: str = "") -> None:
        super().__init__(problem)
        self.problem, self.words = problem, words


@dataclass(frozen=True, slots=True)
class ThemeDraft:
    """A theme as somebody writes it; any part but the name may be empty, and the name in one language."""

    name: Bilingual
    definition: Bilingual = _EMPTY
    includes: Bilingual = _EMPTY
    excludes: Bilingual = _EMPTY
    cues_cy: tuple[str, ...] = ()
    cues_en: tuple[str, ...] = ()

    def as_view(self, slug: str, key: str, now: datetime, retired: bool = False) -> ThemeView:
        """Return this as it would stand in a codebook, to be tried out."""
        return ThemeView(
            key=key,
            concept=concept_of(slug, key),
            name=self.name,
            definition=self.definition,
            includes=self.includes,
            excludes=self.excludes,
            cues_cy=self.cues_cy,
            cues_en=self.cues_en,
            retired=retired,
            revision=0,
            changed_at=now,
            changed_by="",
        )


def save_theme(
    session: Session,
    actor: Actor,
    slug: str,
    key: str,
    draft: ThemeDraft,
    now: datetime,
    revision: int | None = None,
) -> str:
    """Keep a theme in the draft, which is begun where there is none, and return its key; '' adds a new one.

    *revision* is that of the theme as it was opened.

    Raises:
        NotFound, NotAllowed: there is no such project or theme, or no grant covers it.
        ThemeRefused: it cannot be kept so.
        ThemeChanged: somebody else changed it since.
    """
    check_theme(draft)
    version = open_draft(session, actor, slug, now)
    if not key and (twin := next((row for row in version.themes if not _differing(row, draft)), None)):
        return twin.key  # the button was pressed twice
    row = find_row(version, key) if key else add_row(version, draft, actor, now)
    if key and revision not in (None, row.revision):
        raise ThemeChanged(key)
    changed = write_row(row, draft)
    if not changed:
        return row.key
    stamp(row, actor, now)
    session.flush()
    kind = "codebook_theme_changed" if key else "codebook_theme_added"
    _record_theme(session, actor, row, version, kind, now)
    return row.key


def set_retired(session: Session, actor: Actor, slug: str, key: str, retired: bool, now: datetime) -> None:
    """Retire a theme, or bring it back, in the draft: what people said of it stays either way.

    Raises:
        NotFound, NotAllowed: as `save_theme`.
    """
    version = open_draft(session, actor, slug, now)
    row = find_row(version, key)
    if row.retired == retired:
        return
    row.retired = retired
    stamp(row, actor, now)
    kind = "codebook_theme_retired" if retired else "codebook_theme_restored"
    _record_theme(session, actor, row, version, kind, now)


def discard_draft(session: Session, actor: Actor, slug: str, now: datetime) -> None:
    """Throw the draft away; what is released stays as it is.

    Raises:
        NotFound, NotAllowed: there is no draft, or no grant covers it.
    """
    project = find_coded_project(session, actor, slug)
    version = lock_draft(session, project)
    if version is None:
        raise NotFound("draft")
    record(
        session,
        "codebook_draft_discarded",
        "project",
        version.project_id,
        now,
        user_id=actor.user_id,
        version=version.number,
    )
    session.delete(version)
    session.flush()


def check_theme(draft: ThemeDraft) -> None:
    """Make sure that a theme can be kept.

    Raises:
        ThemeRefused: it cannot.
    """
    if not (draft.name.cy.strip() or draft.name.en.strip()):
        raise ThemeRefused("name")
    for part in _PARTS:
        words: Bilingual = getattr(draft, part)
        most = LONGEST_NAME if part == "name" else LONGEST_TEXT
        if max(len(words.cy), len(words.en)) > most:
            raise ThemeRefused("long")
    for cues in (draft.cues_cy, draft.cues_en):
        if len(cues) > MOST_CUES:
            raise ThemeRefused("many_cues")
        wrong = [cue for cue in cues if fault_of_cue(cue)]
        if wrong:
            raise ThemeRefused("cues", wrong[0])


def open_draft(session: Session, actor: Actor, slug: str, now: datetime) -> CodebookVersion:
    """Return the draft of a project, locked; it is begun, as a copy of the newest version, where there is none.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_coded_project(session, actor, slug)
    draft = lock_draft(session, project)
    if draft is not None:
        return draft
    newest = session.scalar(_newest(project))
    draft = CodebookVersion(
        project_id=project.id,
        number=newest.number + 1 if newest else 1,
        started_at=now,
        started_by=actor.user_id,
        themes=[_copy(theme) for theme in newest.themes] if newest else [],
    )
    session.add(draft)
    session.flush()
    record(
        session,
        "codebook_draft_started",
        "project",
        draft.project_id,
        now,
        user_id=actor.user_id,
        version=draft.number,
    )
    return draft


def lock_draft(session: Session, project: Project) -> CodebookVersion | None:
    """Return the draft of a project; its project stays locked, so that no two people begin one at once."""
    session.execute(select(Project.id).where(Project.id == project.id).with_for_update())
    newest = session.scalar(_newest(project))
    return newest if newest is not None and newest.released_at is None else None


def find_row(version: CodebookVersion, key: str) -> CodebookTheme:
    """Return the theme of a version by its key.

    Raises:
        NotFound: there is none.
    """
    row = next((theme for theme in version.themes if theme.key == key), None)
    if row is None:
        raise NotFound(key)
    return row


def add_row(
    version: CodebookVersion, draft: ThemeDraft, actor: Actor, now: datetime, key: str = ""
) -> CodebookTheme:
    """Add an empty theme at the end, under a key made from its name unless one is given.

    Raises:
        ThemeRefused: a codebook holds no more.
    """
    if len(version.themes) >= MOST_THEMES:
        raise ThemeRefused("many")
    row = CodebookTheme(
        key=key or make_key(draft.name, [theme.key for theme in version.themes]),
        position=max((theme.position for theme in version.themes), default=0) + 1,
        **{f"{part}_{language}": "" for part in _PARTS for language in ("cy", "en")},
        cues_cy=[],
        cues_en=[],
        retired=False,
        revision=0,
        changed_at=now,
        changed_by=actor.user_id,
    )
    version.themes.append(row)
    return row


def write_row(row: CodebookTheme, draft: ThemeDraft) -> list[str]:
    """Write what *draft* says into a row, and return the names of what that changes."""
    changed = _differing(row, draft)
    for name, value in changed.items():
        setattr(row, name, value)
    return list(changed)


def _differing(row: CodebookTheme, draft: ThemeDraft) -> dict[str, object]:
    """Return what *draft* says otherwise than a row, by name."""
    new: dict[str, object] = {
        f"{part}_{language}": getattr(getattr(draft, part), language).strip()
        for part in _PARTS
        for language in ("cy", "en")
    }
    new |= {
        "cues_cy": [cue.strip() for cue in draft.cues_cy],
        "cues_en": [cue.strip() for cue in draft.cues_en],
    }
    return {name: value for name, value in new.items() if getattr(row, name) != value}


def stamp(row: CodebookTheme, actor: Actor, now: datetime) -> None:
    """Note who changed a theme, and when."""
    row.revision, row.changed_at, row.changed_by = row.revision + 1, now, actor.user_id


def _record_theme(
    session: Session, actor: Actor, row: CodebookTheme, version: CodebookVersion, kind: str, now: datetime
) -> None:
    """Note in the audit trail what was done to a theme; never its words."""
    project, by, number = version.project_id, actor.user_id, version.number
    record(session, kind, "project", project, now, user_id=by, version=number, theme=row.key)


def make_key(name: Bilingual, taken: Sequence[str]) -> str:
    """Return a key made from a theme's English name, or else its Welsh one, that is not *taken*."""
    plain = (
        unicodedata.normalize("NFKD", name.en.strip() or name.cy).encode("ascii", "ignore").decode().lower()
    )
    key = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_KEY].strip("-") or "thema"
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (key, *numbered) if each not in taken)


def _newest(project: Project) -> Select[CodebookVersion]:
    mine = CodebookVersion.project_id == project.id
    return select(CodebookVersion).where(mine).order_by(CodebookVersion.number.desc()).limit(1)


def _copy(theme: CodebookTheme) -> CodebookTheme:
    names = [column.name for column in CodebookTheme.__table__.columns]
    same = {name: getattr(theme, name) for name in names if name not in ("id", "version_id")}
    return CodebookTheme(**same)
