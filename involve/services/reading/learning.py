"""Learning from what this site's own people said of suggestions: with their leave only, and forgotten without it."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from involve.models import Consent, Job, Learnt, LearntStory, Story, Tag
from involve.services.publishing.publish import agreed_uses
from involve.services.stories.voices import bring_together
from involve.services.trail.record import record
from involve.services.upkeep.jobs import add_job
from involve.text.judging.corrections import (
    apply_stored,
    learn_corrections,
    make_builtin_finder,
    measure_gain,
    read_corrected,
)
from involve.text.judging.table import load_tables
from involve.text.pipeline import Reading

LEARN = "learn"
MORE_STORIES = 10  # new corrected stories after which it is worth learning anew
_SOON = timedelta(minutes=1)  # several changes that come together cause one learning


@dataclass(frozen=True, slots=True)
class LearntNow:
    """The latest learning: from how many stories, whether reading uses it, and what it gained.

    Of `verdicts` on stories that it had not seen, reading foretold `before` without it and `after` with it.
    """

    stories: int
    used: bool
    made_at: datetime
    verdicts: int
    before: int
    after: int


def reading_in_use(session: Session) -> Reading:
    """Return what judges stories here: the package's tables, moved by what this site learnt if anything is in use."""
    tables = load_tables()
    learnt = _latest(session)
    if tables is None or learnt is None or learnt.state != "used":
        return Reading(tables)
    if learnt.mark != tables.goals.made_from["mark"]:
        return Reading(tables)  # of an earlier version of the package; the next learning starts from this one
    return Reading(tables._replace(goals=apply_stored(tables.goals, learnt.changes)))


def learn_anew(session: Session, _subject_id: int, now: datetime) -> None:
    """Learn from every story whose teller gave leave and on which people spoke; the caller commits.

    It is used only where, on stories not learnt from, it foretells more of what people said than before.
    """
    tables = load_tables()
    corrected = _corrected(session)
    if tables is None:
        return
    finder = make_builtin_finder()
    read = [read_corrected(finder, tables.goals, story.text, said) for story, said in corrected]
    gain = measure_gain(tables.goals, read)
    better = gain.after > gain.before
    changes = learn_corrections(tables.goals, read) if better else {}
    session.execute(delete(Learnt))
    learnt = Learnt(
        made_at=now,
        state="used" if better else "no_better",
        mark=tables.goals.made_from["mark"],
        stories=len(read),
        verdicts=gain.verdicts,
        foretold_before=gain.before,
        foretold_after=gain.after,
        changes=json.dumps(changes, ensure_ascii=False, sort_keys=True),
    )
    session.add(learnt)
    session.flush()
    session.add_all(LearntStory(learnt_id=learnt.id, story_id=story.id) for story, _ in corrected)
    record(session, "learnt", "learnt", learnt.id, now, actor="machine", stories=len(read), used=better)


def ask_to_learn(session: Session, now: datetime) -> None:
    """See to it that learning happens soon; asking again before it has begun changes nothing."""
    waiting = select(Job.id).where(Job.kind == LEARN, Job.state == "due")
    if session.scalar(waiting.limit(1)) is None:
        add_job(session, LEARN, 0, now + _SOON)


def hear_correction(session: Session, story: Story, now: datetime) -> None:
    """Ask to learn anew when people spoke on enough stories since, whose tellers gave leave to learn from them."""
    if "learn" not in agreed_uses(story):
        return
    learnt = _latest(session)
    agreed = select(Consent.story_id).where(Consent.use == "learn", Consent.given)
    told = select(func.count(func.distinct(Tag.story_id))).where(
        Tag.voice != "machine", Tag.story_id.in_(agreed)
    )
    if learnt is not None:
        told = told.where(Tag.at > learnt.made_at)
    if (session.scalar(told) or 0) >= MORE_STORIES:
        ask_to_learn(session, now)


def forget_story(session: Session, story: Story, now: datetime) -> None:
    """Switch off, in the caller's transaction, what was learnt from *story*, and ask to learn again without it."""
    used = select(LearntStory.learnt_id).where(LearntStory.story_id == story.id)
    learnt = session.scalar(select(Learnt).where(Learnt.id.in_(used)))
    if learnt is None:
        return
    learnt.state, learnt.changes = "off", "{}"
    session.execute(delete(LearntStory).where(LearntStory.story_id == story.id))
    record(session, "learning_forgot", "learnt", learnt.id, now, actor="machine")
    ask_to_learn(session, now)


def show_learnt(session: Session) -> LearntNow | None:
    """Return what is known of the latest learning; None where there was none."""
    learnt = _latest(session)
    if learnt is None:
        return None
    return LearntNow(
        stories=learnt.stories,
        used=learnt.state == "used",
        made_at=learnt.made_at,
        verdicts=learnt.verdicts,
        before=learnt.foretold_before,
        after=learnt.foretold_after,
    )


def _latest(session: Session) -> Learnt | None:
    return session.scalar(select(Learnt).order_by(Learnt.id.desc()).limit(1))


def _corrected(session: Session) -> Sequence[tuple[Story, Mapping[str, bool]]]:
    """Return the stories to learn from, oldest first, each with what people said of its concepts."""
    spoken = select(Tag.story_id).where(Tag.voice != "machine")
    stories = session.scalars(
        select(Story).where(Story.id.in_(spoken), Story.state != "withdrawn").order_by(Story.id)
    )
    agreed = {story.id: story for story in stories if "learn" in agreed_uses(story)}
    tags: dict[int, list[Tag]] = defaultdict(list)
    for tag in session.scalars(select(Tag).where(Tag.story_id.in_(spoken))):
        if tag.story_id in agreed:
            tags[tag.story_id].append(tag)
    return [
        (
            story,
            {
                each.concept: each.verdict == "confirmed"
                for each in bring_together(tags[story.id])
                # A theme is one project's own; what is learnt here is shared by all.
                if each.voice != "machine" and each.scheme != "theme"
            },
        )
        for story in agreed.values()
    ]
