"""The panel of filters: what can be chosen further, how many stories each choice would leave, and its address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from flask import url_for

from involve.i18n import format_date, gettext
from involve.i18n import lazy_gettext as _l
from involve.services.evidence.facets import FACETS, Facet
from involve.services.evidence.filters import EvidenceFilter, choice
from involve.vocabulary.bilingual import Bilingual
from involve.web.evidence.asked import ADDRESS_NAMES, ALL, Asked, write_address
from involve.web.labels import facet_label

# Unfolded when somebody comes, with their most frequent choices; the others wait until they are asked for.
AT_FIRST = ("goal", "stance", "topic", "area")
FEW = 8
HEADINGS = {
    "goal": _l("Well-being goals"),
    "stance": _l("Strength, concern or idea"),
    "topic": _l("Topics"),
    "area": _l("Area"),
    "way": _l("Ways of working"),
    "theme": _l("Themes of the project"),
    "voice": _l("Who says so"),
    "indicator": _l("National indicators"),
    "region": _l("Region"),
    "project": _l("Project"),
    "stage": _l("Stage of the project"),
    "rung": _l("Influence that people have"),
    "language": _l("Language of the story"),
    "told_as": _l("Whose story"),
    "happened": _l("What happened to it"),
    "period": _l("When it was published"),
}
NOTES = {
    "topic": _l("By the words of the stories; nobody checked it."),
    "indicator": _l("Our own link, by topics: it is not official."),
    "voice": _l("Who linked the story to a goal, a way of working or a theme."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A further choice, or one in force, which its address takes away."""

    text: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one facet; `more` is the address that shows them all, '' where they are."""

    heading: str
    note: str
    choices: tuple[Choice, ...]
    more: str


def shown_facets(asked: Asked) -> tuple[str, ...]:
    """Return the facets to count: those unfolded at first, those asked for, and those in which something is chosen."""
    return tuple(
        name
        for name in _facets_of(asked.wanted)
        if name in AT_FIRST or name in asked.opened or _is_chosen(asked.wanted, name)
    )


def _facets_of(wanted: EvidenceFilter) -> tuple[str, ...]:
    """Return the facets that say something: themes are a project’s own, and those of all together would say little."""
    return tuple(name for name in FACETS if name != "theme" or wanted.project or wanted.theme)


def chosen_facets(asked: Asked) -> tuple[str, ...]:
    """Return the facets in which something is chosen."""
    return tuple(name for name in FACETS if _is_chosen(asked.wanted, name))


def make_group(
    asked: Asked, name: str, facets: Sequence[Facet], projects: Mapping[str, Bilingual], links: "Links"
) -> Group:
    """Return the choices of one facet that the page shows, by their counts."""
    plain, before = links.choosing(name)
    whole = name in asked.opened or len(facets) <= FEW
    choices = []
    for facet in facets if whole else facets[:FEW]:
        fields = choice(name, facet.value)
        chosen = all(getattr(asked.wanted, field) == value for field, value in fields.items())
        href = plain if chosen else before + "&".join(_pairs(fields))
        choices.append(Choice(facet_label(name, facet.value, projects), facet.count, href, chosen))
    more = "" if whole else links.opening(asked.opened, name)
    return Group(str(HEADINGS[name]), str(NOTES.get(name, "")), tuple(choices), more)


def closed_groups(asked: Asked, links: "Links") -> list[tuple[str, str]]:
    """Return the heading of each facet that is folded, and the address that unfolds it."""
    shown = shown_facets(asked)
    return [
        (str(HEADINGS[name]), links.opening(asked.opened, name))
        for name in _facets_of(asked.wanted)
        if name not in shown
    ]


def chosen_chips(
    wanted: EvidenceFilter, projects: Mapping[str, Bilingual], links: "Links"
) -> list[tuple[str, str]]:
    """Return each choice in force in words, with the address that takes it away."""
    names = [name for name in EvidenceFilter.__slots__ if name != "words" and getattr(wanted, name)]
    return [(choice_label(name, getattr(wanted, name), projects), links.without(name)) for name in names]


def choice_label(name: str, value: Any, projects: Mapping[str, Bilingual]) -> str:
    """Return what one choice says: a name, or a day."""
    if name == "since":
        return gettext("From %(date)s", date=format_date(value))
    if name == "until":
        return gettext("Until %(date)s", date=format_date(value))
    return facet_label(name, value, projects)


class Links:
    """Addresses of the list that differ in one thing from what was asked for: a page holds dozens of them."""

    def __init__(self, asked: Asked) -> None:
        self.base = url_for("evidence.browse_evidence")
        self._given = write_address(asked.wanted)
        for name in ("sort", "open"):
            if name in asked.typed:
                self._given[name] = asked.typed[name]

    def choosing(self, name: str) -> tuple[str, str]:
        """Return the address without the choice of a facet, and what stands before one that is added to it."""
        fields = [ADDRESS_NAMES.get(each, each) for each in choice(name, None)]
        plain = self._write({each: value for each, value in self._given.items() if each not in fields})
        return plain, plain + ("&" if "?" in plain else "?")

    def without(self, field: str) -> str:
        """Return the address without one field of the filter."""
        return self._write(
            {name: value for name, value in self._given.items() if name != ADDRESS_NAMES.get(field, field)}
        )

    def opening(self, opened: Sequence[str], name: str) -> str:
        """Return the address that shows one more facet whole."""
        names = ALL if name == ALL else ",".join((*opened, name))
        return self._write({**self._given, "open": names})

    def having(self, **given: str) -> str:
        """Return the address with more in it."""
        return self._write({**self._given, **given})

    def _write(self, given: Mapping[str, str]) -> str:
        return self.base + ("?" + "&".join(_pairs(given)) if given else "")


def _pairs(given: Mapping[str, object]) -> Iterator[str]:
    return (
        f"{ADDRESS_NAMES.get(name, name)}={quote_plus(str(value), safe=',')}" for name, value in given.items()
    )


def _is_chosen(wanted: EvidenceFilter, name: str) -> bool:
    return any(getattr(wanted, field) for field in choice(name, None))
