"""What a decision needs before it is published, for tests that are about something else."""

from datetime import datetime

from sqlalchemy.orm import Session

from involve.models import Decision
from involve.services.deciding.citing import cite_sentences
from involve.services.deciding.decisions import publish_decision
from involve.services.deciding.ground_gate import Seen, check_ground
from involve.services.deciding.judging import judge_heard
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW
from tests.publications import Shown, add_rows


def give_ground(session: Session, actor: Actor, decision_id: int, now: datetime = NOW) -> Seen:
    """Rely on a published story of its own and follow all that was heard; return what was seen against it."""
    decision = session.get_one(Decision, decision_id)
    shown = Shown("Words to rely on.", now=decision.created_at)
    (reference,) = add_rows(session, decision.project.slug, [shown])
    cite_sentences(session, actor, decision_id, reference, [0], "for", now)
    for heard in check_ground(session, decision).heard:
        if heard.judgement == "open":
            judge_heard(session, actor, decision_id, heard.key, "followed", Bilingual("", ""), now)
    return see(session, decision_id)


def see(session: Session, decision_id: int) -> Seen:
    """Return that the strongest words against a decision were seen."""
    return Seen(check_ground(session, session.get_one(Decision, decision_id)).seen_key)


def publish_with_ground(session: Session, actor: Actor, decision_id: int, now: datetime = NOW) -> None:
    """Publish a decision that has a published story to rely on."""
    publish_decision(session, actor, decision_id, give_ground(session, actor, decision_id, now), now)
