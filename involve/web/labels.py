"""The words for ids of the vocabulary, in the page's language."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from involve.errors import NotFound
from involve.i18n import format_date, format_month, gettext, other_language, page_language
from involve.i18n import lazy_gettext as _l
from involve.services.codebook.names import ThemeName
from involve.services.evidence.public_story import PublicStory, PublicTag
from involve.services.moderation.staff_story import StaffStory
from involve.services.projects.project_views import StageView
from involve.services.stories.voices import Understood
from involve.text.topics import find_topic
from involve.vocabulary.areas import REGIONS, find_area
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.consents import USES
from involve.vocabulary.events import find_actor, find_event_kind
from involve.vocabulary.goals import Goal, find_goal
from involve.vocabulary.happened import find_happened
from involve.vocabulary.indicators import find_indicator
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.personal_kinds import find_personal_kind
from involve.vocabulary.proxies import find_proxy
from involve.vocabulary.roles import find_role
from involve.vocabulary.stages import find_stage
from involve.vocabulary.states import (
    VOICES,
    find_language,
    find_stance,
    find_story_state,
    find_translation_state,
)
from involve.vocabulary.terms import find
from involve.vocabulary.ways import Way, find_way
from involve.web.theme_names import find_theme

SPAM_REASONS = {
    "links": _l("Only links"),
    "repetition": _l("The same again and again"),
    "test": _l("Looks like a test"),
    "advert": _l("Looks like advertising"),
    "no words": _l("No words"),
}
FINDERS: Mapping[str, Callable[[str], Any]] = {
    "goal": find_goal,
    "way": find_way,
    "topic": find_topic,
    "stance": find_stance,
    "voice": partial(find, VOICES),
    "indicator": find_indicator,
    "region": partial(find, REGIONS),
    "area": find_area,
    "stage": find_stage,
    "rung": lambda value: find_rung(*value.split(".", 1)),
    "language": find_language,
    "happened": find_happened,
}
TOLD = {
    "own": _l("Told by the person whose story it is"),
    "on_behalf": _l("Written down for someone else"),
}


def facet_label(name: str, value: str, projects: Mapping[str, Bilingual] | None = None) -> str:
    """Return the name of what a filter of evidence can choose; of anything else, *value* itself.

    *projects* names the projects by slug.
    """
    language = page_language()
    if name == "project":
        return (projects or {}).get(value, Bilingual(value, value)).in_language(language)
    if name == "theme":
        return find_theme(value).name.in_language(language)
    if name == "told_as" and value in TOLD:
        return str(TOLD[value])
    if name == "period" and "-" in value:
        return format_month(date.fromisoformat(f"{value}-01"))
    return _label(name, value).in_language(language) if name in FINDERS else value


@lru_cache(1_000)
def _label(name: str, value: str) -> Bilingual:
    """Return the name of a term of the vocabulary in both languages."""
    try:
        found = FINDERS[name](value)
    except (NotFound, TypeError):
        return Bilingual(value, value)
    words: Bilingual = getattr(found, "short", None) or found.name
    return words


def place_name(area: str | None) -> str:
    """Return the name of a local authority by its GSS code; nothing where no place was said."""
    return facet_label("area", area) if area else ""


def concept_name(tag: Understood) -> str:
    """Return the full name of the goal, way or theme that a tag is about."""
    return find_concept(tag).name.in_language(page_language())


def concept_gloss(tag: Understood) -> str:
    """Return in a sentence what belongs to the goal, way or theme that a tag is about."""
    return find_concept(tag).gloss.in_language(page_language())


def find_concept(tag: Understood) -> Goal | Way | ThemeName:
    """Return the goal, way or theme of a tag."""
    if tag.scheme == "theme":
        return find_theme(tag.concept)
    return find_goal(tag.concept) if tag.scheme == "goal" else find_way(tag.concept)


def chip_values(story: PublicStory) -> list[dict[str, Any]]:
    """Return the tags of a published story as the component `tag_chip` takes them."""
    return [chip_value(tag) for tag in story.tags]


def chip_value(tag: PublicTag) -> dict[str, Any]:
    """Return one of them."""
    return {
        "name": tag.name.in_language(page_language()) if tag.name else facet_label(tag.scheme, tag.concept),
        "scheme": tag.scheme,
        "concept": tag.concept,
        "stance": tag.stance,
        "agreed": tag.agreed,
    }


def stance_name(stance: str) -> str:
    """Return the name of a stance."""
    return _label("stance", stance).in_language(page_language())


def story_state_name(state: str) -> str:
    """Return the name of a state of a story."""
    return find_story_state(state).name.in_language(page_language())


def translation_state_name(state: str) -> str:
    """Return the words for how far a translation has come."""
    return find_translation_state(state).name.in_language(page_language())


def use_names(uses: frozenset[str]) -> str:
    """Return the labels of the uses agreed to, in the order in which they are asked."""
    return " · ".join(use.label.in_language(page_language()) for use in USES if use.id in uses)


def whose_story(story: StaffStory) -> str:
    """Return whose story it is and, for somebody else’s, by what right it was told."""
    if story.told_as == "own":
        return gettext("Told by the person whose story it is")
    if story.proxy is None:
        return gettext("Written down for someone else")
    right = find_proxy(story.proxy).name.in_language(page_language())
    return gettext("Written down for someone else: %(right)s", right=right)


def spam_reason(reason: str) -> str:
    """Return in words why the software thinks that a text may be no story."""
    return str(SPAM_REASONS.get(reason, reason))


def kind_counts(personal: Iterable[tuple[str, int]]) -> str:
    """Return the kinds of personal details that were noticed, each with how many there are."""
    language = page_language()
    return ", ".join(
        f"{find_personal_kind(kind).name.in_language(language)} ({count})" for kind, count in personal
    )


def stage_dates(stage: StageView) -> str:
    """Return from when to when a stage is open, in words of the page."""
    if stage.closes_on is None:
        return gettext("From %(date)s, with no closing date", date=format_date(stage.opens_on))
    return f"{format_date(stage.opens_on)} – {format_date(stage.closes_on)}"


def spoken_name(name: Bilingual) -> tuple[str, str | None]:
    """Return a name in the page's language; where it has none yet, the other's, and the language that it is in."""
    language = page_language()
    own = name.in_language(language)
    return (own, None) if own else (name.in_language(other_language(language)), other_language(language))


def role_name(role: str) -> str:
    """Return the name of a role that staff can have."""
    return find_role(role).name.in_language(page_language())


def event_name(kind: str) -> str:
    """Return what happened, by the kind of an event; a kind that an older version wrote stands for itself."""
    try:
        return find_event_kind(kind).name.in_language(page_language())
    except NotFound:
        return kind


def actor_name(actor: str) -> str:
    """Return who is behind an event where nobody is named."""
    return find_actor(actor).name.in_language(page_language())
