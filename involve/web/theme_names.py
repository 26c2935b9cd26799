"""What the themes of projects are called on the page being made: read once for each project that it names."""

from collections.abc import Mapping

from flask import g

from involve.services.codebook.names import ThemeName, name_project_themes
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import site


def find_theme(concept: str) -> ThemeName:
    """Return a theme of a released codebook; what is none stands for itself."""
    known: dict[str, Mapping[str, ThemeName]] = g.setdefault("theme_names", {})
    slug = concept.partition(".")[0]
    if slug not in known:
        with site().reading() as session:
            known[slug] = name_project_themes(session, slug) if "." in concept else {}
    return known[slug].get(concept) or ThemeName(concept, Bilingual(concept, concept), Bilingual("", ""))
