"""The queue: stories that wait for a person, as lines that say what was noticed and never show the words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, defer

from involve.models import Consent, Project, Story
from involve.services.moderation.queue_filter import (
    OPEN_STATES,
    QueueFilter,
    in_order,
    is_pending,
    matching,
    place_of,
    standing_after,
    standing_before,
)
from involve.services.moderation.replies import was_answered
from involve.services.publishing.likeness import Copies, copies_of
from involve.services.staff.access import Actor
from involve.services.tellers.conversation import is_unread_by_staff
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.noticed import NOTICED
from involve.vocabulary.states import LANGUAGES
from involve.vocabulary.working_days import late_before, read_by

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A line of the queue.

    `personal` is how many details of each kind the machine noticed, `copies` what is nearly the same. `read_by` is the
    day by which somebody should have read it; None once somebody has decided. `may_answer` is whether the member of
    staff who looks may answer this story, `pending` whether a second person must agree to what is to become of it,
    `wrote` whether its teller wrote something that no member of staff has read.
    """

    reference: str
    project: Bilingual
    language: str
    state: str
    received_at: datetime
    read_by: date | None
    late: bool
    told_as: str
    may_publish: bool
    may_answer: bool
    personal: tuple[tuple[str, int], ...]
    at_risk: bool
    abuse: int
    spam: tuple[str, ...]
    copies: Copies | None
    answered: bool
    wrote: bool
    pending: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, and whether stories stand before and after it."""

    items: tuple[QueueItem, ...]
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many stories there are: by state, and of those in the chosen state by what was noticed and by language."""

    states: Mapping[str, int]
    reasons: Mapping[str, int]
    languages: Mapping[str, int]
    projects: Mapping[str, int]


def list_queue(
    session: Session, actor: Actor, wanted: QueueFilter, today: date, after: str = "", before: str = ""
) -> QueuePage:
    """Return a page of the stories that *actor* may see: risk first, then the oldest duty, then the oldest.

    `after` and `before` are the references of the stories next to the page; an unknown one gives the first page. Every
    project promises the same days, so that the oldest story is the one to be read soonest.
    """
    found = matching(session, actor, wanted, today)
    place = place_of(session, after or before)
    backwards = bool(before) and place is not None
    if place is not None:
        found = standing_before(found, place) if backwards else standing_after(found, place)
    ids = session.execute(in_order(found, backwards).limit(PAGE + 1)).scalars().all()
    more, ids = len(ids) > PAGE, ids[:PAGE]
    items = _items(session, actor, ids[::-1] if backwards else ids, today)
    if backwards:
        return QueuePage(items, before=more, after=True)
    return QueuePage(items, before=place is not None, after=more)


def find_neighbour(
    session: Session, actor: Actor, wanted: QueueFilter, today: date, reference: str, backwards: bool = False
) -> str | None:
    """Return the reference of the story after (or before) that one, where it stands or stood in the queue."""
    place = place_of(session, reference)
    if place is None:
        return None
    found = matching(session, actor, wanted, today).where(Story.id != place.id)
    found = standing_before(found, place) if backwards else standing_after(found, place)
    story_id = session.scalar(in_order(found, backwards).limit(1))
    return None if story_id is None else session.get_one(Story, story_id).reference


def count_queue(session: Session, actor: Actor, wanted: QueueFilter, today: date) -> QueueCounts:
    """Return how many stories *actor* may see, by state, and by what filters them further."""
    whole = matching(session, actor, QueueFilter("any"), today)
    columns = (Story.state, Story.project_id, Story.language, Story.noticed)
    # One look at the index for all of them; filters leave themselves out.
    rows = session.execute(whole.with_only_columns(*columns, func.count()).group_by(*columns)).all()
    slugs = {row[0]: row[1] for row in session.execute(select(Project.id, Project.slug))}
    chosen_states = OPEN_STATES if wanted.state == "open" else (wanted.state,)
    states, reasons, languages, projects = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for state, project_id, language, noticed, count in rows:
        here = wanted.project in ("", slugs[project_id])
        states[state] += count * here
        if wanted.state == "any" or state in chosen_states:
            projects[slugs[project_id]] += count
            languages[language] += count * here
            reasons.update({each.id: count * here for each in NOTICED if noticed & each.bit})
            reasons["nothing"] += count * here * (not noticed)
    for reason in ("late", "second"):
        found = matching(session, actor, QueueFilter(wanted.state, wanted.project, reason), today)
        reasons[reason] = session.scalar(found.with_only_columns(func.count())) or 0
    return QueueCounts(
        states, reasons, {e.id: languages[e.id] for e in LANGUAGES if languages[e.id]}, projects
    )


def _items(session: Session, actor: Actor, ids: Sequence[int], today: date) -> tuple[QueueItem, ...]:
    """Return the lines for the stories *ids*, in that order."""
    told = (was_answered(), _may_publish(), is_unread_by_staff(), is_pending())
    rows = session.execute(
        select(Story, *told, Project)
        .join(Project, Project.id == Story.project_id)
        .where(Story.id.in_(ids))
        .options(defer(Story.text))
    )
    copies, late = copies_of(session, ids), late_before(today)
    lines = {row[0].id: _item(row, actor, copies.get(row[0].id), late) for row in rows}
    return tuple(lines[story_id] for story_id in ids if story_id in lines)


def _item(row: Any, actor: Actor, copies: Copies | None, late: datetime) -> QueueItem:
    """Return the line for a story; *late* is the moment before which those that nobody decided on are late."""
    story, answered, may_publish, wrote, pending, project = row
    waits = story.state == "received"
    return QueueItem(
        reference=story.reference,
        project=Bilingual(project.name_cy, project.name_en),
        language=story.language,
        state=story.state,
        received_at=story.received_at,
        read_by=read_by(story.received_at) if waits else None,
        late=waits and story.received_at < late,
        told_as=story.told_as,
        may_publish=bool(may_publish),
        may_answer=actor.may("reply", project.body_id, project.id),
        personal=tuple(Counter(kind for _start, _end, kind in story.personal).items()),
        at_risk=story.at_risk,
        abuse=len(story.abuse),
        spam=tuple(story.spam),
        copies=copies,
        answered=answered,
        wrote=wrote,
        pending=pending,
    )


def _may_publish() -> ScalarSelect[bool]:
    """Return the last answer of a `Story`'s teller about publishing."""
    return (
        select(Consent.given)
        .where(Consent.story_id == Story.id, Consent.use == "publish")
        .order_by(Consent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
