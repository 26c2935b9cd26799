"""What the demonstration shows of promises: decisions, a panel at work, an explanation, and what tellers say."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Project, Story
from involve.services.deciding.considered import Considered
from involve.services.deciding.decisions import (
    DecisionDraft,
    draft_decision,
    propose_decision,
    publish_decision,
)
from involve.services.deciding.outcomes import OutcomeDraft, note_outcome
from involve.services.deciding.panel import answer_offer, offer_seat, say
from involve.services.deciding.verdicts import MyVerdict, give_verdict
from involve.services.demonstration.demonstration_grounds import add_ground
from involve.services.projects.projects import find_stage_id
from involve.services.promises.rungs import explain_duty
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of

_SAID = timedelta(days=9)  # before the first start: more than a week, so that the Monday after it has passed


def add_promises(
    session: Session, data: Mapping[str, Any], actor: Actor, receipts: Mapping[str, Receipt], now: datetime
) -> None:
    """Add the decisions, notes and verdicts of *data*; *receipts* are those of the stories, by their ids."""
    for decision in data["decision"]:
        _add_decision(session, decision, actor, receipts, now)
    for note in data["note"]:
        stage_id = find_stage_id(session, note["project"], note["stage"])
        written = now - timedelta(days=note["written"])
        explain_duty(session, actor, stage_id, note["duty"], Bilingual(**note["text"]), written)
    for verdicts in data["verdicts"]:
        _add_verdicts(session, verdicts, now - _SAID)


def _add_decision(
    session: Session,
    decision: Mapping[str, Any],
    actor: Actor,
    receipts: Mapping[str, Receipt],
    now: datetime,
) -> None:
    def ago(name: str) -> datetime:
        return now - timedelta(days=decision[name])

    stage_id = find_stage_id(session, decision["project"], decision["stage"])
    number = draft_decision(session, actor, stage_id, _draft(decision, now), ago("drafted"))
    if "published" in decision:
        seen = add_ground(session, decision, number, actor, receipts, ago("published"))
        publish_decision(session, actor, number, seen, ago("published"))
        _add_outcomes(session, decision, number, actor, now)
        return
    for story in decision["seats"]:
        offer_seat(session, actor, receipts[story].reference, ago("drafted"))
        answer_offer(session, receipts[story].story_id, True, ago("drafted"))
    propose_decision(session, actor, number, ago("proposed"))
    for story in decision["agree"]:
        say(session, receipts[story].story_id, number, 1, "agree", "", ago("proposed"))


def _draft(decision: Mapping[str, Any], now: datetime) -> DecisionDraft:
    """Return the words of a decision, with what else could have been decided."""
    options = tuple(
        Considered(Bilingual(**each["text"]), each.get("chosen", False), Bilingual(**each["reason"]))
        for each in decision.get("option", ())
    )
    decided = decision.get("decided")

    def words(name: str) -> Bilingual:
        return Bilingual(**decision.get(name, {"cy": "", "en": ""}))

    return DecisionDraft(
        words("title"),
        words("text"),
        words("change"),
        words("question"),
        words("decided_by"),
        None if decided is None else day_of(now - timedelta(days=decided)),
        options,
    )


def _add_outcomes(
    session: Session, decision: Mapping[str, Any], number: int, actor: Actor, now: datetime
) -> None:
    for each in decision.get("outcome", ()):
        at = now - timedelta(days=each["noted"])
        draft = OutcomeDraft(each["status"], Bilingual(**each["text"]), day_of(at))
        note_outcome(session, actor, number, draft, at)


def _add_verdicts(session: Session, verdicts: Mapping[str, Any], at: datetime) -> None:
    project = (
        Story.project_id == select(Project.id).where(Project.slug == verdicts["project"]).scalar_subquery()
    )
    stories = iter(session.scalars(select(Story.id).where(project).order_by(Story.id)).all())
    for said in verdicts["said"]:
        verdict = MyVerdict(said["before"], said["after"], said["felt"], said["changed"])
        for _ in range(said["number"]):
            give_verdict(session, next(stories), verdict, at)
