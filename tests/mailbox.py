"""A mail server for tests: a real one, on this machine, that keeps what it is given or refuses as it is told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from involve.settings import Settings
from tests.factories import CODE_KEY, SECRET_KEY


@dataclass
class Mailbox:
    """What arrived; `answer` is what the server says to a recipient instead of taking the message."""

    host: str = "127.0.0.1"
    port: int = 0
    answer: str = ""
    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    def settings(self, **more: Any) -> Settings:
        """The settings of a site that sends its letters here."""
        return Settings(
            secret_key=SECRET_KEY,
            code_key=CODE_KEY,
            public_url="https://involve.example",
            mail_host=self.host,
            mail_port=self.port,
            mail_security="none",
            mail_from="dim-ateb@involve.example",
            **more,
        )


@contextmanager
def open_mailbox(mailbox: Mailbox | None = None) -> Iterator[Mailbox]:
    """Give a mail server (a usual one, or *mailbox*) that listens on a free port."""
    mailbox = mailbox or Mailbox()
    with socket.socket() as trial:
        trial.bind((mailbox.host, 0))
        mailbox.port = trial.getsockname()[1]
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
