"""What the demonstration weighs: a vote that is over and one that is open, with options of staff and of tellers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from involve.services.deciding.ballots import BallotPlan, draft_ballot, open_ballot
from involve.services.deciding.options import OptionDraft, add_option, edit_option, put_forward
from involve.services.deciding.votes import cast_vote
from involve.services.projects.projects import find_stage_id
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of


def add_ballots(
    session: Session, data: Mapping[str, Any], actor: Actor, receipts: Mapping[str, Receipt], now: datetime
) -> None:
    """Add the votes of *data*, whose days count from *now*; *receipts* are those of the stories, by their ids."""
    for ballot in data["ballot"]:
        drafted, voted = (now - timedelta(days=ballot[name]) for name in ("drafted", "voted"))
        first, last = (day_of(now + timedelta(days=ballot[name])) for name in ("opens", "closes"))
        stage_id = find_stage_id(session, ballot["project"], ballot["stage"])
        plan = BallotPlan(Bilingual(**ballot["question"]), ballot["method"], first, last)
        ballot_id = draft_ballot(session, actor, stage_id, plan, drafted)
        options, version = {}, 1
        for option in ballot["option"]:
            options[option["id"]] = _add_option(session, actor, ballot_id, version, option, receipts, drafted)
            version += 1
        open_ballot(session, actor, ballot_id, version, drafted)
        for story, chosen in ballot["votes"].items():
            choices = [options[each] for each in chosen]
            cast_vote(session, receipts[story].story_id, ballot_id, version + 1, choices, voted)


def _add_option(
    session: Session,
    actor: Actor,
    ballot_id: int,
    version: int,
    option: Mapping[str, Any],
    receipts: Mapping[str, Receipt],
    at: datetime,
) -> int:
    """Add an option, or accept it from the teller who put it forward; return its id."""
    draft = OptionDraft(Bilingual(**option["title"]), Bilingual(**option["text"]))
    if "story" not in option:
        return add_option(session, actor, ballot_id, version, draft, at)
    language = option["language"]
    words = draft.title.in_language(language), draft.text.in_language(language)
    number = put_forward(session, receipts[option["story"]].story_id, ballot_id, language, *words, at)
    edit_option(session, actor, number, version, draft, at)
    return number
