"""What tests of deciding have in common."""

import pytest

from involve.database import SessionFactory, transaction
from involve.services.staff.access import Actor
from tests.factories import make_project, make_staff


@pytest.fixture
def staff(factory: SessionFactory) -> Actor:
    """A decision-maker of a project on a rung that asks for no panel."""
    with transaction(factory) as session:
        make_project(session)
        return make_staff(session, "decision_maker")
