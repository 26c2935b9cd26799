"""Letters by GOV.UK Notify, for tests: written, sent, and what became of each."""

from datetime import datetime

from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.documents.post import make_ask, make_post
from involve.models import Letter
from involve.services.tellers.contacts import contact_fails
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.services.upkeep.letters import tell_of_news
from involve.settings import Settings
from tests.factories import CODE_KEY, NOW
from tests.notify_service import Notify

ADDRESS, NUMBER = "mair.jones@example.org", "+447700900123"


def tell(factory: SessionFactory, story_id: int, now: datetime = NOW) -> None:
    """Keep a letter that there is something new about a story."""
    with transaction(factory) as session:
        assert tell_of_news(session, story_id, now) is not None


def send_due(
    factory: SessionFactory, notify: Notify, now: datetime = NOW, settings: Settings | None = None
) -> None:
    """Do what a worker does at one moment, by *notify* or as other settings say."""
    chosen = settings or notify.settings()
    run_due_jobs(factory, make_handlers(make_post(chosen), CODE_KEY, make_ask(chosen)), lambda: now)


def letters(factory: SessionFactory) -> list[tuple[str, str | None]]:
    """Return of each letter its state and what became of it, in their order."""
    with factory() as session:
        rows = session.execute(select(Letter.state, Letter.delivery).order_by(Letter.id))
        return [(state, delivery) for state, delivery in rows]


def fails(factory: SessionFactory, story_id: int) -> bool:
    """Return whether nothing arrives at the address of a story."""
    with factory() as session:
        return contact_fails(session, story_id)
