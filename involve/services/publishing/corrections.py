"""Small corrections: staff offer other words for a passage; the teller sees both, says yes or no, and may undo it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, NotAllowed, NotFound
from involve.models import Correction, Story
from involve.services.moderation.staff_story import find_story
from involve.services.publishing.publish import agreed_uses, refresh_publication
from involve.services.publishing.wording import accepted_of, hidden_of, word_story
from involve.services.staff.access import Actor
from involve.services.stories.own_story import find_own_story
from involve.services.trail.record import record
from involve.services.upkeep.letters import tell_of_news
from involve.text.personal import find_personal
from involve.vocabulary.corrections import find_correction_reason

# A correction is small: of the words that are replaced, and of those that replace them.
LONGEST_WORDING = 200
# How much of the story is shown on either side of the two wordings.
AROUND = 80
STANDING = ("offered", "accepted")


class WordingRefused(BadInput):
    """The correction cannot be offered; the argument says why.

    missing: the words do not stand in the story as written. several: they stand there more than once. same: nothing
    would change. long: too many words. overlaps: another correction stands there. crosses: only a part of what is
    hidden would be replaced. reveals: the new words hold what is hidden, or what may identify someone.
    """


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A wording as the public reads it, between the words before and after it."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction with the public wording without it (`now`) and with it (`then`).

    `has_effect` is false where something of that passage was hidden since: hiding wins. `new`: its teller sees it for
    the first time.
    """

    id: int
    state: str
    reason: str
    language: str
    now: Excerpt
    then: Excerpt
    has_effect: bool
    new: bool
    offered_on: date
    answered_on: date | None


def offer_correction(
    session: Session, actor: Actor, reference: str, old: str, new: str, reason: str, now: datetime
) -> None:
    """Offer the teller the words *new* for the words *old*, which stand in the original exactly once.

    Raises:
        WordingRefused: see there.
        NotAllowed: the teller did not agree to publishing, or no grant covers it.
        NotFound: there is no such story or reason.
    """
    story = find_story(session, actor, reference, "moderate")
    if "publish" not in agreed_uses(story) or story.code_hash is None:
        raise NotAllowed("not published by consent")
    find_correction_reason(reason)
    start, end = _place(story, old, new)
    correction = Correction(
        story_id=story.id,
        start=start,
        end=end,
        replacement=new.strip(),
        covers=_covers(session, story, start, end, new),
        reason=reason,
        state="offered",
        user_id=actor.user_id,
        offered_at=now,
    )
    _refuse_overlap(session, story, correction)
    session.add(correction)
    session.flush()
    record(session, "correction_offered", "story", story.id, now, user_id=actor.user_id, reason=reason)
    tell_of_news(session, story.id, now)


def answer_correction(
    session: Session, story_id: int, correction_id: int, answer: str, now: datetime
) -> None:
    """Keep what the teller says: 'accepted' or 'refused' of what is offered, 'undone' of what they accepted.

    What is public follows in this transaction. The same answer twice is one.

    Raises:
        BadInput: there is no such answer.
        Conflict: it is not waiting for that answer; staff took it back, say.
        NotFound: the story was withdrawn, or there is no such correction.
    """
    story = find_own_story(session, story_id)
    row = session.get(Correction, correction_id)
    if row is None or row.story_id != story.id:
        raise NotFound("correction")
    waits_for = {"accepted": "offered", "refused": "offered", "undone": "accepted"}
    if answer not in waits_for:
        raise BadInput("answer")
    if row.state == answer:
        return
    if row.state != waits_for[answer]:
        raise Conflict("correction")
    row.state, row.answered_at = answer, now
    session.flush()
    refresh_publication(session, story)
    record(session, f"correction_{answer}", "story", story.id, now, actor="participant", reason=row.reason)


def take_correction_back(
    session: Session, actor: Actor, reference: str, correction_id: int, now: datetime
) -> None:
    """Take an offer back before it is answered.

    Raises:
        Conflict: it was answered.
        NotFound, NotAllowed: as `find_story`; there is no such correction.
    """
    story = find_story(session, actor, reference, "moderate")
    row = session.get(Correction, correction_id)
    if row is None or row.story_id != story.id:
        raise NotFound("correction")
    if row.state not in ("offered", "taken_back"):
        raise Conflict("correction")
    row.state = "taken_back"
    record(session, "correction_taken_back", "story", story.id, now, user_id=actor.user_id)


def list_corrections_for_staff(
    session: Session, actor: Actor, reference: str, now: datetime
) -> tuple[CorrectionView, ...]:
    """Return all corrections of a story, newest first; that somebody read words of it is recorded.

    Raises:
        NotFound, NotAllowed: as `find_story`.
    """
    story = find_story(session, actor, reference, "moderate")
    views = _list(session, story)
    if views:
        record(session, "corrections_viewed", "story", story.id, now, user_id=actor.user_id)
    return views


def list_my_corrections(session: Session, story_id: int, now: datetime) -> tuple[CorrectionView, ...]:
    """Return to the teller what they were offered, newest first; what is new counts as seen from now.

    Raises:
        NotFound: the story was withdrawn.
    """
    views = _list(session, find_own_story(session, story_id))
    for row in _rows(session, story_id):
        row.seen_at = row.seen_at or now
    return tuple(view for view in views if view.state != "taken_back")


def _place(story: Story, old: str, new: str) -> tuple[int, int]:
    """Return where the words to be replaced stand in the original."""
    old, new = old.strip(), new.strip()
    if max(len(old), len(new)) > LONGEST_WORDING:
        raise WordingRefused("long")
    start = story.text.find(old) if old else -1
    if start < 0:
        raise WordingRefused("missing")
    if story.text.find(old, start + 1) >= 0:
        raise WordingRefused("several")
    if old == new or not new:
        raise WordingRefused("same")
    return start, start + len(old)


def _covers(session: Session, story: Story, start: int, end: int, new: str) -> list[list[int]]:
    """Return the hidden spans that the new words stand for; these words may hold nothing of them, nor their like."""
    within = [each for each in hidden_of(session, story.id) if each.start < end and start < each.end]
    if any(each.start < start or each.end > end for each in within):
        raise WordingRefused("crosses")
    words = new.casefold()
    if any(story.text[each.start : each.end].strip().casefold() in words for each in within):
        raise WordingRefused("reveals")
    # A name in its right spelling may be offered where none was hidden; a number, say, or an address never.
    if any(within or detail.kind != "name" for detail in find_personal(new)):
        raise WordingRefused("reveals")
    return [[each.start, each.end] for each in within]


def _refuse_overlap(session: Session, story: Story, correction: Correction) -> None:
    """Refuse a correction where another stands, offered or accepted."""
    for row in _rows(session, story.id):
        if row.state in STANDING and row.start < correction.end and correction.start < row.end:
            raise WordingRefused("overlaps")


def _rows(session: Session, story_id: int) -> Sequence[Correction]:
    """Return the corrections of a story, newest first."""
    rows = select(Correction).where(Correction.story_id == story_id).order_by(Correction.id.desc())
    return session.scalars(rows).all()


def _list(session: Session, story: Story) -> tuple[CorrectionView, ...]:
    """Return the values of a story's corrections."""
    accepted = accepted_of(session, story.id)
    return tuple(_view(session, story, row, accepted) for row in _rows(session, story.id))


def _view(session: Session, story: Story, row: Correction, accepted: Sequence[Correction]) -> CorrectionView:
    """Return a correction beside the public wording without it."""
    others = [each for each in accepted if each is not row]
    without = word_story(session, story, corrections=others)
    with_it = word_story(session, story, corrections=[*others, row])
    return CorrectionView(
        id=row.id,
        state=row.state,
        reason=row.reason,
        language=story.language,
        now=_excerpt(without.text, *without.place(row.start, row.end)),
        then=_excerpt(with_it.text, *with_it.place(row.start, row.end)),
        has_effect=any(not move.hidden and move.start == row.start for move in with_it.moves),
        new=row.seen_at is None and row.state == "offered",
        offered_on=row.offered_at.date(),
        answered_on=row.answered_at.date() if row.answered_at else None,
    )


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    """Return the words at a place with some of those around it, cut between words."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Excerpt(before, text[start:end], after)
