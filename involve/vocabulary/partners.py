"""Kinds of partners who know people that a project has not reached; our own suggestions."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, read_entries


@dataclass(frozen=True, slots=True)
class Partner:
    """One kind. `groups` are `question:group`, or `question:` for all groups of a question."""

    id: str
    name: Bilingual
    groups: tuple[str, ...]


def _partner(entry: Entry) -> Partner:
    return Partner(entry.text("id"), entry.bilingual("name"), entry.texts("groups"))


PARTNERS: tuple[Partner, ...] = tuple(map(_partner, read_entries("partners", "partner")))


def partners_for(question: str, group: str) -> tuple[Partner, ...]:
    """Return whom to ask for a group of a question."""
    wanted = {f"{question}:", f"{question}:{group}"}
    return tuple(partner for partner in PARTNERS if wanted & set(partner.groups))
