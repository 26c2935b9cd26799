"""A database with a project, whose body has a moderator and an administrator; stories of danger in both languages."""

from dataclasses import dataclass

import pytest

from involve.database import SessionFactory, transaction
from involve.services.staff.access import Actor
from tests.factories import make_project, make_staff

DANGER = {
    "cy": "Mae fy mhartner yn fy nharo bob nos ac mae arna i ofn mynd adref.",
    "en": "He hits me every night and I am afraid to go home.",
}


@dataclass(frozen=True)
class Body:
    """The factory of sessions, and who works for the body."""

    factory: SessionFactory
    moderator: Actor
    administrator: Actor


@pytest.fixture
def body(factory: SessionFactory) -> Body:
    """A body with a project and two members of staff, beside another body whose staff must never hear of anything."""
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "arall", body="corff-arall")
        make_staff(session, "administrator", body="corff-arall")
        make_staff(session, "moderator", body="corff-arall")
        return Body(factory, make_staff(session, "moderator"), make_staff(session, "administrator"))
