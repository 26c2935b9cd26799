"""Makers and readers for tests of what a decision stands on."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from involve.models import Decision
from involve.services.deciding.decisions import draft_decision, publish_decision
from involve.services.deciding.ground import Standing, show_ground
from involve.services.deciding.ground_gate import Ground, GroundMissing, Seen, check_ground
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW
from tests.publications import Shown, add_rows
from tests.services.deciding.test_decisions import DRAFT

SILENT = Bilingual("", "")
WHY = Bilingual("Nid oes arian eleni.", "There is no money this year.")
LATER = NOW + timedelta(days=1)


def draft(session: Session, staff: Actor) -> int:
    return draft_decision(session, staff, 1, DRAFT, NOW)


def tagged(session: Session, number: int, tag: tuple[str, str, str], text: str = "Words. More.") -> list[str]:
    return add_rows(session, "bywyd-da", [Shown(text, tags=(tag,))] * number)


def ground(session: Session, decision: int) -> Ground:
    return check_ground(session, session.get_one(Decision, decision))


def heard(session: Session, decision: int) -> dict[str, str]:
    return {each.key: each.judgement for each in ground(session, decision).heard}


def refused(session: Session, staff: Actor, decision: int, seen: Seen) -> str:
    with pytest.raises(GroundMissing) as error:
        publish_decision(session, staff, decision, seen, NOW)
    assert session.get_one(Decision, decision).state == "draft"
    return error.value.missing


def shown(session: Session, decision: int, public: bool = True) -> Standing:
    session.expire_all()
    return show_ground(session, decision, public)
