"""Things that happen in a project, for tests of who is told of them."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Decision, Outcome, Project, Reply, Stage
from tests.factories import NOW


def stage_of(session: Session, slug: str = "bywyd-da") -> Stage:
    """Return the only stage of a project."""
    return session.scalars(select(Stage).join(Stage.project).where(Project.slug == slug)).one()


def decide(
    session: Session,
    slug: str = "bywyd-da",
    at: datetime = NOW,
    state: str = "published",
) -> int:
    """Keep a decision, public unless its *state* says otherwise, and return its id."""
    stage = stage_of(session, slug)
    row = Decision(
        project_id=stage.project_id,
        stage_id=stage.id,
        title_cy="Bws hwyr ar nos Wener",
        title_en="A late bus on Fridays",
        text_cy="Bydd bws am ddeg.",
        text_en="There will be a bus at ten.",
        change_cy="Gofynnodd pobl am fws hwyr.",
        change_en="People asked for a late bus.",
        state=state,
        created_at=at - timedelta(days=1),
        published_at=at if state == "published" else None,
    )
    session.add(row)
    session.flush()
    return row.id


def note_outcome(session: Session, decision_id: int, status: str = "done", at: datetime = NOW) -> int:
    """Keep what came of a decision, and return its id."""
    row = Outcome(
        decision_id=decision_id, status=status, text_cy="Mae’r bws yn rhedeg.", text_en="The bus runs."
    )
    row.on_day, row.noted_at = at.date(), at
    session.add(row)
    session.flush()
    return row.id


def answer(session: Session, slug: str = "bywyd-da", at: datetime = NOW, public: bool = True) -> int:
    """Keep an answer to a project's stories, and return its id."""
    row = Reply(
        project_id=stage_of(session, slug).project_id, text_cy="Diolch.", text_en="Thank you.", public=public
    )
    row.written_at = at
    session.add(row)
    session.flush()
    return row.id
