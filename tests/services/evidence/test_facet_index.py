"""What is remembered of the publications is what stands in the database, in the transaction that asks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from involve.database import SessionFactory, session_factory, transaction
from involve.models import Project, Publication, PublicationTag
from involve.services.evidence.conditions import condition_of
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import count_facets
from involve.services.evidence.filters import EvidenceFilter
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.factories import NOW, make_project
from tests.publications import Shown, add_rows

FILTERS = (
    EvidenceFilter(),
    EvidenceFilter(goal="healthier"),
    EvidenceFilter(goal="healthier", stance="concern"),
    EvidenceFilter(goal="equal", way="long_term", stance="idea"),
    EvidenceFilter(stance="concern", language="cy"),
    EvidenceFilter(area="W06000001", project="bywyd-da"),
    EvidenceFilter(since=NOW.date() + timedelta(days=1)),
    EvidenceFilter(until=NOW.date(), language="en"),
)
TAGS = st.lists(
    st.tuples(
        st.sampled_from(("goal", "way")),
        st.sampled_from(("healthier", "equal", "long_term")),
        st.sampled_from(("concern", "idea")),
    ),
    max_size=3,
    unique_by=lambda tag: tag[:2],
)
STORIES = st.builds(
    Shown,
    text=st.just("A bus."),
    language=st.sampled_from(("cy", "en")),
    area=st.sampled_from((None, "W06000001")),
    tags=TAGS.map(tuple),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(STORIES, min_size=1, max_size=3)),
        st.tuples(st.sampled_from(("remove", "move", "untag", "restance", "later")), st.integers(0, 5)),
    ),
    max_size=8,
)


def act(session: Session, step: tuple[str, Any]) -> None:
    """Change the publications in one way."""
    kind, what = step
    if kind == "add":
        add_rows(session, "bywyd-da", what)
        return
    rows = session.scalars(select(Publication.id).order_by(Publication.id)).all()
    if not rows:
        return
    number = rows[what % len(rows)]
    own, tags = Publication.id == number, PublicationTag.publication_id == number
    session.execute(
        {
            "remove": delete(Publication).where(own),
            "move": update(Publication).where(own).values(area="W06000001", language="cy"),
            "later": update(Publication).where(own).values(published_at=NOW + timedelta(days=2)),
            "untag": delete(PublicationTag).where(tags),
            "restance": update(PublicationTag).where(tags).values(stance="concern"),
        }[kind]
    )
    session.flush()


def check(session: Session) -> None:
    """Compare what is remembered with what the database says when it is asked."""
    for wanted in FILTERS:
        query = select(Publication.id).where(condition_of(session, wanted)).order_by(Publication.id.desc())
        found = find_stories(session, wanted, 100)
        assert [each.id for each in found.stories] == session.scalars(query).all(), wanted
        for facet in count_facets(session, wanted):
            fits = condition_of(session, EvidenceFilter(**{**as_chosen(wanted), facet.name: facet.value}))
            assert session.scalar(select(func.count()).select_from(Publication).where(fits)) == facet.count, (
                facet
            )


def as_chosen(wanted: EvidenceFilter) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in EvidenceFilter.__slots__}


CHANGES = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ON_SQLITE
@settings(CHANGES)
@given(steps=STEPS, undone=STEPS)
def test_after_any_changes_it_is_what_the_database_says(
    factory: SessionFactory, steps: Sequence[tuple[str, Any]], undone: Sequence[tuple[str, Any]]
) -> None:
    go_through(factory, steps, undone)


@ON_POSTGRESQL
@settings(CHANGES, max_examples=3)
@given(steps=STEPS, undone=STEPS)
def test_it_is_so_on_the_other_database(
    factory: SessionFactory, steps: Sequence[tuple[str, Any]], undone: Sequence[tuple[str, Any]]
) -> None:
    go_through(factory, steps, undone)


def go_through(
    factory: SessionFactory, steps: Sequence[tuple[str, Any]], undone: Sequence[tuple[str, Any]]
) -> None:
    """Carry out changes one by one, then others that are undone, and compare each time."""
    factory = session_factory(factory.kw["bind"])
    with transaction(factory) as session:
        session.execute(delete(Publication))
        if session.scalar(select(Project.id)) is None:
            make_project(session)
    for step in steps:
        with transaction(factory) as session:
            act(session, step)
            check(session)
        with factory() as session:
            check(session)
    with factory() as session:
        session.begin()
        session.connection(execution_options={"writes": True})
        for step in undone:
            act(session, step)
        check(session)
        session.rollback()
    with factory() as session:
        check(session)
