"""The card of a published story in a list: made once for each story as it stands, and again when it changes."""

from functools import lru_cache
from typing import Any

from flask import current_app, request
from markupsafe import Markup

from involve.i18n import PageLanguage, page_language
from involve.services.evidence.public_story import PublicStory, PublicTag
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import fill_address
from involve.web.labels import chip_value
from involve.web.passages import Place
from involve.web.theme_names import find_theme

# Enough for the pages that people open; of each only what anybody may read.
REMEMBERED = 1_000


def evidence_card(story: PublicStory, marks: tuple[Place, ...] | None = None) -> Markup:
    """Return the card of a story in the language of the page; *marks* are the words that matter, else those of tags."""
    if marks is None:
        marks = tuple(place for tag in story.tags for place in tag.passages)
    # A project can call its themes something else.
    themes = tuple(find_theme(tag.concept).name for tag in story.tags if tag.scheme == "theme")
    return _make_card(story, marks, themes, page_language(), request.script_root)


# The story is a value: one that differs in anything is another.
@lru_cache(REMEMBERED)
def _make_card(
    story: PublicStory,
    marks: tuple[Place, ...],
    _themes: tuple[Bilingual, ...],
    language: PageLanguage,
    root: str,
) -> Markup:
    chips = tuple(_make_chip(_named(tag), language) for tag in story.tags)
    project = fill_address("projects.show_project", "slug", story.project_slug, language, root)
    whole = fill_address("evidence.read_story", "reference", story.reference, language, root)
    return Markup(_macros().card(story, marks, chips, project, whole, language))  # noqa: S704  what a template made


def _named(tag: PublicTag) -> PublicTag:
    """Return a tag as its chip shows it: without its places, a theme with its name."""
    name = tag.name or find_theme(tag.concept).name if tag.scheme == "theme" else None
    return PublicTag(tag.scheme, tag.concept, tag.stance, tag.agreed, (), name)


# A tag stands on thousands of stories.
@lru_cache(REMEMBERED)
def _make_chip(tag: PublicTag, _language: PageLanguage) -> Markup:
    return Markup(_macros().chip(chip_value(tag)))  # noqa: S704  what a template made


def _macros() -> Any:
    """Return the macros by themselves, without what every page is given: a list has twenty cards."""
    return current_app.jinja_env.get_template("evidence/_card.html").module
