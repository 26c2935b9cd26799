"""What is remembered of the publications is what stands in the database, in the transaction that asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from involve.database import SessionFactory, session_factory, transaction
from involve.models import Project, Publication, PublicationTag, Stage, Translation
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import Facet, count_facets
from involve.services.evidence.filters import EvidenceFilter, choice
from involve.services.evidence.public_story import read_public
from involve.services.translations.translation_rows import hash_text
from involve.text.topics import load_topics
from involve.vocabulary.areas import find_area
from involve.vocabulary.indicators import find_indicator
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.factories import NOW, make_project
from tests.publications import Shown, add_rows, keys_of

FILTERS = (
    EvidenceFilter(),
    EvidenceFilter(goal="healthier"),
    EvidenceFilter(goal="healthier", stance="concern"),
    EvidenceFilter(goal="equal", way="long_term", stance="idea"),
    EvidenceFilter(stance="concern", language="cy"),
    EvidenceFilter(area="W06000001", project="bywyd-da"),
    EvidenceFilter(since=NOW.date() + timedelta(days=1)),
    EvidenceFilter(until=NOW.date(), language="en"),
    EvidenceFilter(topic="bus", region="north"),
    EvidenceFilter(indicator="ni48", stance="idea"),
    EvidenceFilter(voice="participant", goal="equal"),
    EvidenceFilter(voice="staff", stance="concern"),
    EvidenceFilter(stage="implementation", told_as="on_behalf"),
    EvidenceFilter(rung="iap2.consult"),
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
    text=st.sampled_from(("A bus.", "Bwrdd a chadair.")),
    language=st.sampled_from(("cy", "en")),
    area=st.sampled_from((None, "W06000001")),
    tags=TAGS.map(tuple),
)
CHANGES = (
    "remove", "move", "untag", "restance", "later", "confirm", "reword", "behalf", "rename", "translate", "allow",
)  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(STORIES, min_size=1, max_size=3)),
        st.tuples(
            st.sampled_from(("remove", "move", "untag", "restance", "later", "confirm", "reword", "behalf")),
            st.integers(0, 5),
        ),
    ),
    max_size=8,
)


def act(session: Session, step: tuple[str, Any]) -> None:
    """Change the publications in one way."""
    kind, what = step
    # A row that is deleted by a statement would stand in the session still.
    session.expunge_all()
    if kind == "add":
        add_rows(session, "bywyd-da", what)
        return
    rows = session.scalars(select(Publication.id).order_by(Publication.id)).all()
    if not rows:
        return
    number = rows[what % len(rows)]
    if kind == "translate":
        translate(session, number)
        return
    own, tags = Publication.id == number, PublicationTag.publication_id == number
    session.execute(
        {
            "remove": delete(Publication).where(own),
            "move": update(Publication).where(own).values(area="W06000001", language="cy"),
            "later": update(Publication).where(own).values(published_at=NOW + timedelta(days=2)),
            "untag": delete(PublicationTag).where(tags),
            "confirm": update(PublicationTag).where(tags).values(voice="participant"),
            "reword": update(Publication).where(own).values(text="Dau drên.", keys=keys_of("Dau drên.")),
            "rename": update(Project).values(name_en=f"Name {what}"),
            "allow": update(Publication).where(own).values(quotable=True),
            "behalf": update(Publication).where(own).values(told_as="on_behalf"),
            "restance": update(PublicationTag).where(tags).values(stance="concern"),
        }[kind]
    )
    session.flush()


def translate(session: Session, number: int) -> None:
    """Have a translation of a publication be public, or be changed where it is."""
    row = session.get_one(Publication, number)
    target = "en" if row.language == "cy" else "cy"
    session.execute(delete(Translation).where(Translation.story_id == row.story_id))
    session.add(
        Translation(
            story_id=row.story_id,
            language=target,
            text="Geiriau eraill.",
            of_text_hash=hash_text(row.text),
            state="published",
            written_at=NOW,
            checked_at=NOW,
            checked_by_id=None,
        )
    )
    session.flush()


def check(session: Session) -> None:
    """Compare what is remembered with what stands on the rows, looked at one by one."""
    rows = read_rows(session)
    for wanted in FILTERS:
        found = find_stories(session, wanted, 100)
        assert [each.id for each in found.stories] == fitting(rows, wanted), wanted
        assert found.stories == read_public(session, Publication.id.in_([each.id for each in found.stories]))
        for facet in count_facets(session, wanted):
            assert len(fitting(rows, choose(wanted, facet))) == facet.count, (wanted, facet)


@dataclass(frozen=True)
class Row:
    """A publication with what a filter can ask of it."""

    number: int
    values: dict[str, str | None]
    day: date
    topics: set[str]
    tags: list[tuple[str, str, str, str]]


def read_rows(session: Session) -> list[Row]:
    """Return all publications, the newest first."""
    tags: dict[int, list[tuple[str, str, str, str]]] = {}
    for number, *tag in session.execute(
        select(
            PublicationTag.publication_id,
            PublicationTag.scheme,
            PublicationTag.concept,
            PublicationTag.stance,
            PublicationTag.voice,
        )
    ):
        tags.setdefault(number, []).append(tuple(tag))
    # Columns alone: rows that were read as objects would outlive what happens to them.
    rows = session.execute(
        select(
            Publication.id,
            Publication.area,
            Publication.language,
            Publication.told_as,
            Publication.published_at,
            Publication.keys.label("words"),
            Project.slug,
            Stage.kind,
            Stage.ladder,
            Stage.rung,
        )
        .join(Project, Project.id == Publication.project_id)
        .join(Stage, Stage.id == Publication.stage_id)
        .order_by(Publication.id.desc())
    )
    named = {"k0topic" + topic.id.replace("_", ""): topic.id for topic in load_topics()}
    return [
        Row(
            number=row.id,
            values={
                "project": row.slug,
                "stage": row.kind,
                "rung": f"{row.ladder}.{row.rung}",
                "area": row.area,
                "region": find_area(row.area).region.id if row.area else None,
                "language": row.language,
                "told_as": row.told_as,
            },
            day=row.published_at.date(),
            topics={named[key] for key in row.words.split() if key in named},
            tags=tags.get(row.id, []),
        )
        for row in rows
    ]


def fitting(rows: Sequence[Row], wanted: EvidenceFilter) -> list[int]:
    """Return the numbers of the rows that fit, by the words of the filter's own description."""
    return [row.number for row in rows if fits(row, wanted)]


def fits(row: Row, wanted: EvidenceFilter) -> bool:
    def tagged(scheme: str | None, concept: str | None) -> bool:
        return any(
            (scheme is None or tag[:2] == (scheme, concept))
            and wanted.stance in (None, tag[2])
            and wanted.voice in (None, tag[3])
            for tag in row.tags
        )

    concepts = wanted.concepts or (((None, None),) if wanted.stance or wanted.voice else ())
    indicated = wanted.indicator is None or row.topics & {*find_indicator(wanted.indicator).suggested_topics}
    return (
        all(tagged(*concept) for concept in concepts)
        and all(getattr(wanted, name) in (None, value) for name, value in row.values.items())
        and (wanted.topic is None or wanted.topic in row.topics)
        and bool(indicated)
        and (wanted.happened in (None, "waiting"))
        and (wanted.since is None or wanted.since <= row.day)
        and (wanted.until is None or row.day <= wanted.until)
    )


def choose(wanted: EvidenceFilter, facet: Facet) -> EvidenceFilter:
    """Return the filter behind the link of a count."""
    return replace(wanted, **choice(facet.name, facet.value))  # type: ignore[arg-type]


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
