"""Naming who is on duty, for tests in which somebody has to be."""

from sqlalchemy.orm import Session

from involve.services.safeguarding.naming import find_place, name_duty
from involve.services.staff.access import Actor
from tests.factories import NOW, make_staff


def name_someone(
    session: Session,
    slug: str = "corff-prawf",
    kind: str = "body",
    part: str = "duty",
    days: tuple[int, ...] = (),
) -> Actor:
    """Have an administrator of the test body name a moderator there, and return the moderator."""
    administrator, moderator = make_staff(session, "administrator"), make_staff(session, "moderator")
    place = find_place(session, administrator, kind, slug)
    name_duty(session, administrator, place, moderator.user_id, part, days, NOW)
    return moderator
