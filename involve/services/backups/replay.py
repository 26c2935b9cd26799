"""Bringing database and list of withdrawals together: what was taken back stays so after any restore."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from involve.models import Story
from involve.services.backups.withdrawals import PUBLISHED, PURGED, REFUSED, WITHDRAWN, Line, WithdrawalList
from involve.services.following.stops import replay_stops
from involve.services.insights.insight_erasing import list_erased, replay_insights
from involve.services.publishing.publish import agreed_uses
from involve.services.tellers.my_story import change_consent, withdraw_story
from involve.services.upkeep.purge import purge_story


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many stories and insights a replay withdrew, from how many it took a use back, how many it emptied.

    `stopped`: how many things that somebody followed are followed no more.
    """

    withdrawn: int = 0
    refused: int = 0
    purged: int = 0
    stopped: int = 0


def replay_withdrawals(session: Session, withdrawals: WithdrawalList, now: datetime) -> Replayed:
    """Do again whatever the list says and the database does not know; the caller commits. Again, it changes nothing.

    Raises:
        OSError: the list cannot be read.
    """
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in withdrawals.read():
        lines[line.mark].append(line)
    if not lines:
        return Replayed()
    counts = {WITHDRAWN: 0, REFUSED: 0, PURGED: 0}
    stories = session.execute(select(Story.id, Story.reference).where(Story.state != "withdrawn")).all()
    for story_id, reference in stories:
        for line in lines.get(withdrawals.mark(reference), ()):
            counts[line.kind] += _apply(session, story_id, line, now)
    counts[WITHDRAWN] += replay_insights(session, withdrawals, lines, now)
    stopped = replay_stops(session, withdrawals, lines)
    return Replayed(counts[WITHDRAWN], counts[REFUSED], counts[PURGED], stopped)


def catch_up(session: Session, withdrawals: WithdrawalList) -> int:
    """Add to the list what the database knows was withdrawn and the list does not; return how many.

    Of who ended following nothing is left in the database, so that is in the list alone.

    Raises:
        OSError: the list cannot be read or written.
    """
    withdrawals.begin()
    known = {(line.kind, line.mark) for line in withdrawals.read()}
    gone = or_(Story.state == "withdrawn", Story.erased_at.is_not(None))
    rows = select(Story.reference, Story.received_at, Story.state, Story.erased_at).where(gone)
    added = 0
    for reference, received_at, state, erased_at in session.execute(rows):
        kind = WITHDRAWN if erased_at is None else PURGED
        if (kind, withdrawals.mark(reference)) not in known:
            stays = erased_at is not None and state != "withdrawn"
            withdrawals.note(
                kind, reference, erased_at or received_at, frozenset({PUBLISHED} if stays else ())
            )
            added += 1
    for kind, mark, at in list_erased(session):
        if (kind, withdrawals.mark(mark)) not in known:
            withdrawals.note(kind, mark, at)
            added += 1
    return added


def _apply(session: Session, story_id: int, line: Line, now: datetime) -> bool:
    """Do again what one line says, unless the database knows it; return whether anything was done."""
    story = session.get_one(Story, story_id, with_for_update=True)
    if story.state == "withdrawn":
        return False
    if line.kind == WITHDRAWN:
        withdraw_story(session, story_id, now)
        return True
    if line.kind == PURGED:
        return purge_story(session, story_id, PUBLISHED in line.uses, now, actor="machine") is not None
    # An answer that came at that moment or later is the teller's own and counts.
    unknown = all(consent.answered_at < line.at for consent in story.consents)
    if unknown and line.uses & agreed_uses(story):
        change_consent(session, story_id, agreed_uses(story) - line.uses, story.page_language, line.at)
        return True
    return False
