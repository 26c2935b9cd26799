"""An evidence pack: a brief with its tables and its method, as PDF or as a Word file, in one language or in both."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from involve.documents.paper import Paper, write_html
from involve.i18n import LANGUAGES, PageLanguage
from involve.services.evidence.filters import EvidenceFilter
from involve.services.findings.brief import Brief
from involve.vocabulary.areas import find_area
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import find_goal
from involve.vocabulary.outcomes import find_status
from involve.vocabulary.states import find_language, find_stance

TITLE = Bilingual("Briff tystiolaeth", "Evidence brief")
FINDERS: Mapping[str, Any] = {
    each.__name__: each for each in (find_area, find_goal, find_language, find_stance, find_status)
}
# As people type them; tests compare them with those of the site.
BRIEFS: Mapping[PageLanguage, str] = {"cy": "/cy/tystiolaeth/briff", "en": "/en/evidence/brief"}
STORIES: Mapping[PageLanguage, str] = {"cy": "/cy/tystiolaeth/", "en": "/en/evidence/"}
_ADDRESS_NAMES = {"words": "q", "since": "from", "until": "to"}


def write_pack(brief: Brief, languages: Sequence[PageLanguage], root: str) -> str:
    """Return the pack as the HTML of `paper`; *root* is the address of the site, "" where nobody knows it."""
    query = urlencode(query_of(brief.wanted))
    addresses = {
        language: root + BRIEFS[language] + (f"?{query}" if query else "") if root else ""
        for language in LANGUAGES
    }
    return write_html(
        Paper("pack", name_pack(brief), tuple(languages)),
        brief=brief,
        addresses=addresses,
        story_urls={language: partial(_story_url, root, language) for language in LANGUAGES},
        **FINDERS,
    )


def name_pack(brief: Brief) -> Bilingual:
    """Return the title: what it is, and what it was chosen by."""
    return Bilingual(*(_name(brief, language) for language in LANGUAGES))


def query_of(wanted: EvidenceFilter) -> dict[str, str]:
    """Return the filter as the address of the brief says it."""
    values = (
        (_ADDRESS_NAMES.get(each.name, each.name), getattr(wanted, each.name)) for each in fields(wanted)
    )
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) for name, value in values if value
    }


def _name(brief: Brief, language: PageLanguage) -> str:
    chosen = " · ".join(each.name.in_language(language) for each in brief.choices)
    title = TITLE.in_language(language)
    return f"{title}: {chosen}" if chosen else title


def _story_url(root: str, language: PageLanguage, reference: str) -> str:
    return f"{root}{STORIES[language]}{reference}" if root else ""
