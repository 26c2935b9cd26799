"""A mail server, and projects to follow."""

from collections.abc import Iterator

import pytest

from involve.database import SessionFactory, transaction
from tests.factories import make_project
from tests.mailbox import Mailbox, open_mailbox
from tests.services.following.readers import follow, wish


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def project(factory: SessionFactory) -> str:
    """A project, beside another that somebody else follows."""
    with transaction(factory) as session:
        make_project(session, "arall", body="corff-arall")
        follow(session, wish(subject="arall", address="rhywun@example.org"))
        return make_project(session)
