"""The public names of themes: what a theme of a released codebook is called, also once it is retired."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import CodebookTheme, CodebookVersion, Project
from involve.services.codebook.books import concept_of
from involve.vocabulary.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class ThemeName:
    """What a theme is called, and what it is, as its newest released version says."""

    concept: str
    name: Bilingual
    gloss: Bilingual


def name_themes(session: Session, concepts: Collection[str]) -> Mapping[str, ThemeName]:
    """Return by concept the names of those themes that are in a released codebook."""
    slugs = {concept.partition(".")[0] for concept in concepts}
    found = _named(session, slugs) if slugs else {}
    return {concept: found[concept] for concept in concepts if concept in found}


def name_project_themes(session: Session, slug: str) -> Mapping[str, ThemeName]:
    """Return by concept the names of all themes of one project that are or were released."""
    return _named(session, {slug})


def is_theme(session: Session, project: Project, concept: str) -> bool:
    """Whether a released codebook of this project has that theme."""
    return concept in _named(session, {project.slug})


def _named(session: Session, slugs: Collection[str]) -> dict[str, ThemeName]:
    """Return the themes of all released codebooks of some projects; a later version's words replace an earlier's."""
    rows = session.execute(
        select(
            Project.slug,
            CodebookTheme.key,
            CodebookTheme.name_cy,
            CodebookTheme.name_en,
            CodebookTheme.definition_cy,
            CodebookTheme.definition_en,
        )
        .join(CodebookVersion, CodebookVersion.project_id == Project.id)
        .join(CodebookTheme, CodebookTheme.version_id == CodebookVersion.id)
        .where(Project.slug.in_(slugs), CodebookVersion.released_at.is_not(None))
        .order_by(CodebookVersion.number)
    )
    named = {}
    for slug, key, name_cy, name_en, gloss_cy, gloss_en in rows:
        concept = concept_of(slug, key)
        named[concept] = ThemeName(concept, Bilingual(name_cy, name_en), Bilingual(gloss_cy, gloss_en))
    return named
