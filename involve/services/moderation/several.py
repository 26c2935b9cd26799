"""Judging several stories with one press: only where that is safe, told story by story beforehand, undone together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Judgement, Story
from involve.services.moderation.judgements import NotTheLast, undo_judgement
from involve.services.moderation.moderate import Press, is_grave, judge_story
from involve.services.moderation.readers import was_opened_by
from involve.services.moderation.staff_story import story_version
from involve.services.publishing.publish import agreed_uses
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual

# How many at once: a page of the queue.
MOST = 50
# Only what nobody could take for a story is declined without having been judged one by one.
DECLINED_FOR = ("advert", "no_story")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A story that was chosen: why it is left out (see `why_not`; "" where it is not), and what it rests on."""

    reference: str
    project: Bilingual | None
    left_out: str
    version: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with one press: its name, the stories, those left out, and the jobs of letters to send."""

    together: str
    done: tuple[str, ...]
    left_out: tuple[Chosen, ...]
    job_ids: tuple[int, ...]


def plan_several(
    session: Session, actor: Actor, references: Sequence[str], verdict: str
) -> tuple[Chosen, ...]:
    """Return for each of the stories whether one press can bring it to *verdict*, and if not why.

    Raises:
        BadInput: none or too many are chosen, or it is no verdict.
    """
    wanted = tuple(dict.fromkeys(references))
    if not 0 < len(wanted) <= MOST or verdict not in ("published", "held", "declined"):
        raise BadInput("several")
    return tuple(_plan(session, actor, reference, verdict) for reference in wanted)


def judge_several(
    session: Session,
    actor: Actor,
    versions: Mapping[str, str],
    verdict: str,
    reason: str | None,
    now: datetime,
) -> Done:
    """Bring the stories to *verdict*, each as its own step; *versions* are those under which they were shown.

    What changed meanwhile, or may not be judged with others, is left out.

    Raises:
        BadInput: as `plan_several`, or there is no such reason for that verdict.
    """
    if verdict == "declined" and reason not in DECLINED_FOR:
        raise BadInput("reason")
    together, done, left_out, jobs = uuid4().hex, [], [], []
    # In one order for everybody, so that two people who judge the same stories do not wait for each other.
    for chosen in plan_several(session, actor, sorted(versions), verdict):
        if not chosen.left_out and chosen.version != versions[chosen.reference]:
            chosen = Chosen(chosen.reference, chosen.project, "changed", chosen.version)
        if chosen.left_out:
            left_out.append(chosen)
            continue
        press = Press(verdict, reason=reason, together=together)
        judged = judge_story(session, actor, chosen.reference, press, now)
        done.append(chosen.reference)
        jobs += [judged.job_id] if judged.job_id is not None else []
    return Done(together, tuple(done), tuple(left_out), tuple(jobs))


def undo_several(session: Session, actor: Actor, together: str, now: datetime) -> tuple[int, int]:
    """Undo what the actor did with one press; return how many stories, and how many had something done since."""
    rows = session.execute(
        select(Judgement.id, Story.reference)
        .join(Story, Story.id == Judgement.story_id)
        .where(Judgement.together == together, Judgement.user_id == actor.user_id)
        .where(Judgement.undone_at.is_(None))
        .order_by(Story.reference)
    ).all()
    undone = 0
    for judgement_id, reference in rows:
        try:
            undo_judgement(session, actor, reference, judgement_id, now)
        except NotTheLast:
            continue
        undone += 1
    return undone, len(rows) - undone


def why_not(session: Session, actor: Actor, story: Story, verdict: str) -> str:
    """Return why a story is not brought to *verdict* together with others; "" where it can be.

    'noticed': the machine noticed something, so that it is read and judged alone. 'not_agreed': no consent to publish.
    'not_opened': this person never read it. 'unread': the machine has not. 'grave': two people decline it. 'no_spam':
    nothing says that it is none. 'already': it is so.
    """
    if story.state == verdict:
        return "already"
    if verdict == "held":
        return ""
    if story.tagged_at is None:
        return "unread"
    if verdict == "declined":
        return "grave" if is_grave(story) else "" if story.spam else "no_spam"
    if story.noticed:
        return "noticed"
    if "publish" not in agreed_uses(story):
        return "not_agreed"
    return "" if was_opened_by(session, actor, story.id) else "not_opened"


def _plan(session: Session, actor: Actor, reference: str, verdict: str) -> Chosen:
    """Return whether one story can be brought to *verdict*. One that this person may not judge is as if not there."""
    found = select(Story).where(Story.reference == reference, Story.state != "withdrawn")
    story = None if "\0" in reference else session.scalar(found.with_for_update(of=Story))
    if story is None or not actor.may("moderate", story.project.body_id, story.project_id):
        return Chosen(reference, None, "not_there", "")
    name = Bilingual(story.project.name_cy, story.project.name_en)
    return Chosen(reference, name, why_not(session, actor, story, verdict), story_version(session, story))
