"""What came back to people, for programs: the records of decisions, and what changed, as the public pages say it."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from marshmallow import RAISE

from involve.database import Session
from involve.errors import NotFound
from involve.services.deciding.decision_record import DecisionRecord, count_records, list_records
from involve.services.deciding.ground import Cited, show_ground
from involve.services.projects.projects import find_project
from involve.services.returns.accounts import Accounts, Return, list_accounts, show_account
from involve.services.returns.done import Done
from involve.services.returns.scopes import EVERYBODY, Scope, area_scope, body_scope, goal_scope
from involve.vocabulary.bilingual import Bilingual
from involve.web.api import blueprint
from involve.web.api.asking import read_place
from involve.web.api.keys import caller, searching
from involve.web.api.return_schemas import AccountsOut, DecisionFilter, DecisionsOut, ScopeFilter
from involve.web.limits import limiter
from involve.web.paper import full_addresses
from involve.web.site import site

REFUSALS = {
    400: "A place in the list that is not one of ours, or characters that cannot be read",
    404: "There is no project, body or page of that name or number",
    429: "Too many requests in a short time",
}


@blueprint.get("/decisions")
@blueprint.input(DecisionFilter, location="query", unknown=RAISE)
@blueprint.output(DecisionsOut)
@blueprint.doc(summary="List published decisions, newest first", responses=REFUSALS)
@limiter.limit(searching, key_func=caller)
def list_decisions(query_data: dict[str, Any]) -> dict[str, Any]:
    """Return one page of published decisions, with what each stands on and what came of it."""
    limit, after, slug = query_data["limit"], query_data.get("after"), query_data.get("project")
    before = None if after is None else read_place(after)
    with site().reading() as session:
        if slug is not None and not find_project(session, slug).listed:
            raise NotFound("project")
        found = list_records(session, site().today, limit + 1, before, slug)
        shown = [_decision(session, record) for record in found[:limit]]
        total = count_records(session, slug)
    return {
        "decisions": shown,
        "total": total,
        "next": str(shown[-1]["id"]) if len(found) > limit else None,
    }


@blueprint.get("/what-changed")
@blueprint.input(ScopeFilter, location="query", unknown=RAISE)
@blueprint.output(AccountsOut)
@blueprint.doc(
    summary="Say project by project what was asked, said, done and not done",
    responses=REFUSALS,
)
@limiter.limit(searching, key_func=caller)
def show_what_changed(query_data: dict[str, Any]) -> dict[str, Any]:
    """Return one page of accounts: of everybody, of one project, or by goal, area or body."""
    with site().reading() as session:
        accounts = _accounts(session, query_data)
    return {
        "accounts": [_account(each) for each in accounts.returns],
        "total": accounts.total,
        "published": accounts.published,
        "statuses": dict(accounts.statuses),
        "page": accounts.page,
        "pages": accounts.pages,
        "next": accounts.page + 1 if accounts.page < accounts.pages else None,
    }


def _accounts(session: Session, wanted: dict[str, Any]) -> Accounts:
    """Return the page of accounts that was asked for.

    Raises:
        NotFound: there is no such project, body or page in public.
    """
    if "project" not in wanted:
        return list_accounts(session, site().clock(), _scope(session, wanted), wanted["page"])
    account, _quoted = show_account(session, wanted["project"], site().clock())
    if not account.listed or wanted["page"] > 1:
        raise NotFound("project")
    return Accounts((account,), 1, account.published, account.statuses, 1, 1)


def _scope(session: Session, wanted: dict[str, Any]) -> Scope:
    if "body" in wanted:
        return body_scope(session, wanted["body"])
    if "goal" in wanted:
        return goal_scope(wanted["goal"])
    return area_scope(wanted["area"]) if "area" in wanted else EVERYBODY


def _decision(session: Session, record: DecisionRecord) -> dict[str, Any]:
    """Return the public values of a decision and of what it stands on."""
    decision, draft = record.decision, record.decision.draft
    ground = show_ground(session, decision.id, public=True)
    return {
        "id": decision.id,
        "project": record.project.slug,
        "stage": decision.stage_kind,
        "demonstration": record.project.demonstration,
        "page": full_addresses("promises.show_decision", decision_id=decision.id),
        "title": draft.title,
        "text": draft.text,
        "change": _said(draft.change),
        "question": record.question,
        "decided_by": record.decided_by,
        "decided_on": record.decided_on,
        "published_on": decision.published_on,
        "status": record.status,
        "options": draft.options,
        "outcomes": record.outcomes,
        "evidence_recorded": ground.recorded,
        "relies_on": _cited(ground.for_it),
        "against": _cited(ground.against_it),
        "heard": [
            {
                "name": each.name,
                "judgement": each.judgement,
                "reason": _said(each.reason),
                "stories": each.stories,
                "stories_then": each.stories_then,
            }
            for each in ground.heard
        ],
    }


def _cited(passages: Iterable[Cited]) -> list[dict[str, Any]]:
    return [{"reference": each.reference, "text": each.text, "language": each.language} for each in passages]


def _said(words: Bilingual) -> Bilingual | None:
    """Return words, or None where none were said."""
    return words if words.cy or words.en else None


def _account(account: Return) -> dict[str, Any]:
    """Return the public values of one project's account."""
    project, held = account.project, account.held
    return {
        "project": project.slug,
        "name": project.name,
        "body": account.body,
        "body_name": project.body,
        "demonstration": project.demonstration,
        "page": full_addresses("what_changed.show_project", slug=project.slug),
        "asked": [stage.question for stage in project.stages if stage.progress != "coming"],
        "published": account.published,
        "goals": [{"goal": goal, "stories": stories} for goal, stories in account.goals],
        "answers": account.replies,
        "decisions": [_done(each) for each in account.done],
        "undecided": account.undecided,
        "answer_by": account.answer_by,
        "awaited": account.awaited,
        "overdue": account.overdue,
        "say_claimed": account.claimed,
        "say_felt": held.felt and [{"felt": felt, **asdict(share)} for felt, share in held.felt],
        "changed_for_them": held.changed,
    }


def _done(done: Done) -> dict[str, Any]:
    return {
        "id": done.id,
        "title": done.title,
        "status": done.status,
        "decided_on": done.decided_on,
        "outcomes": done.outcomes,
        "not_followed": done.unfollowed,
    }
