"""Codebooks as they stand: a project's versions, the one that is released, and the draft of the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import CodebookTheme, CodebookVersion, Project, User
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, projects_where, require
from involve.text.concepts import Bilingual as Said
from involve.text.concepts import Concept, Cue
from involve.vocabulary.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme of a codebook. `key` names it inside its project, `concept` on the whole site: tags bear the latter."""

    key: str
    concept: str
    name: Bilingual
    definition: Bilingual
    includes: Bilingual
    excludes: Bilingual
    cues_cy: tuple[str, ...]
    cues_en: tuple[str, ...]
    retired: bool
    revision: int
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class CodebookView:
    """One version of a project's codebook, a draft where `released_at` is None. People are named, or '' for nobody."""

    id: int
    project_id: int
    project_slug: str
    number: int
    started_at: datetime
    started_by: str
    released_at: datetime | None
    released_by: str
    themes: tuple[ThemeView, ...]

    @property
    def active(self) -> tuple[ThemeView, ...]:
        """The themes that are not retired."""
        return tuple(theme for theme in self.themes if not theme.retired)

    def find(self, key: str) -> ThemeView:
        """Return the theme with that key.

        Raises:
            NotFound: there is none.
        """
        for theme in self.themes:
            if theme.key == key:
                return theme
        raise NotFound(key)


@dataclass(frozen=True, slots=True)
class ProjectBook:
    """A project in which somebody may work with the codebook, and the numbers of its versions, 0 for none."""

    slug: str
    name: Bilingual
    released: int
    draft: int


def concept_of(slug: str, key: str) -> str:
    """Return the name that a theme of a project bears on tags: a project's own keys may be those of another."""
    return f"{slug}.{key}"


def released_codebook(session: Session, project: Project) -> CodebookView | None:
    """Return the newest released version of a project's codebook, retired themes among it; None where there is none.

    This is what the machine tags by, what the public sees names of, and what is given out as a file.
    """
    released = CodebookVersion.released_at.is_not(None)
    row = session.scalar(_versions(project).where(released).limit(1))
    return None if row is None else _view(session, project, row)


def draft_codebook(session: Session, project: Project) -> CodebookView | None:
    """Return the draft of the next version; None where nobody has begun one. For staff only."""
    row = session.scalar(_versions(project).where(CodebookVersion.released_at.is_(None)).limit(1))
    return None if row is None else _view(session, project, row)


def read_version(session: Session, version_id: int) -> CodebookView:
    """Return one version of a codebook by its id, for other services."""
    row = session.get_one(CodebookVersion, version_id)
    return _view(session, session.get_one(Project, row.project_id), row)


def open_codebook(
    session: Session, actor: Actor, slug: str
) -> tuple[CodebookView | None, CodebookView | None]:
    """Return the released version and the draft for whoever works with the codebook.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_coded_project(session, actor, slug)
    return released_codebook(session, project), draft_codebook(session, project)


def list_versions(session: Session, actor: Actor, slug: str) -> tuple[CodebookView, ...]:
    """Return every version of a project's codebook, newest first.

    Raises:
        NotFound, NotAllowed: as `open_codebook`.
    """
    project = find_coded_project(session, actor, slug)
    return tuple(_view(session, project, row) for row in session.scalars(_versions(project)))


def list_books(session: Session, actor: Actor) -> tuple[ProjectBook, ...]:
    """Return the projects in which *actor* may work with the codebook."""
    projects = projects_where(session, actor, "code")
    numbers: dict[int, list[int]] = {project.id: [0, 0] for project in projects}
    rows = select(CodebookVersion.project_id, CodebookVersion.number, CodebookVersion.released_at)
    for project_id, number, released_at in session.execute(
        rows.where(CodebookVersion.project_id.in_(numbers))
    ):
        at = 1 if released_at is None else 0
        numbers[project_id][at] = max(numbers[project_id][at], number)
    return tuple(
        ProjectBook(each.slug, Bilingual(each.name_cy, each.name_en), *numbers[each.id]) for each in projects
    )


def find_coded_project(session: Session, actor: Actor, slug: str) -> Project:
    """Return the row of a project in which *actor* may work with the codebook.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    project = find_project(session, slug)
    require(actor, "code", project)
    return project


def as_concepts(themes: Iterable[ThemeView]) -> tuple[Concept, ...]:
    """Return themes as the text floor reads them; retired ones suggest nothing and are left out."""
    return tuple(
        Concept(
            scheme="theme",
            id=theme.concept,
            name=_said(theme.name),
            definition=_said(theme.definition),
            belongs=_said(theme.includes),
            excludes=_said(theme.excludes),
            cues=tuple(Cue((word,), ()) for word in theme.cues_cy)
            + tuple(Cue((), (word,)) for word in theme.cues_en),
        )
        for theme in themes
        if not theme.retired
    )


def people(session: Session, ids: Iterable[int | None]) -> Mapping[int | None, str]:
    """Return the names of members of staff by id; of None and of whoever is gone, nothing."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(select(User.id, User.name, User.email).where(User.id.in_(wanted)))
    names: dict[int | None, str] = dict.fromkeys(wanted, "")
    return {None: "", **names, **{row.id: row.name or row.email for row in rows}}


def theme_view(slug: str, row: CodebookTheme, changed_by: str = "") -> ThemeView:
    """Return the value of a row."""
    return ThemeView(
        key=row.key,
        concept=concept_of(slug, row.key),
        name=Bilingual(row.name_cy, row.name_en),
        definition=Bilingual(row.definition_cy, row.definition_en),
        includes=Bilingual(row.includes_cy, row.includes_en),
        excludes=Bilingual(row.excludes_cy, row.excludes_en),
        cues_cy=tuple(row.cues_cy),
        cues_en=tuple(row.cues_en),
        retired=row.retired,
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=changed_by,
    )


def _view(session: Session, project: Project, row: CodebookVersion) -> CodebookView:
    themes: Sequence[CodebookTheme] = row.themes
    names = people(session, [row.started_by, row.released_by, *(theme.changed_by for theme in themes)])
    return CodebookView(
        id=row.id,
        project_id=project.id,
        project_slug=project.slug,
        number=row.number,
        started_at=row.started_at,
        started_by=names[row.started_by],
        released_at=row.released_at,
        released_by=names[row.released_by],
        themes=tuple(theme_view(project.slug, theme, names[theme.changed_by]) for theme in themes),
    )


def _versions(project: Project) -> Select[CodebookVersion]:
    return (
        select(CodebookVersion)
        .where(CodebookVersion.project_id == project.id)
        .order_by(CodebookVersion.number.desc())
    )


def _said(words: Bilingual) -> Said:
    return Said(words.cy, words.en)
