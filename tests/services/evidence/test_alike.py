"""Stories like one share with it what few others bear, and say what that is."""

from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.models import Publication
from involve.services.evidence.alike import find_alike
from tests.factories import make_project
from tests.publications import Shown, add_rows

HEALTHIER, EQUAL = ("goal", "healthier", "concern"), ("goal", "equal", "idea")


def test_what_few_bear_makes_stories_alike(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        one, same, common, lone = add_rows(
            session,
            "bywyd-da",
            [
                Shown("The dentist is far and the bus is late.", tags=(HEALTHIER,)),
                Shown("Mae’r deintydd yn bell, heb fws.", "cy", tags=(HEALTHIER,)),
                Shown("The bus is full.", tags=(HEALTHIER,)),
                Shown("No dentist here.", tags=(EQUAL,)),
            ],
        )
        add_rows(session, "bywyd-da", [Shown("A long walk.", tags=(HEALTHIER,))] * 5)
        numbers = dict(session.execute(select(Publication.reference, Publication.id)).all())
        found = find_alike(session, numbers[one]).stories
    assert [each.story.reference for each in found] == [same, common]
    assert found[0].shared == (("topic", "bus"), ("topic", "dentist"), ("goal", "healthier")) or found[
        0
    ].shared == (
        ("topic", "dentist"),
        ("topic", "bus"),
        ("goal", "healthier"),
    )
    assert lone not in [each.story.reference for each in found]


def test_a_story_that_shares_nothing_is_like_none(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        add_rows(
            session, "bywyd-da", [Shown("A long walk.", tags=(HEALTHIER,)), Shown("Rain.", tags=(EQUAL,))]
        )
        for number in session.scalars(select(Publication.id)):
            assert find_alike(session, number).stories == ()
