"""Saying something about a tag: each voice has a row of its own, so that nobody overwrites anybody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Story, Tag
from involve.services.codebook.names import is_theme
from involve.services.publishing.publish import refresh_publication
from involve.services.reading.learning import hear_correction
from involve.services.trail.record import record
from involve.vocabulary.goals import GOALS
from involve.vocabulary.states import STANCES
from involve.vocabulary.ways import WAYS

CONCEPTS = frozenset({("goal", goal.id) for goal in GOALS} | {("way", way.id) for way in WAYS})
STANCE_IDS = frozenset(stance.id for stance in STANCES)


def speak(
    session: Session,
    story: Story,
    voice: str,
    scheme: str,
    concept: str,
    verdict: str,
    now: datetime,
    stance: str | None = None,
    user_id: int | None = None,
) -> None:
    """Keep what the participant or staff (`voice`) say: `verdict` is 'confirmed' or 'rejected'; what is public follows.

    Without a `stance` the machine's is taken over.

    Raises:
        BadInput: there is no such concept, verdict or stance.
    """
    _check_words(session, story, scheme, concept, verdict, stance)
    machine = _tag(session, story, scheme, concept, "machine")
    own = _tag(session, story, scheme, concept, voice)
    if own is None:
        own = Tag(story_id=story.id, scheme=scheme, concept=concept, voice=voice, passages=[])
        own.stance = machine.stance if machine is not None else "mixed"
        session.add(own)
    own.stance, own.state, own.at, own.user_id = stance or own.stance, verdict, now, user_id
    session.flush()
    refresh_publication(session, story)
    hear_correction(session, story, now)
    record(
        session,
        f"tag_{verdict}",
        "story",
        story.id,
        now,
        actor=voice,
        user_id=user_id,
        scheme=scheme,
        concept=concept,
    )


def _check_words(
    session: Session, story: Story, scheme: str, concept: str, verdict: str, stance: str | None
) -> None:
    """Make sure that what is said of a concept can be kept.

    Raises:
        BadInput: it cannot.
    """
    known = is_theme(session, story.project, concept) if scheme == "theme" else (scheme, concept) in CONCEPTS
    if not known or verdict not in ("confirmed", "rejected"):
        raise BadInput("tag")
    if stance is not None and stance not in STANCE_IDS:
        raise BadInput("stance")


def _tag(session: Session, story: Story, scheme: str, concept: str, voice: str) -> Tag | None:
    """Return what one voice said of one concept."""
    return session.scalar(
        select(Tag).where(
            Tag.story_id == story.id, Tag.scheme == scheme, Tag.concept == concept, Tag.voice == voice
        )
    )
