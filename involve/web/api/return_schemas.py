"""The shapes in which the API gives what came back: decisions, and what changed, project by project."""

from typing import Any

from apiflask import Schema
from apiflask.fields import Boolean, Date, Dict, Integer, List, Nested, String
from apiflask.validators import OneOf, Range
from marshmallow import ValidationError, validates_schema

from involve.vocabulary.goals import GOALS
from involve.web.api.schemas import KNOWN_AREA, BothLanguages, Query

# Records of decisions on one page, unless fewer or more are asked for.
PAGE, LARGEST_PAGE = 20, 50
SCOPES = ("project", "goal", "area", "body")


class DecisionFilter(Query):
    """Which published decisions are wanted, a page at a time: `after` is the `next` of the page before."""

    project = String()
    limit = Integer(load_default=PAGE, validate=Range(1, LARGEST_PAGE))
    after = String()


class ScopeFilter(Query):
    """Of whom the account is wanted: of everybody, or by one of the others; and which page of it, from 1 on."""

    project = String()
    goal = String(validate=OneOf([goal.id for goal in GOALS]))
    area = String(validate=KNOWN_AREA)
    body = String()
    page = Integer(load_default=1, validate=Range(1, 999_999))

    @validates_schema(skip_on_field_errors=True)
    def check_scope(self, data: dict[str, Any], **_: object) -> None:
        """Refuse more than one way to choose, instead of leaving one of them out in silence."""
        chosen = [name for name in SCOPES if name in data]
        if len(chosen) > 1:
            said = f"Only one of {', '.join(SCOPES)} can be chosen at a time."
            raise ValidationError({name: [said] for name in chosen})


class OptionOut(Schema):
    """What else could have been decided."""

    text = Nested(BothLanguages)
    chosen = Boolean()
    reason = Nested(BothLanguages)


class OutcomeOut(Schema):
    """What came of a decision on a day; `status` is under_way, done or not_done."""

    status = String()
    words = Nested(BothLanguages, allow_none=True)
    on_day = Date()
    noted_on = Date()


class CitedOut(Schema):
    """A passage of a published story; `text` is null where its teller did not agree to be quoted."""

    reference = String()
    text = String(allow_none=True)
    language = String()


class HeardOut(Schema):
    """What was heard and whether the decision follows it. `stories` are published ones; `stories_then`, on its day."""

    name = Nested(BothLanguages)
    judgement = String()
    reason = Nested(BothLanguages, allow_none=True)
    stories = Integer()
    stories_then = Integer(allow_none=True)


class DecisionOut(Schema):
    """The record of a published decision. `status`: agreed until something came of it, then that of the newest outcome.

    `evidence_recorded` is false where it was published before that was asked for.
    """

    id = Integer()
    project = String()
    stage = String()
    demonstration = Boolean()
    page = Nested(BothLanguages)
    title = Nested(BothLanguages)
    text = Nested(BothLanguages)
    change = Nested(BothLanguages, allow_none=True)
    question = Nested(BothLanguages)
    decided_by = Nested(BothLanguages)
    decided_on = Date()
    published_on = Date()
    status = String()
    options = List(Nested(OptionOut))
    outcomes = List(Nested(OutcomeOut))
    evidence_recorded = Boolean()
    relies_on = List(Nested(CitedOut))
    against = List(Nested(CitedOut))
    heard = List(Nested(HeardOut))


class DecisionsOut(Schema):
    """A page of decisions, those published last first; `next` is null at the end."""

    decisions = List(Nested(DecisionOut))
    total = Integer()
    next = String(allow_none=True)


class GoalCountOut(Schema):
    """A well-being goal, and how many of the published stories counted here are linked to it."""

    goal = String()
    stories = Integer()


class AnswerOut(Schema):
    """What the body answered in public."""

    words = Nested(BothLanguages)
    written_on = Date()


class NotFollowedOut(Schema):
    """What was heard and not followed, with the reason; `stories` is null where they were not counted."""

    name = Nested(BothLanguages)
    reason = Nested(BothLanguages)
    stories = Integer(allow_none=True)


class DoneOut(Schema):
    """A decision as it stands; all of it is in the list of decisions."""

    id = Integer()
    title = Nested(BothLanguages)
    status = String()
    decided_on = Date()
    outcomes = List(Nested(OutcomeOut))
    not_followed = List(Nested(NotFollowedOut))


class ShareOut(Schema):
    """A share of those who answered in per cent, with its 95 % interval."""

    percent = Integer()
    low = Integer()
    high = Integer()
    answers = Integer()


class FeltOut(ShareOut):
    """How many felt that they had less, the same, more, or the same or more (`enough`) say than was claimed."""

    felt = String()


class AccountOut(Schema):
    """What came back in one project. `say_claimed` is a level of influence that the body says people have.

    `say_felt` and `changed_for_them` are what tellers say; null where it would stand for fewer than five people.
    `answer_by` is the day by which something is to be said in public: `awaited` until then, `overdue` after it.
    """

    project = String()
    name = Nested(BothLanguages)
    body = String()
    body_name = Nested(BothLanguages)
    demonstration = Boolean()
    page = Nested(BothLanguages)
    asked = List(Nested(BothLanguages))
    published = Integer()
    goals = List(Nested(GoalCountOut))
    answers = List(Nested(AnswerOut))
    decisions = List(Nested(DoneOut))
    undecided = List(Nested(BothLanguages))
    answer_by = Date()
    awaited = Boolean()
    overdue = Boolean()
    say_claimed = String()
    say_felt = List(Nested(FeltOut), allow_none=True)
    changed_for_them = Nested(ShareOut, allow_none=True)


class AccountsOut(Schema):
    """A page of accounts, the newest first, and what all pages say together; `next` is the page after, null at the end.

    `published` counts published stories, `statuses` decisions by how they stand.
    """

    accounts = List(Nested(AccountOut))
    total = Integer()
    published = Integer()
    statuses = Dict(keys=String(), values=Integer())
    page = Integer()
    pages = Integer()
    next = Integer(allow_none=True)
