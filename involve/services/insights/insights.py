"""Insights: what staff keep hearing, logged, corrected and taken back by those who hear it, and read by machine.

They are second-hand: no count of stories, promises or evidence reads these tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from involve.errors import Conflict, NotFound
from involve.models import Insight, InsightTag, InsightTold, Project
from involve.services.insights.insight_draft import InsightDraft, check_draft
from involve.services.insights.insight_erasing import erase_insight, forget_links, is_there, mark_of
from involve.services.insights.insight_views import InsightView, view_insights
from involve.services.projects.projects import LARGEST_ID, find_project
from involve.services.publishing.keys import encode_keys
from involve.services.reading.learning import reading_in_use
from involve.services.staff.access import Actor, projects_where, require
from involve.services.stories.codes import hash_client
from involve.services.trail.record import record
from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse
from involve.text.search import index_keys
from involve.text.types import PersonalDetail
from involve.vocabulary.bilingual import Bilingual

SITE = "site"
PAGE = 50


class InsightAnswered(Conflict):
    """It was answered, and an answer is about the words that stood there: they are no longer changed."""

    code = "insight_answered"


@dataclass(frozen=True, slots=True)
class Habits:
    """What the last insight of a member of staff said that the next one probably says too."""

    project: str | None = None
    area: str | None = None
    wants_letter: bool = False


def log_insight(
    session: Session, actor: Actor, draft: InsightDraft, client_id: UUID, now: datetime, code_key: str
) -> int:
    """Keep an insight with what the software reads in it, and return its id; the same sending again adds nothing.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
        TextRefused, BadInput: as `check_draft`.
        Conflict: the client id came before with something else, or what it brought was taken back.
    """
    project = find_project(session, draft.project)
    require(actor, "log_insight", project)
    draft = check_draft(draft)
    key = f"sent:{hash_client(code_key, client_id)}"
    earlier = _find_sent(session, key)
    if earlier is not None:
        return _repeat(earlier, actor, draft)
    try:
        with session.begin_nested():
            row = add_insight(session, project, draft, SITE, key, now, actor.user_id)
    except IntegrityError:
        # Somebody pressed twice, and the other press won.
        earlier = _find_sent(session, key)
        if earlier is None:
            raise
        return _repeat(earlier, actor, draft)
    record(session, "insight_logged", "insight", row.id, now, user_id=actor.user_id)
    return row.id


def add_insight(
    session: Session,
    project: Project,
    draft: InsightDraft,
    source: str,
    key: str,
    now: datetime,
    user_id: int | None,
) -> Insight:
    """Add a checked draft and what the software reads in it; for other services, who record the event."""
    row = Insight(project_id=project.id, source=source, source_key=key, received_at=now, user_id=user_id)
    _fill(session, row, draft)
    session.add(row)
    session.flush()
    return row


def correct_insight(
    session: Session, actor: Actor, insight_id: int, draft: InsightDraft, now: datetime
) -> None:
    """Replace what one's own insight says, until it is answered. Its project stays.

    Raises:
        NotFound: there is none, or it is somebody else's.
        InsightAnswered: it was answered.
        TextRefused, BadInput: as `check_draft`.
    """
    row = find_own(session, actor, insight_id)
    draft = check_draft(draft)
    if _is_answered(session, row.id):
        raise InsightAnswered("answered")
    if _draft_of(row) == replace(draft, project=row.project.slug):
        return
    row.tags.clear()
    session.flush()
    _fill(session, row, draft)
    row.corrected_at = now
    # What staff said of it was about other words.
    forget_links(session, row.id)
    session.flush()
    record(session, "insight_corrected", "insight", row.id, now, user_id=actor.user_id)


def withdraw_insight(session: Session, actor: Actor, insight_id: int, now: datetime) -> str:
    """Take one's own insight back: words, tags and links are gone, and a repeat of the sending does not bring it back.

    Returns what the list of withdrawals outside the database knows it by.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    row = find_own(session, actor, insight_id)
    erase_insight(session, row, now)
    record(session, "insight_withdrawn", "insight", row.id, now, user_id=actor.user_id)
    return mark_of(row)


def list_own(session: Session, actor: Actor, start: int = 0) -> tuple[InsightView, ...]:
    """Return a page of one's own insights, those with a new answer first, then the newest."""
    unread = (
        select(InsightTold.id)
        .where(InsightTold.insight_id == Insight.id, InsightTold.read_at.is_(None))
        .exists()
    )
    rows = session.scalars(
        select(Insight)
        .where(Insight.user_id == actor.user_id, is_there())
        .order_by(unread.desc(), Insight.id.desc())
        .offset(start)
        .limit(PAGE)
    )
    return view_insights(session, actor, rows.all())


def read_own(session: Session, actor: Actor, insight_id: int) -> InsightView:
    """Return one's own insight.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    return view_insights(session, actor, [find_own(session, actor, insight_id)])[0]


def note_answers_read(session: Session, actor: Actor, insight_ids: Sequence[int], now: datetime) -> None:
    """Note that the author of insights has seen their answers; those of others stay as they are."""
    own = select(Insight.id).where(Insight.id.in_(insight_ids), Insight.user_id == actor.user_id)
    session.execute(
        update(InsightTold)
        .where(InsightTold.insight_id.in_(own), InsightTold.read_at.is_(None))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )


def count_unread(session: Session, actor: Actor) -> int:
    """Return how many of one's own insights have an answer that was not seen yet."""
    rows = session.scalars(
        select(InsightTold.insight_id)
        .join(Insight, Insight.id == InsightTold.insight_id)
        .where(Insight.user_id == actor.user_id, is_there(), InsightTold.read_at.is_(None))
        .distinct()
    )
    return len(rows.all())


def list_logging(session: Session, actor: Actor) -> tuple[tuple[str, Bilingual], ...]:
    """Return slug and name of the projects for which this person may log what they hear."""
    rows = projects_where(session, actor, "log_insight")
    return tuple((row.slug, Bilingual(row.name_cy, row.name_en)) for row in rows if row.archived_at is None)


def habits_of(session: Session, actor: Actor) -> Habits:
    """Return what this person chose last time."""
    query = select(Insight).where(Insight.user_id == actor.user_id, is_there())
    last = session.scalar(query.order_by(Insight.id.desc()).limit(1))
    return Habits() if last is None else Habits(last.project.slug, last.area, last.wants_letter)


def notice_personal(text: str) -> tuple[PersonalDetail, ...]:
    """Return what in *text* may identify someone, to be shown to its author before it is sent."""
    return analyse(text, load_builtin()).personal


def find_own(session: Session, actor: Actor, insight_id: int) -> Insight:
    """Return the row of one's own insight, locked.

    Raises:
        NotFound: there is none, or it is somebody else's: which of the two, nobody learns.
    """
    wanted = select(Insight).where(Insight.id == insight_id, Insight.user_id == actor.user_id, is_there())
    row = session.scalar(wanted.with_for_update()) if insight_id <= LARGEST_ID else None
    if row is None:
        raise NotFound("insight")
    return row


def _fill(session: Session, row: Insight, draft: InsightDraft) -> None:
    """Write a draft into a row, with what the software reads in it."""
    row.text, row.idea, row.wants_letter = draft.text, draft.idea or None, draft.wants_letter
    row.people, row.band, row.how, row.area = draft.people, draft.band, draft.how, draft.area
    analysis = analyse(draft.text, load_builtin(), reading=reading_in_use(session))
    row.language = analysis.language
    row.personal = [[detail.start, detail.end, detail.kind] for detail in analysis.personal]
    row.risk = [[passage.start, passage.end] for passage in analysis.risk]
    row.at_risk = bool(analysis.risk)
    row.keys = " ".join(encode_keys(index_keys(draft.text)))
    row.tags.extend(
        InsightTag(
            scheme=tag.scheme,
            concept=tag.concept,
            stance=tag.stance,
            confidence=tag.confidence,
            passages=[[passage.start, passage.end] for passage in tag.passages],
        )
        for tag in analysis.tags
    )


def _find_sent(session: Session, key: str) -> Insight | None:
    """Return what the same sending brought before."""
    return session.scalar(select(Insight).where(Insight.source == SITE, Insight.source_key == key))


def _repeat(earlier: Insight, actor: Actor, draft: InsightDraft) -> int:
    """Return the id of the first sending again, unless this is something else."""
    same = earlier.user_id == actor.user_id and earlier.withdrawn_at is None and _draft_of(earlier) == draft
    if not same:
        raise Conflict("client id used before")
    return earlier.id


def _draft_of(row: Insight) -> InsightDraft:
    """Return what a row says, as it would be sent."""
    return InsightDraft(
        row.project.slug,
        row.text,
        row.people,
        row.band,
        row.how,
        row.area,
        row.idea or "",
        row.wants_letter,
    )


def _is_answered(session: Session, insight_id: int) -> bool:
    return (
        session.scalar(select(InsightTold.id).where(InsightTold.insight_id == insight_id).limit(1))
        is not None
    )
