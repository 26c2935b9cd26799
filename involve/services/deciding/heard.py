"""What was heard before a decision: proposed from the published evidence, so that nothing can be quietly left out."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from involve.errors import NotFound
from involve.models import (
    Decision,
    DecisionTheme,
    Publication,
    PublicationTag,
    ReadingSession,
    Stage,
    Theme,
    ThemePassage,
)
from involve.services.codebook.names import name_themes
from involve.services.projects.projects import LARGEST_ID
from involve.services.reading.theme_standing import is_kept
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import GOALS
from involve.vocabulary.grounds import FEWEST_TAGGED, Judgement
from involve.vocabulary.ways import WAYS

_NAMES = {("goal", goal.id): goal.name for goal in GOALS} | {("way", way.id): way.name for way in WAYS}
# A theme that was made in a reading session; one that stories are tagged with has the scheme of its tag.
READ = "read"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is heard: the theme of a reading session (`scheme` is READ), or what stories are tagged with."""

    scheme: str
    concept: str

    @property
    def key(self) -> str:
        """The name under which addresses and forms know it."""
        return f"{self.scheme}-{self.concept}"

    @property
    def theme_id(self) -> int:
        """The id of the theme, where it is one of a reading session."""
        return int(self.concept)


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was heard, and whether the decision follows it, with the reason (both languages or neither).

    `demanded`: nobody may publish before it was judged. `stories`: the published stories in it now; `stories_then`:
    when the decision was published, None before that. `subject` is None where the theme is gone: only its name stands.
    """

    subject: Subject | None
    name: Bilingual
    judgement: Judgement
    reason: Bilingual
    demanded: bool
    stories: int
    stories_then: int | None

    @property
    def key(self) -> str:
        """The name under which addresses and forms know it; '' where its theme is gone."""
        return self.subject.key if self.subject else ""


@dataclass(frozen=True, slots=True)
class Found:
    """How much published stories speak of something, and whether that is so much that it has to be judged."""

    name: Bilingual
    stories: int
    demanded: bool


def list_heard(session: Session, decision: Decision) -> tuple[Heard, ...]:
    """Return what was heard, most stories first.

    Before publication that is what has to be judged, and what else was judged; afterwards what was judged then.
    """
    found = find_subjects(session, decision.project_id)
    rows = _rows(session, decision)
    heard = [_judged(session, decision, row, found) for row in rows]
    if decision.published_at is None:
        # The evidence for a theme that is gone is gone with it.
        heard = [each for each in heard if each.subject is not None]
        known = {each.subject for each in heard}
        heard += [
            _unjudged(subject, each)
            for subject, each in found.items()
            if each.demanded and subject not in known
        ]
    return tuple(sorted(heard, key=lambda each: (-each.stories, each.key)))


def find_heard(session: Session, decision: Decision, key: str) -> tuple[Subject, Heard]:
    """Return what *key* names: on the list, or in at least one published story of the project.

    Raises:
        NotFound: there is none.
    """
    for each in list_heard(session, decision):
        if each.key == key and each.subject is not None:
            return each.subject, each
    subject = read_key(key)
    found = find_subjects(session, decision.project_id).get(subject)
    if found is None or decision.published_at is not None:
        raise NotFound("heard")
    return subject, _unjudged(subject, found)


def find_subjects(session: Session, project_id: int) -> dict[Subject, Found]:
    """Return all that the published stories of a project speak of: kept themes of closed sessions, and tags."""
    return {**_read_themes(session, project_id), **_tagged(session, project_id)}


# The types of rows in quotes: SQLAlchemy 2.0 names them in another way, and does not look.
def publications_of(project_id: int, subject: Subject) -> "Select[int]":
    """Select the ids of a project's publications in which something was heard."""
    if subject.scheme == READ:
        return (
            select(ThemePassage.publication_id)
            .join(Theme, Theme.id == ThemePassage.theme_id)
            .where(in_theme(subject.theme_id))
        )
    return (
        select(PublicationTag.publication_id)
        .join(Publication, Publication.id == PublicationTag.publication_id)
        .where(*is_about(project_id, subject))
    )


def is_about(project_id: int, subject: Subject) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a `PublicationTag` of a `Publication` says that a project's story is about that."""
    return (
        Publication.project_id == project_id,
        PublicationTag.scheme == subject.scheme,
        PublicationTag.concept == subject.concept,
    )


def in_theme(theme_id: int) -> ColumnElement[bool]:
    """Return the condition that a theme is that one or was merged into it."""
    return (Theme.id == theme_id) | (Theme.merged_into_id == theme_id)


def read_key(key: str) -> Subject:
    """Return what a key names; it need not be there.

    Raises:
        NotFound: it is no key.
    """
    scheme, _, concept = key.partition("-")
    if not concept:
        raise NotFound("heard")
    if scheme == READ and not (concept.isascii() and concept.isdigit() and int(concept) <= LARGEST_ID):
        raise NotFound("heard")
    return Subject(scheme, concept)


def subject_of(row: DecisionTheme) -> Subject | None:
    """Return what a row is about; None where its theme is gone."""
    if row.theme_id is not None:
        return Subject(READ, str(row.theme_id))
    if row.scheme is not None and row.concept is not None:
        return Subject(row.scheme, row.concept)
    return None


def count_stories(session: Session, project_id: int, subject: Subject) -> int:
    """Return in how many published stories something was heard."""
    inside = publications_of(project_id, subject)
    return session.scalar(select(func.count()).where(Publication.id.in_(inside))) or 0


def _rows(session: Session, decision: Decision) -> Iterable[DecisionTheme]:
    return session.scalars(
        select(DecisionTheme).where(DecisionTheme.decision_id == decision.id).order_by(DecisionTheme.id)
    ).all()


def _judged(session: Session, decision: Decision, row: DecisionTheme, found: dict[Subject, Found]) -> Heard:
    subject = subject_of(row)
    now = found.get(subject) if subject else None
    stories = now.stories if now else 0
    if subject and now is None:
        # Its session was opened again, say: it is heard still, though nobody has to judge it.
        stories = count_stories(session, decision.project_id, subject)
    return Heard(
        subject,
        Bilingual(row.name_cy, row.name_en),
        row.standing,  # type: ignore[arg-type]  # the table allows no other
        Bilingual(row.reason_cy, row.reason_en),
        demanded=now is not None and now.demanded,
        stories=stories,
        stories_then=row.stories_then,
    )


def _unjudged(subject: Subject, found: Found) -> Heard:
    return Heard(subject, found.name, "open", Bilingual("", ""), found.demanded, found.stories, None)


def _read_themes(session: Session, project_id: int) -> dict[Subject, Found]:
    """Return the themes that are public, as far as there are published stories in them."""
    themes = session.scalars(
        select(Theme)
        .join(ReadingSession, ReadingSession.id == Theme.session_id)
        .join(Stage, Stage.id == ReadingSession.stage_id)
        .where(Stage.project_id == project_id, ReadingSession.closed_at.is_not(None))
        .options(selectinload(Theme.words))
    ).all()
    kept = [theme for theme in themes if is_kept(theme)]
    stories = _count_read(session, [theme.id for theme in kept])
    return {
        Subject(READ, str(theme.id)): Found(
            Bilingual(theme.name_cy, theme.name_en), stories[theme.id], demanded=True
        )
        for theme in kept
        if theme.id in stories
    }


def _count_read(session: Session, theme_ids: list[int]) -> dict[int, int]:
    """Return how many published stories are in each theme, those merged into it among them."""
    whole = func.coalesce(Theme.merged_into_id, Theme.id)
    rows = session.execute(
        select(whole, func.count(ThemePassage.publication_id.distinct()))
        .join(ThemePassage, ThemePassage.theme_id == Theme.id)
        .where(whole.in_(theme_ids))
        .group_by(whole)
    )
    return {row[0]: row[1] for row in rows}


def _tagged(session: Session, project_id: int) -> dict[Subject, Found]:
    rows = session.execute(
        select(PublicationTag.scheme, PublicationTag.concept, func.count())
        .join(Publication, Publication.id == PublicationTag.publication_id)
        .where(Publication.project_id == project_id)
        .group_by(PublicationTag.scheme, PublicationTag.concept)
    )
    counted = [(scheme, concept, number) for scheme, concept, number in rows]
    themes = name_themes(session, [concept for scheme, concept, _number in counted if scheme == "theme"])
    names = _NAMES | {("theme", concept): theme.name for concept, theme in themes.items()}
    return {
        Subject(scheme, concept): Found(
            names.get((scheme, concept), Bilingual(concept, concept)), number, number >= FEWEST_TAGGED
        )
        for scheme, concept, number in counted
    }
