"""GOV.UK Notify on this machine, and a story whose teller wants texts."""

from collections.abc import Iterator

import pytest

from involve.database import SessionFactory, transaction
from involve.services.upkeep.handlers import HANDLERS
from involve.services.upkeep.jobs import run_due_jobs
from tests.factories import NOW, make_project, make_story
from tests.notify_service import Notify, open_notify
from tests.services.upkeep.notified import ADDRESS


@pytest.fixture
def notify() -> Iterator[Notify]:
    with open_notify() as notify:
        yield notify


@pytest.fixture
def story_id(factory: SessionFactory) -> int:
    """A story whose teller wants texts in Welsh, beside one whose teller wants e-mails."""
    with transaction(factory) as session:
        make_project(session)
        make_story(session, text="Noise: the library is closed on Mondays.", contact=ADDRESS)
        story_id = make_story(session, reply_language="cy", contact="07700 900123").story_id
    run_due_jobs(factory, HANDLERS, lambda: NOW)
    return story_id
