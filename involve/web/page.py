"""What every page's template may use: its language, its twin, and words for the values that it shows."""

from datetime import date, datetime
from functools import partial
from typing import Any

from flask import Flask

from involve.i18n import (
    format_date,
    format_moment,
    format_month,
    format_number,
    format_pounds,
    other_language,
    page_language,
)
from involve.vocabulary import grounds
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import clock_of, day_of
from involve.vocabulary.insights import find_band, find_how, find_insight_outcome
from involve.vocabulary.outcomes import find_status
from involve.vocabulary.spoken import spell_code
from involve.vocabulary.standings import find_standing
from involve.web.addresses import twin_address
from involve.web.cards import evidence_card
from involve.web.flashes import flashed
from involve.web.labels import (
    actor_name,
    chip_values,
    concept_gloss,
    concept_name,
    event_name,
    facet_label,
    kind_counts,
    place_name,
    role_name,
    spam_reason,
    spoken_name,
    stage_dates,
    stance_name,
    story_state_name,
    translation_state_name,
    use_names,
    whose_story,
)
from involve.web.meanings import meaning_words
from involve.web.news import count_new_answers
from involve.web.passages import mark_passages, spans
from involve.web.site import site
from involve.web.standing import standing


def init_page(app: Flask) -> None:
    """Give templates what they need."""
    app.context_processor(_page_values)
    app.jinja_env.filters["date"] = _date
    app.jinja_env.filters["clock"] = clock_of
    app.jinja_env.filters["moment"] = _moment
    app.jinja_env.filters["month"] = _month
    app.jinja_env.filters["number"] = _number
    app.jinja_env.filters["pounds"] = _pounds
    app.jinja_env.filters["words"] = _words
    app.jinja_env.filters["goal_name"] = partial(facet_label, "goal")
    app.jinja_env.filters["event_name"] = event_name
    app.jinja_env.filters["actor_name"] = actor_name
    app.jinja_env.filters["day"] = day_of
    app.jinja_env.filters["role_name"] = role_name
    app.jinja_env.filters["place"] = place_name
    app.jinja_env.filters["chips"] = chip_values
    app.jinja_env.filters["stance_name"] = stance_name
    app.jinja_env.filters["story_state"] = story_state_name
    app.jinja_env.filters["translation_state"] = translation_state_name
    app.jinja_env.filters["spam_reason"] = spam_reason
    app.jinja_env.filters["kind_counts"] = kind_counts
    app.jinja_env.filters["use_names"] = use_names
    app.jinja_env.filters["whose"] = whose_story
    app.jinja_env.filters["stage_dates"] = stage_dates
    app.jinja_env.filters["spans"] = spans
    app.jinja_env.filters["concept_name"] = concept_name
    app.jinja_env.filters["concept_gloss"] = concept_gloss
    app.jinja_env.globals.update(_globals())


def _globals() -> dict[str, Any]:
    """Return the functions and values that every template may use by name."""
    return {
        "meaning_words": meaning_words,
        "find_standing": find_standing,
        "grounds": grounds,
        "spell_code": spell_code,
        "find_band": find_band,
        "find_how": find_how,
        "find_insight_outcome": find_insight_outcome,
        "find_status": find_status,
        "count_new_answers": count_new_answers,
        "spoken_name": spoken_name,
        "standing": standing,
        "evidence_card": evidence_card,
        "mark_passages": mark_passages,
        "flashed": flashed,
    }


def _page_values() -> dict[str, Any]:
    """Return the values of the page being made."""
    language = page_language()
    return {
        "lang": language,
        "other_lang": other_language(language),
        "twin_url": twin_address(),
        "twin_form": None,
        "leave_url": None,
        "demonstration": site().settings.demonstration,
        "today": site().today,
    }


def _date(day: date) -> str:
    """Show a date as people write it."""
    return format_date(day)


def _moment(moment: datetime) -> str:
    """Show a moment as people in Wales write it."""
    return format_moment(moment)


def _month(day: date) -> str:
    """Show the month of a date as people write it."""
    return format_month(day)


def _number(number: int) -> str:
    """Show a number as people write it."""
    return format_number(number)


def _pounds(pence: int) -> str:
    """Show an amount as people write it."""
    return format_pounds(pence)


def _words(bilingual: Bilingual) -> str:
    """Show words that stand in both languages in the page's one."""
    return bilingual.in_language(page_language())
