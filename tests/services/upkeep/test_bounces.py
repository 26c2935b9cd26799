"""Letters that come back: read from what mail servers send, believed only of letters that they really had."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.documents.post import make_post
from involve.documents.smtp import is_refused
from involve.models import Letter
from involve.services.tellers.contacts import contact_fails
from involve.services.upkeep.bounces import read_bounce
from involve.services.upkeep.delivery import take_receipt
from involve.services.upkeep.handlers import HANDLERS, make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.services.upkeep.letters import tell_of_news
from tests.factories import CODE_KEY, NOW, make_project, make_story
from tests.mailbox import Mailbox, open_mailbox
from tests.notifications import make_notification

ADDRESS = "mair.jones@example.org"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def message(factory: SessionFactory, mailbox: Mailbox) -> EmailMessage:
    """A letter as it arrived at a mail server."""
    with transaction(factory) as session:
        make_project(session)
        story_id = make_story(session, contact=ADDRESS).story_id
        tell_of_news(session, story_id, NOW)
    run_due_jobs(factory, HANDLERS, lambda: NOW)
    run_due_jobs(factory, make_handlers(make_post(mailbox.settings()), CODE_KEY), lambda: NOW)
    return mailbox.messages[0]


def come_back(factory: SessionFactory, raw: bytes) -> tuple[str, bool]:
    """Take a notification; return the state of the letter, and whether its address is given up."""
    read = read_bounce(raw)
    with transaction(factory) as session:
        for mark in read.marks if read else ():
            take_receipt(session, CODE_KEY, mark, read.said if read else "", NOW)
        letter = session.scalars(select(Letter)).one()
        return letter.state, contact_fails(session, 1)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_letter_that_comes_back_is_found_by_its_message_id(
    factory: SessionFactory, message: EmailMessage, whole: bool, line_end: bytes
) -> None:
    raw = make_notification(str(message["Message-ID"]), whole=whole).replace(b"\n", line_end)
    assert come_back(factory, raw) == ("bounced", True)
    assert come_back(factory, raw) == ("bounced", True)


def test_a_letter_that_comes_back_without_its_head_is_found_by_the_id_of_its_envelope(
    factory: SessionFactory, message: EmailMessage
) -> None:
    mark = str(message["Message-ID"]).strip("<>").partition("@")[0]
    assert come_back(factory, make_notification("", envelope=mark)) == ("bounced", True)


@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [
        ("failed", "5.1.1", ("bounced", True)),
        ("Failed", "5.0.0", ("bounced", True)),
        ("failed", "5.2.1 (mailbox switched off)", ("bounced", True)),
        ("failed", "5.4.4", ("bounced", True)),
        # A full mailbox, what was taken for spam, and a server that did not answer for days.
        ("failed", "5.2.2", ("bounced", False)),
        ("failed", "5.7.1", ("bounced", False)),
        ("failed", "4.4.7", ("bounced", False)),
        ("delayed", "4.4.1", ("sent", False)),
        ("relayed", "2.0.0", ("sent", False)),
        ("delivered", "2.0.0", ("sent", False)),
        ("failed", "nonsense", ("sent", False)),
        ("eaten", "5.1.1", ("sent", False)),
    ],
)
def test_what_a_mail_server_says_counts_for_what_it_means(
    factory: SessionFactory, message: EmailMessage, action: str, status: str, expected: tuple[str, bool]
) -> None:
    raw = make_notification(str(message["Message-ID"]), action=action, status=status)
    assert come_back(factory, raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe" * 1000,
        b"Subject: I am on holiday\n\nBack on Monday.",
        b"Content-Type: multipart/report; boundary=x\n\n--x\n",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno boundary",
        make_notification("<1-00000000000000000000000000000000@involve.example>"),
        make_notification("<other@example.org>"),
        make_notification("<999999999999999999-" + "a" * 32 + "@x>"),
    ],
)
def test_what_is_forged_garbled_or_not_ours_changes_nothing(
    factory: SessionFactory, message: EmailMessage, raw: bytes
) -> None:
    assert come_back(factory, raw) == ("sent", False)


def test_a_forwarded_letter_is_no_notification(factory: SessionFactory, message: EmailMessage) -> None:
    raw = b"Subject: Fwd\nContent-Type: message/rfc822\n\n" + message.as_bytes()
    assert come_back(factory, raw) == ("sent", False)


@pytest.mark.parametrize(
    ("code", "said", "refused"),
    [
        (550, b"No such person", True),
        (550, b"5.1.1 No such person", True),
        (553, b"not a mailbox", True),
        (550, b"5.7.1 Relaying denied", False),
        (554, b"5.7.1 Spam", False),
        (554, b"no", False),
        (552, b"5.2.2 Mailbox full", False),
        (550, b"5.1.8 Sender unknown", False),
        (450, b"4.2.1 Later", False),
    ],
)
def test_only_what_is_said_of_the_address_gives_it_up(code: int, said: bytes, refused: bool) -> None:
    assert is_refused(code, said) == refused


def test_a_refusal_while_sending_gives_the_address_up(
    factory: SessionFactory, mailbox: Mailbox, message: EmailMessage
) -> None:
    with transaction(factory) as session:
        tell_of_news(session, 1, NOW)
    mailbox.answer = "550 5.1.1 No such person"
    run_due_jobs(factory, make_handlers(make_post(mailbox.settings()), CODE_KEY), lambda: NOW)
    with transaction(factory) as session:
        assert contact_fails(session, 1)
        assert tell_of_news(session, 1, NOW) is None
