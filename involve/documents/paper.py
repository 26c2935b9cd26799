"""Paper: results sheets, posters and cards as tagged PDF (PDF/UA-1), in either language or in both, Welsh first."""

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from typing import Any

import pydyf
import segno
from babel.numbers import format_decimal
from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from involve.i18n import LANGUAGES, PageLanguage, format_date_in
from involve.paths import asset_dir
from involve.vocabulary.bilingual import Bilingual

# WeasyPrint tags no language. Elements of paper that hold words of one language are <article> in Welsh and <section>
# in English, and nothing else is either; their tags get that language.
LANGUAGE_OF_TAG = {"/Art": "cy", "/Sect": "en"}

# Emoji and what joins them: fonts of servers hold no pictures, and a letter that no font shows may not stand in PDF/UA.
PICTURES = re.compile(
    "[\\U0001f000-\\U0001faff\\ufe0e\\ufe0f\\u200d\\u20e3\\ue000-\\uf8ff\\U000e0000-\\U000e007f]+"
)
NO_PICTURE = "□"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be printed: a template of templates/print/, its title, its languages, and whether in large letters."""

    template: str
    title: Bilingual
    languages: tuple[PageLanguage, ...] = LANGUAGES
    large: bool = False
    # How many cards, each with all of the languages, stand on one sheet; 0 where the sheet is no cards.
    copies: int = 0


def write_html(paper: Paper, **values: Any) -> str:
    """Return the words of *paper* as one page of HTML: each language by itself, Welsh first."""
    parts = [(language, _write_part(paper, language, values)) for language in paper.languages]
    names = [paper.title.in_language(language) for language in paper.languages]
    title = " · ".join(dict.fromkeys(names))
    frame = _environment(paper.languages[0]).get_template("print/frame.html")
    html = frame.render(
        parts=parts, title=title, large=paper.large, template=paper.template, copies=paper.copies
    )
    return PICTURES.sub(NO_PICTURE, html)


def _write_part(paper: Paper, language: PageLanguage, values: dict[str, Any]) -> Markup:
    """Return the words of one language, escaped by its template."""
    words = _environment(language).get_template(f"print/{paper.template}.html").render(**values)
    return Markup(words)  # noqa: S704


def mark_of(html: str) -> str:
    """Return what the paper of *html* is known by: the same words give the same mark."""
    return sha256(html.encode()).hexdigest()[:32]


def write_pdf(html: str) -> bytes:
    """Return *html* as a tagged PDF. Nothing is fetched from anywhere: pictures stand in the page itself."""
    from weasyprint import HTML  # large: not for processes that print nothing
    from weasyprint.urls import URLFetcher

    target = BytesIO()
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    page.write_pdf(target, pdf_variant="pdf/ua-1", finisher=_tag_languages)
    return target.getvalue()


def draw_qr(address: str) -> str:
    """Return the QR code of an address as the address of a picture that stands in the page."""
    drawing = BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=2, omitsize=True)
    return "data:image/svg+xml;base64," + b64encode(drawing.getvalue()).decode()


def _tag_languages(_document: Any, pdf: Any) -> None:
    """Give the tags of each part the language of its words."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("S") in LANGUAGE_OF_TAG:
            each["Lang"] = pydyf.String(LANGUAGE_OF_TAG[each["S"]])


@cache
def _environment(language: PageLanguage) -> Environment:
    """Return what renders paper in one language."""
    environment = Environment(
        loader=FileSystemLoader(asset_dir("templates")),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translations = Translations.load(str(asset_dir("translations")), [language])
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["words"] = partial(Bilingual.in_language, language=language)
    environment.filters["date"] = partial(format_date_in, language=language)
    environment.filters["number"] = partial(format_decimal, locale=language)
    environment.globals["lang"] = language
    environment.globals["qr"] = draw_qr
    return environment
