"""What happened to a published story is counted as the story’s own page tells it."""

from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.models import Publication
from involve.services.deciding.ahead import DecisionAhead, list_ahead_of
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import count_facets
from involve.services.evidence.filters import EvidenceFilter
from involve.vocabulary.happened import HAPPENED
from tests.factories import NOW, make_project
from tests.publications import Shown, add_rows
from tests.returns import ON_DAY, cite, hear, make_decision, note


def told_by(ahead: tuple[DecisionAhead, ...]) -> set[str]:
    """Return what happened to a story by the decisions that its page lists."""
    found = {"decided"} if ahead else {"waiting"}
    for each in ahead:
        followed = {theme.followed for theme in each.themes}
        if each.relied_on or True in followed:
            found.add("followed")
        if each.against or False in followed:
            found.add("not_followed")
        if each.status == "done":
            found.add("done")
    return found


def test_what_happened_is_what_the_page_of_the_story_says(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "prosiect-arall")
        healthier, equal = (("goal", "healthier", "concern"),), (("goal", "equal", "idea"),)
        add_rows(
            session, "bywyd-da", [Shown(tags=healthier), Shown(tags=equal), *[Shown("A long walk.")] * 3]
        )
        add_rows(session, "prosiect-arall", [Shown(tags=healthier)])
        stories = list(session.scalars(select(Publication.story_id).order_by(Publication.id)))
        first, second, draft = make_decision(session), make_decision(session), make_decision(session, "draft")
        cite(session, first, stories[2])
        cite(session, second, stories[2], "against")
        cite(session, second, stories[3], "against")
        cite(session, draft, stories[4])
        hear(session, first, "healthier", "followed")
        hear(session, second, "equal", "not_followed")
        note(session, first, "done", ON_DAY, NOW)
        note(session, second, "done", ON_DAY, NOW)
        note(session, second, "under_way", ON_DAY, NOW)
    with factory() as session:
        told = {
            reference: told_by(list_ahead_of(session, reference))
            for reference in session.scalars(select(Publication.reference))
        }
        for each in HAPPENED:
            found = find_stories(session, EvidenceFilter(happened=each.id)).stories
            assert {story.reference for story in found} == {
                ref for ref, has in told.items() if each.id in has
            }
        assert {facet.value for facet in count_facets(session, EvidenceFilter(), names=("happened",))} == {
            each.id for each in HAPPENED
        }
