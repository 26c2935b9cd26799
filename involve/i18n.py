"""Two languages for every page: which one is asked for, lazy messages, dates, and a start that refuses half a site."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, cast

from babel.dates import format_date as babel_format_date
from babel.numbers import format_currency, format_decimal
from babel.support import Translations
from flask import Flask, g, has_request_context
from flask_babel import (
    Babel,
    LazyString,
    force_locale,
    get_locale,
    gettext,
    lazy_gettext,
    lazy_ngettext,
    ngettext,
)
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from involve.paths import asset_dir
from involve.vocabulary.days import in_wales

PageLanguage = Literal["cy", "en"]
# Welsh first, wherever both are shown.
LANGUAGES: tuple[PageLanguage, ...] = ("cy", "en")
LANGUAGE_NAMES = {"cy": "Cymraeg", "en": "English"}
# The pattern is spelt out: CLDR's short Welsh date has a two-digit year.
DATE_PATTERN = "d MMMM y"

__all__ = [
    "DATE_PATTERN",
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "PageLanguage",
    "check_catalogues",
    "format_date",
    "format_date_in",
    "format_moment",
    "format_month",
    "format_number",
    "format_pounds",
    "format_short_day",
    "format_short_month",
    "gettext",
    "in_both",
    "init_languages",
    "lazy_gettext",
    "lazy_ngettext",
    "ngettext",
    "other_language",
    "page_language",
]


def init_languages(app: Flask) -> None:
    """Let Flask-Babel speak the page's language.

    Raises:
        FileNotFoundError: a compiled catalogue is missing.
    """
    check_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(asset_dir("translations"))
    app.config["BABEL_DEFAULT_LOCALE"] = "cy"
    Babel(app, locale_selector=page_language)
    # Flask-Babel looks for the catalogue at every message of a template; that was a tenth of the time of a page.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda message: _catalogue().ugettext(message),
        ngettext=lambda one, many, number: _catalogue().ungettext(one, many, number),
        pgettext=lambda context, message: _catalogue().upgettext(context, message),
        npgettext=lambda context, one, many, number: _catalogue().unpgettext(context, one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=_say, gettext=_say)


@pass_eval_context
def _say(context: EvalContext, message: str, **values: object) -> str:
    """Return a message of a template in the language that is spoken now, with its values in it."""
    locale = get_locale()
    language = locale.language if locale else "cy"
    if not values:
        return _say_plain(message, language, bool(context.autoescape))
    words = _load_catalogue(language).ugettext(message)
    # What is put into markup is escaped; the catalogues are ours.
    return (Markup(words) if context.autoescape else words) % values  # noqa: S704


# A page has a hundred messages, most of them without a value; both catalogues in both forms are smaller than this.
@lru_cache(20_000)
def _say_plain(message: str, language: str, markup: bool) -> str:
    """Return the words of a message without values."""
    words = _load_catalogue(language).ugettext(message) % {}
    return Markup(words) if markup else words  # noqa: S704


def _catalogue() -> Translations:
    """Return the catalogue of the language that is spoken now, as Flask-Babel knows it."""
    locale = get_locale()
    return _load_catalogue(locale.language if locale else "cy")


@cache
def _load_catalogue(language: str) -> Translations:
    return cast(Translations, Translations.load(str(asset_dir("translations")), [language]))


def check_catalogues() -> None:
    """Make sure that both languages can be spoken.

    Raises:
        FileNotFoundError: a compiled catalogue is missing; says how to make it.
    """
    for language in LANGUAGES:
        catalogue = asset_dir("translations") / language / "LC_MESSAGES" / "messages.mo"
        if not catalogue.is_file():
            raise FileNotFoundError(f"The {language} catalogue is not compiled: run 'make translations'.")


def page_language() -> PageLanguage:
    """Return the language of the page being made; Welsh where no request asks."""
    language: PageLanguage = g.get("language", "cy") if has_request_context() else "cy"
    return language


def other_language(language: PageLanguage) -> PageLanguage:
    """Return the other language."""
    return "en" if language == "cy" else "cy"


def in_both(message: LazyString) -> dict[PageLanguage, str]:
    """Return a message in both languages, for readers who did not say which is theirs."""
    words: dict[PageLanguage, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            words[language] = str(message)
    return words


def format_date(day: date) -> str:
    """Return *day* as people write it in the page's language ("1 Mawrth 2026")."""
    return format_date_in(day, page_language())


def format_date_in(day: date, language: PageLanguage) -> str:
    """Return *day* as people write it in a language, whatever page is being made."""
    return _format_date(day, language)


@lru_cache(4_000)
def _format_date(day: date, language: PageLanguage) -> str:
    return babel_format_date(day, DATE_PATTERN, locale=language)


def format_month(day: date) -> str:
    """Return the month of *day* as people write it in the page's language ("Mawrth 2026")."""
    return babel_format_date(day, "MMMM y", locale=page_language())


def format_short_month(day: date) -> str:
    """Return the month of *day* for where there is little room ("Maw 2026")."""
    return babel_format_date(day, "MMM y", locale=page_language())


def format_short_day(day: date) -> str:
    """Return *day* without its year for where there is little room ("1 Maw")."""
    return babel_format_date(day, "d MMM", locale=page_language())


def format_moment(moment: datetime) -> str:
    """Return *moment* as people in Wales write it in the page's language ("1 Mawrth 2026, 14:30")."""
    local = in_wales(moment)
    return f"{format_date(local.date())}, {local:%H:%M}"


def format_number(number: float) -> str:
    """Return *number* as people write it in the page's language, its thousands parted ("5,700")."""
    return _format_number(number, page_language())


# A page shows the same small numbers again and again.
@lru_cache(4_000)
def _format_number(number: int, language: PageLanguage) -> str:
    return format_decimal(number, locale=language)


def format_pounds(pence: int) -> str:
    """Return an amount in pounds as people write it in the page's language ("£1,200.50")."""
    return format_currency(Decimal(pence) / 100, "GBP", locale=page_language())
