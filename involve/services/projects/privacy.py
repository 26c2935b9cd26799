"""What a body states before it asks: by what right it uses stories, who is responsible, how long they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing
from involve.models import Privacy, Project, Story
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, require
from involve.services.trail.record import record
from involve.services.upkeep.retention import erased_on
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.lawful import EXPLICIT_CONSENT, Ground, find_basis, find_condition

PRIVACY_FIELDS = (
    "basis",
    "rests_on_cy",
    "rests_on_en",
    "condition",
    "controller_cy",
    "controller_en",
    "officer_cy",
    "officer_en",
    "keep_months",
    "keep_published",
)
KEEP_MONTHS = range(1, 121)
YES, NO = "yes", "no"


class KeepsLonger(BadInput):
    """People who told a story were promised that it goes sooner."""


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """What a project states; every sentence stands in both languages."""

    basis: Ground
    condition: Ground
    rests_on: Bilingual
    controller: Bilingual
    officer: Bilingual
    keep_months: int
    keep_published: bool
    # None where it follows each story, in a dialogue without an end.
    erased_on: date | None

    @property
    def asks_expressly(self) -> bool:
        """Whether the body rests on express agreement, which is then asked for while telling."""
        return self.condition.id == EXPLICIT_CONSENT

    @property
    def values(self) -> dict[str, str]:
        """The statement as a form holds it."""
        return {
            "basis": self.basis.id,
            "condition": self.condition.id,
            "keep_months": str(self.keep_months),
            "keep_published": YES if self.keep_published else NO,
            **{
                f"{name}_{language}": getattr(self, name).in_language(language)
                for name in ("rests_on", "controller", "officer")
                for language in ("cy", "en")
            },
        }


def show_privacy(session: Session, project_id: int) -> PrivacyView | None:
    """Return what a project states; None where nobody has recorded it yet."""
    row = session.get(Privacy, project_id)
    return _view(session.get_one(Project, project_id), row) if row else None


def count_unsaid(session: Session) -> int:
    """Return how many projects have stated nothing."""
    stated = select(Privacy.project_id)
    return session.scalar(select(func.count()).select_from(Project).where(Project.id.not_in(stated))) or 0


def asks_expressly(session: Session, project_id: int) -> bool:
    """Whether tellers of a project are asked to agree expressly that sensitive information in a story is used."""
    return (
        session.scalar(select(Privacy.condition).where(Privacy.project_id == project_id)) == EXPLICIT_CONSENT
    )


def state_privacy(
    session: Session, project_id: int, values: Mapping[str, str], now: datetime, user_id: int | None
) -> None:
    """Keep what a project that is being opened states.

    Raises:
        NotFound: there is no such basis or condition.
        LanguageMissing: a sentence lacks its Welsh or its English.
        BadInput: the months are no number from 1 to 120, or nothing is said of published stories.
    """
    kept = _read(values)
    row = session.get(Privacy, project_id) or Privacy(project_id=project_id)
    for name, value in kept.items():
        setattr(row, name, value)
    row.written_at, row.user_id = now, user_id
    session.add(row)
    session.flush()


def change_privacy(
    session: Session, actor: Actor, slug: str, values: Mapping[str, str], now: datetime
) -> None:
    """Record or change what a project states, which is an event.

    Raises:
        NotFound, NotAllowed: there is no such project, basis or condition, or no grant covers it.
        KeepsLonger: someone has told a story, and would be kept longer than they were told.
        LanguageMissing, BadInput: as `state_privacy`.
    """
    project = find_project(session, slug)
    require(actor, "edit_privacy", project)
    before, kept = session.get(Privacy, project.id), _read(values)
    if before and _keeps_longer(before, kept) and _was_told(session, project):
        raise KeepsLonger("longer")
    changed = sorted(name for name, value in kept.items() if before is None or getattr(before, name) != value)
    state_privacy(session, project.id, values, now, actor.user_id)
    if changed:
        record(session, "privacy_changed", "project", project.id, now, user_id=actor.user_id, fields=changed)


def _read(values: Mapping[str, str]) -> dict[str, str | int | bool]:
    """Return the columns of a statement after holding it to the rules."""
    kept = {name: values.get(name, "").strip() for name in PRIVACY_FIELDS}
    find_basis(kept["basis"])
    find_condition(kept["condition"])
    if not all(value for name, value in kept.items() if name.endswith(("_cy", "_en"))):
        raise LanguageMissing("privacy")
    if kept["keep_months"] not in map(str, KEEP_MONTHS) or kept["keep_published"] not in (YES, NO):
        raise BadInput("keep")
    return {
        **kept,
        "keep_months": int(kept["keep_months"]),
        "keep_published": kept["keep_published"] == YES,
    }


def _keeps_longer(before: Privacy, kept: Mapping[str, str | int | bool]) -> bool:
    later = int(kept["keep_months"]) > before.keep_months
    return later or bool(kept["keep_published"]) > before.keep_published


def _was_told(session: Session, project: Project) -> bool:
    told = select(Story.id).where(Story.project_id == project.id, Story.state != "withdrawn")
    return session.scalar(told.limit(1)) is not None


def _view(project: Project, row: Privacy) -> PrivacyView:
    return PrivacyView(
        find_basis(row.basis),
        find_condition(row.condition),
        Bilingual(row.rests_on_cy, row.rests_on_en),
        Bilingual(row.controller_cy, row.controller_en),
        Bilingual(row.officer_cy, row.officer_en),
        row.keep_months,
        row.keep_published,
        erased_on(project, row),
    )
