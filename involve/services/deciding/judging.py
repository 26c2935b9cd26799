"""Saying of each thing that was heard whether a decision follows it, and why where it does not."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing
from involve.models import Decision, DecisionTheme
from involve.services.deciding.decisions import find_unpublished
from involve.services.deciding.heard import READ, Subject, find_heard, find_subjects
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.grounds import JUDGEMENTS

LONGEST_REASON = 2_000


def judge_heard(
    session: Session,
    actor: Actor,
    decision_id: int,
    key: str,
    judgement: str,
    reason: Bilingual,
    now: datetime,
) -> None:
    """Say whether a decision follows what was heard; a later word replaces it, 'open' takes it back.

    Raises:
        NotFound, NotAllowed: there is no such decision or nothing such was heard, or no grant covers it.
        BadInput: 'published' (the decision is), 'judgement' (there is no such), 'long' (the reason).
        LanguageMissing: it is not followed, or a reason is given, and the reason lacks its Welsh or its English.
    """
    decision = find_unpublished(session, actor, decision_id)
    subject, heard = find_heard(session, decision, key)
    words = Bilingual(reason.cy.strip(), reason.en.strip())
    _check(judgement, words)
    row = _find_row(session, decision, subject)
    if judgement == "open":
        if row is not None:
            session.delete(row)
    else:
        if row is None:
            row = _new_row(session, decision, subject, heard.name)
        row.standing, row.reason_cy, row.reason_en = judgement, words.cy, words.en
    session.flush()
    record(session, "decision_judged", "decision", decision.id, now, user_id=actor.user_id)


def _check(judgement: str, reason: Bilingual) -> None:
    if judgement not in {each.id for each in JUDGEMENTS}:
        raise BadInput("judgement")
    for language in ("cy", "en"):
        own = reason.in_language(language)
        if len(own) > LONGEST_REASON:
            raise BadInput("long")
        if not own and (judgement == "not_followed" or reason.cy or reason.en):
            raise LanguageMissing(language)


def _find_row(session: Session, decision: Decision, subject: Subject) -> DecisionTheme | None:
    query = select(DecisionTheme).where(DecisionTheme.decision_id == decision.id)
    if subject.scheme == READ:
        return session.scalar(query.where(DecisionTheme.theme_id == subject.theme_id))
    return session.scalar(
        query.where(DecisionTheme.scheme == subject.scheme, DecisionTheme.concept == subject.concept)
    )


def _new_row(session: Session, decision: Decision, subject: Subject, name: Bilingual) -> DecisionTheme:
    found = find_subjects(session, decision.project_id).get(subject)
    row = DecisionTheme(
        decision_id=decision.id,
        name_cy=name.cy,
        name_en=name.en,
        voice="machine" if found and found.demanded else "staff",
    )
    if subject.scheme == READ:
        row.theme_id = subject.theme_id
    else:
        row.scheme, row.concept = subject.scheme, subject.concept
    session.add(row)
    return row
