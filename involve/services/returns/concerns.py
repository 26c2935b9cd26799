"""Concerns and what became of them: how many published stories raise one, and behind how many stands a change.

All of it stands on published stories and published decisions, so the numbers are exact and equal the lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Publication, PublicationTag
from involve.services.deciding.behind import stories_followed
from involve.services.returns.done import Done

# Of whom something is counted: of everybody, and by the language of the story ('both' with both languages in it).
GROUPS = ("all", "cy", "en", "mixed")
PLANNED = frozenset({"agreed", "under_way"})


@dataclass(frozen=True, slots=True)
class Concerns:
    """Stories that raise a concern, those of them with a change planned (and none made), and those with one made."""

    told: int = 0
    planned: int = 0
    made: int = 0


def count_concerns(session: Session, project_id: int, done: Sequence[Done]) -> Mapping[str, Concerns]:
    """Return for each of `GROUPS` how the concerns of a project stand."""
    languages = _concerned(session, project_id)
    made = stories_followed(session, [each.id for each in done if each.status == "done"])
    planned = stories_followed(session, [each.id for each in done if each.status in PLANNED]) - made
    return {group: _count(languages, group, planned, made) for group in GROUPS}


def _concerned(session: Session, project_id: int) -> dict[int, str]:
    """Return by the id of the story the language of each published story that raises a concern."""
    rows = session.execute(
        select(Publication.story_id, Publication.language)
        .join(PublicationTag, PublicationTag.publication_id == Publication.id)
        .where(Publication.project_id == project_id, PublicationTag.stance == "concern")
        .distinct()
    )
    return dict(list(rows))


def _count(
    languages: Mapping[int, str], group: str, planned: frozenset[int], made: frozenset[int]
) -> Concerns:
    own = {story for story, language in languages.items() if group in ("all", language)}
    return Concerns(len(own), len(own & planned), len(own & made))
