"""Setting up a project: a list of sections that can be left and resumed, and announced when nothing is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, InvolveError, NotFound
from involve.models import Body, Project, ProjectDraft, Publication, Stage
from involve.services.projects.privacy import PRIVACY_FIELDS, state_privacy
from involve.services.projects.projects import ProjectPlan, StagePlan, add_project, check_slug
from involve.services.safeguarding.duty import has_named
from involve.services.staff.access import Actor, require_in_body
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import ENDLESS, day_of
from involve.vocabulary.goals import find_goal
from involve.vocabulary.influence import find_influence
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.stages import STAGES

# Sections that every project needs, and the fields of each; stages come after them, one section for each kind.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "about": ("name_cy", "name_en", "summary_cy", "summary_en"),
    "problem": ("problem_cy", "problem_en", "source_cy", "source_en"),
    "goals": ("goals", "aims_cy", "aims_en"),
    "people": ("reader", "answerer_cy", "answerer_en"),
    "privacy": PRIVACY_FIELDS,
    "partners": ("partners_cy", "partners_en", "outreach_hours", "outreach_pounds"),
    "again": ("again_cy", "again_en"),
}
# A project may have none: what a body does alone needs no partners.
OPTIONAL = frozenset({"partners"})
# These are no columns of the project's own.
_ELSEWHERE = frozenset({"about", "privacy"})
NUMBERS = frozenset({"outreach_hours", "outreach_pounds"})
STAGE_FIELDS = (
    "ladder_rung",
    "question_cy",
    "question_en",
    "undecided_cy",
    "undecided_en",
    "decided_cy",
    "decided_en",
    "invited_cy",
    "invited_en",
    "opens_on",
    "rhythm",
    "closes_on",
    "answer_by",
    "answer_days",
    "report_months",
)
# A stage ends on a day; a continuous dialogue goes on until somebody ends it, and needs no dates but numbers.
CONTINUOUS = "continuous"
_OF_ENDING, _OF_CONTINUOUS = (
    frozenset({"closes_on", "answer_by"}),
    frozenset({"answer_days", "report_months"}),
)
ANSWER_DAYS = range(7, 91)
REPORT_MONTHS = (1, 3, 6, 12)
STAGE_SECTIONS = tuple(kind.id for kind in STAGES)
_SAVED = "saved"  # beside the fields of a section: the version of the draft when it was saved last


class SetupIncomplete(InvolveError):
    """The project cannot be announced yet; `faults` are ids of what is missing or wrong."""

    code = "setup_incomplete"

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class DraftView:
    """A project that is being set up: the values by section, which sections are done, and what stops it."""

    id: int
    slug: str
    body: Bilingual
    version: int
    data: Mapping[str, Mapping[str, str]]
    done: frozenset[str]
    faults: tuple[str, ...]


def start_draft(session: Session, actor: Actor, body_slug: str, slug: str, now: datetime) -> int:
    """Begin to set a project up and return the draft's id.

    Raises:
        NotFound, NotAllowed: there is no such body, or no grant covers it.
        BadInput: the slug cannot stand in an address, or is taken.
    """
    body = session.scalar(select(Body).where(Body.slug == body_slug))
    if body is None:
        raise NotFound("body")
    require_in_body(actor, "set_up", body.id)
    check_slug(slug)
    taken = [select(table.id).where(table.slug == slug) for table in (Project, ProjectDraft)]
    if any(session.scalar(query) is not None for query in taken):
        raise BadInput("taken")
    draft = ProjectDraft(
        body_id=body.id, slug=slug, data={}, version=1, updated_at=now, user_id=actor.user_id
    )
    session.add(draft)
    session.flush()
    record(session, "setup_started", "project_draft", draft.id, now, user_id=actor.user_id, body=body.id)
    return draft.id


def save_section(
    session: Session,
    actor: Actor,
    draft_id: int,
    section: str,
    values: Mapping[str, str],
    version: int,
    now: datetime,
) -> None:
    """Keep what was written in a section, whole or not.

    Raises:
        NotFound, NotAllowed: there is no such draft or section, or no grant covers it.
        Conflict: someone saved something since *version*; nothing is written over.
    """
    draft = _find(session, actor, draft_id)
    if section not in SECTIONS and section not in STAGE_SECTIONS:
        raise NotFound(section)
    if int(draft.data.get(section, {}).get(_SAVED, 0)) > version:
        raise Conflict("draft")
    draft.version, draft.updated_at, draft.user_id = draft.version + 1, now, actor.user_id
    kept = {name: values.get(name, "").strip() for name in SECTIONS.get(section, STAGE_FIELDS)}
    # An emptied section keeps only when that was, so that a stage can be left out again.
    draft.data = {
        **draft.data,
        section: {**(kept if _says_something(kept) else {}), _SAVED: str(draft.version)},
    }
    session.flush()


def show_draft(session: Session, actor: Actor, draft_id: int, now: datetime) -> DraftView:
    """Return a draft as it stands.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    return _view(session, _find(session, actor, draft_id), day_of(now))


def list_drafts(session: Session, actor: Actor, now: datetime) -> tuple[DraftView, ...]:
    """Return the drafts of the bodies where *actor* sets projects up, the newest first."""
    rows = session.scalars(select(ProjectDraft).order_by(ProjectDraft.updated_at.desc()))
    return tuple(_view(session, row, day_of(now)) for row in rows if actor.may("set_up", row.body_id))


def bodies_to_set_up(session: Session, actor: Actor) -> tuple[tuple[str, Bilingual], ...]:
    """Return (slug, name) of the bodies where *actor* may set a project up."""
    rows = session.scalars(select(Body).order_by(Body.slug))
    return tuple(
        (row.slug, Bilingual(row.name_cy, row.name_en)) for row in rows if actor.may("set_up", row.id)
    )


def count_heard(session: Session, body_id: int) -> int:
    """Return how many published stories the body has already been told."""
    rows = select(func.count()).select_from(Publication).join(Project, Project.id == Publication.project_id)
    return session.scalar(rows.where(Project.body_id == body_id)) or 0


def announce(session: Session, actor: Actor, draft_id: int, now: datetime) -> str:
    """Make the project of a draft public and return its slug; the draft is gone.

    Raises:
        NotFound, NotAllowed: there is no such draft, or no grant covers it.
        SetupIncomplete: something is missing or wrong.
    """
    draft = _find(session, actor, draft_id)
    view = _view(session, draft, day_of(now))
    if view.faults:
        raise SetupIncomplete(view.faults)
    body = session.get_one(Body, draft.body_id)
    about = view.data["about"]
    stages = tuple(_stage(kind, view.data[kind]) for kind in STAGE_SECTIONS if view.data.get(kind))
    plan = ProjectPlan(body.slug, draft.slug, _pair(about, "name"), _pair(about, "summary"), stages)
    project = session.get_one(Project, add_project(session, plan, now))
    for section in SECTIONS.keys() - _ELSEWHERE:
        for name, value in view.data.get(section, {}).items():
            setattr(project, name, _read_value(name, value))
    state_privacy(session, project.id, view.data["privacy"], now, actor.user_id)
    for stage in session.scalars(select(Stage).where(Stage.project_id == project.id)):
        stage.announced_on = day_of(now)
        stage.invited_cy, stage.invited_en = (
            view.data[stage.kind]["invited_cy"],
            view.data[stage.kind]["invited_en"],
        )
    session.delete(draft)
    session.flush()
    record(session, "project_announced", "project", project.id, now, user_id=actor.user_id)
    return plan.slug


def _view(session: Session, row: ProjectDraft, today: date) -> DraftView:
    body = session.get_one(Body, row.body_id)
    data: dict[str, dict[str, str]] = {
        section: {name: value for name, value in values.items() if name != _SAVED}
        for section, values in row.data.items()
    }
    heard = count_heard(session, row.body_id)
    needed = [name for name in SECTIONS if name not in OPTIONAL and (name != "again" or heard)]
    # Partners that were begun are finished: people read of them in both languages.
    needed += [name for name in sorted(OPTIONAL) if data.get(name)]
    done = frozenset(
        name
        for name, values in data.items()
        if values and all(values.get(field) for field in SECTIONS.get(name) or _needed(values))
    )
    faults = [name for name in needed if name not in done]
    faults += _stage_faults(data, done, today)
    if not has_named(session, row.body_id):
        faults.append("duty")
    return DraftView(
        row.id, row.slug, Bilingual(body.name_cy, body.name_en), row.version, data, done, tuple(faults)
    )


def _stage_faults(data: Mapping[str, Any], done: frozenset[str], today: date) -> list[str]:
    """Return what is missing or wrong in the stages: 'stages' where there is none, 'dates:<kind>', 'overlap', …"""
    begun = [kind for kind in STAGE_SECTIONS if data.get(kind)]
    if not begun:
        return ["stages"]
    faults = [kind for kind in begun if kind not in done]
    spans = []
    for kind in (kind for kind in begun if kind in done):
        opens, closes, answer = _days(data[kind])
        if not (opens and closes and answer) or not opens <= closes <= answer:
            faults.append(f"dates:{kind}")
        elif closes < today:
            faults.append(f"past:{kind}")
        else:
            spans.append((opens, closes))
    spans.sort()
    if any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
        faults.append("overlap")
    return faults


def _says_something(kept: Mapping[str, str]) -> bool:
    """Say whether anything was written: which kind a stage is stands there without anybody writing it."""
    return any(value for name, value in kept.items() if name != "rhythm")


def _needed(values: Mapping[str, str]) -> list[str]:
    """Return the fields that a stage needs, by whether it ends."""
    idle = _OF_ENDING if values.get("rhythm") == CONTINUOUS else _OF_CONTINUOUS | {"rhythm"}
    return [name for name in STAGE_FIELDS if name not in idle]


def _days(values: Mapping[str, str]) -> tuple[date | None, date | None, date | None]:
    """Return when a stage opens, closes and is answered; None where that cannot be."""
    opens = read_day(values["opens_on"])
    if values.get("rhythm") != CONTINUOUS:
        return opens, read_day(values["closes_on"]), read_day(values["answer_by"])
    fits = values["answer_days"] in map(str, ANSWER_DAYS) and values["report_months"] in map(
        str, REPORT_MONTHS
    )
    return (opens, ENDLESS, ENDLESS) if fits else (None, None, None)


def _read_value(name: str, text: str) -> str | int | list[str] | None:
    """Return what a field of a draft says to the project."""
    if name == "goals":
        return read_goals(text)
    return int(text) if text and name in NUMBERS else text or None


def read_goals(text: str) -> list[str]:
    """Return the ids of goals that a draft keeps, parted by commas.

    Raises:
        NotFound: one of them is none.
    """
    return [find_goal(each).id for each in text.split(",") if each]


def read_day(text: str) -> date | None:
    """Return the day that *text* (ISO 8601) is; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_rung(text: str) -> tuple[str, str]:
    """Return (ladder, rung) of *text*, written as ladder:rung.

    Raises:
        NotFound: there is no such rung, or nobody can promise it.
    """
    ladder, _, rung = text.partition(":")
    if find_influence(find_rung(ladder, rung).influence).order == 0:
        raise NotFound(rung)
    return ladder, rung


def _stage(kind: str, values: Mapping[str, str]) -> StagePlan:
    opens, closes, answer = _days(values)
    if opens is None or closes is None or answer is None:
        raise BadInput("dates")
    goes_on = closes == ENDLESS
    question, undecided, decided = (_pair(values, name) for name in ("question", "undecided", "decided"))
    return StagePlan(
        kind,
        *read_rung(values["ladder_rung"]),
        question,
        undecided,
        decided,
        opens,
        closes,
        answer,
        int(values["answer_days"]) if goes_on else None,
        int(values["report_months"]) if goes_on else None,
    )


def _pair(values: Mapping[str, str], name: str) -> Bilingual:
    return Bilingual(values[f"{name}_cy"], values[f"{name}_en"])


def _find(session: Session, actor: Actor, draft_id: int) -> ProjectDraft:
    draft = session.get(ProjectDraft, draft_id, with_for_update=True)
    if draft is None:
        raise NotFound("draft")
    require_in_body(actor, "set_up", draft.body_id)
    return draft
