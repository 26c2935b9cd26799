"""Appeals: a teller asks for a second person, once for each judgement; one who did not judge decides and says why."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, NotFound
from involve.models import Appeal, Judgement, Project, Story
from involve.services.moderation.judgements import OwnJudgement, find_reviewable, review_judgement
from involve.services.moderation.staff_story import find_story
from involve.services.staff.access import Actor, projects_where
from involve.services.stories.own_story import find_own_story
from involve.services.trail.record import record
from involve.services.upkeep.letters import tell_of_news
from involve.text.language import identify_language
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.reasons import LONGEST_SENTENCE

LONGEST_APPEAL = 1_000
Stands = Literal["open", "asked", "upheld", "changed", "looked_at"]


class NothingToAppeal(Conflict):
    """The story is neither held nor declined, or a second person was asked, or has looked, already."""

    code = "nothing_to_appeal"


@dataclass(frozen=True, slots=True)
class MyAppeal:
    """Where the teller stands: may ask ('open'), has ('asked'), was told ('upheld', 'changed'); or two people decided
    from the beginning ('looked_at').

    `sentence` is what the second person adds, in `language`. `new`: the teller sees the outcome for the first time.
    """

    stands: Stands
    on: date | None = None
    sentence: str = ""
    language: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class WaitingAppeal:
    """An appeal as staff see it. `mine` is whether the member of staff who looks judged the story themselves."""

    reference: str
    project_id: int
    project: Bilingual
    verdict: str
    reason: str | None
    first_sentence: str
    words: str
    words_language: str
    reply_language: str
    asked_at: datetime
    mine: bool


def appeal_judgement(session: Session, story_id: int, words: str, now: datetime) -> None:
    """Ask for a second person, with *words* for them or none.

    Raises:
        BadInput: the words are too long.
        NothingToAppeal: there is nothing to ask about, or somebody was asked before.
        NotFound: the story was withdrawn.
    """
    story = find_own_story(session, story_id)
    if len(words.strip()) > LONGEST_APPEAL:
        raise BadInput("words")
    step = find_reviewable(session, story)
    if step is None or step.pending or step.upheld is not None or _appeal_of(session, step) is not None:
        raise NothingToAppeal(story.reference)
    session.add(
        Appeal(
            story_id=story.id,
            judgement_id=step.id,
            verdict=step.verdict,
            language=story.language,
            words=words.strip() or None,
            asked_at=now,
        )
    )
    record(session, "appealed", "story", story.id, now, actor="participant", judgement=step.id)


def show_my_appeal(session: Session, story_id: int, now: datetime) -> MyAppeal | None:
    """Return where the teller stands; an outcome counts as seen from now. None where nothing was decided against them.

    Raises:
        NotFound: the story was withdrawn.
    """
    story = find_own_story(session, story_id)
    step = find_reviewable(session, story)
    last = session.scalar(
        select(Appeal).where(Appeal.story_id == story.id).order_by(Appeal.id.desc()).limit(1)
    )
    if last is not None and (step is None or last.judgement_id == step.id):
        return _told(session, last, now)
    if step is None or step.pending:
        return None
    return MyAppeal("open" if step.upheld is None else "looked_at", day_of(step.reviewed_at or step.at))


def list_appeals(session: Session, actor: Actor) -> tuple[WaitingAppeal, ...]:
    """Return the appeals that wait for *actor*, oldest first: not those about what they decided themselves."""
    projects = [project.id for project in projects_where(session, actor, "moderate")]
    others = or_(Judgement.user_id.is_(None), Judgement.user_id != actor.user_id)
    rows = session.execute(_waiting().where(Story.project_id.in_(projects), others).order_by(Appeal.id))
    return tuple(_waiting_appeal(*row, actor) for row in rows.all())


def is_appealed(session: Session, story_id: int) -> bool:
    """Whether an appeal about a story waits, for those who may open it anyway."""
    return session.execute(_waiting().where(Appeal.story_id == story_id)).first() is not None


def find_appeal(session: Session, actor: Actor, reference: str, now: datetime) -> WaitingAppeal | None:
    """Return the appeal about a story that waits; None where none does. That somebody read it is recorded.

    Raises:
        NotFound, NotAllowed: as `find_story`.
    """
    story = find_story(session, actor, reference, "moderate")
    row = session.execute(_waiting().where(Appeal.story_id == story.id)).first()
    if row is None:
        return None
    record(session, "appeal_viewed", "story", story.id, now, user_id=actor.user_id)
    return _waiting_appeal(*row, actor)


def decide_appeal(
    session: Session, actor: Actor, reference: str, uphold: bool, sentence: str, now: datetime
) -> None:
    """Say as the second person whether the judgement stands, with a sentence for the teller in their language.

    It needs one where the judgement stands. Where it does not, the story is again as it was before.

    Raises:
        BadInput: no sentence where one is needed, or one that is too long.
        OwnJudgement: the actor is who judged the story.
        NotFound: nothing waits, there is no such story, or it was withdrawn.
        NotAllowed: no grant covers it.
    """
    story = find_story(session, actor, reference, "moderate")
    row = session.execute(_waiting().where(Appeal.story_id == story.id)).first()
    if row is None:
        raise NotFound("appeal")
    appeal, words = row[0], sentence.strip()
    if row[1].user_id == actor.user_id:
        raise OwnJudgement(reference)
    if len(words) > LONGEST_SENTENCE or (uphold and not words):
        raise BadInput("sentence")
    review_judgement(session, actor, reference, uphold, now)
    appeal.upheld, appeal.decided_at, appeal.user_id = uphold, now, actor.user_id
    appeal.sentence, appeal.sentence_language = words or None, story.reply_language
    record(session, "appeal_decided", "story", story.id, now, user_id=actor.user_id, upheld=uphold)
    tell_of_news(session, story.id, now)


def _appeal_of(session: Session, step: Judgement) -> Appeal | None:
    """Return the appeal about one step."""
    return session.scalar(select(Appeal).where(Appeal.judgement_id == step.id))


def _waiting() -> Select[Appeal, Judgement, Story, Project]:
    """Return the query for appeals that nobody decided, about steps that still stand."""
    return (
        select(Appeal, Judgement, Story, Project)
        .join(Judgement, Judgement.id == Appeal.judgement_id)
        .join(Story, Story.id == Appeal.story_id)
        .join(Project, Project.id == Story.project_id)
        .where(Appeal.decided_at.is_(None), Judgement.undone_at.is_(None), Story.state == Judgement.verdict)
    )


def _told(session: Session, appeal: Appeal, now: datetime) -> MyAppeal:
    """Return what the teller is told of their appeal; one whose judgement was undone meanwhile has changed it."""
    undone = session.get_one(Judgement, appeal.judgement_id).undone_at
    if appeal.decided_at is None and undone is None:
        return MyAppeal("asked", day_of(appeal.asked_at))
    new, appeal.seen_at = appeal.seen_at is None, appeal.seen_at or now
    return MyAppeal(
        stands="upheld" if appeal.upheld else "changed",
        on=day_of(appeal.decided_at or undone or now),
        sentence=appeal.sentence or "",
        language=appeal.sentence_language or "",
        new=new,
    )


def _waiting_appeal(
    appeal: Appeal, step: Judgement, story: Story, project: Project, actor: Actor
) -> WaitingAppeal:
    """Return the value of an appeal for one member of staff."""
    return WaitingAppeal(
        reference=story.reference,
        project_id=project.id,
        project=Bilingual(project.name_cy, project.name_en),
        verdict=step.verdict,
        reason=step.reason,
        first_sentence=step.sentence or "",
        words=appeal.words or "",
        words_language=identify_language(appeal.words or ""),
        reply_language=story.reply_language,
        asked_at=appeal.asked_at,
        mine=step.user_id == actor.user_id,
    )
