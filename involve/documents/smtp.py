"""Sending letters by SMTP."""

import re
import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from typing import Any

from involve.documents.letters import Words, write_words
from involve.services.upkeep.bounces import is_no_such_address
from involve.services.upkeep.letters import Envelope, PostDelayed, PostRefused
from involve.settings import Settings

# Seconds that a mail server has to answer.
PATIENCE = 20
STATUS = re.compile(rb"5\.\d{1,3}\.\d{1,3}(?=\s|$)")
BARE_REFUSALS = frozenset({550, 551, 553})


def post_by_smtp(settings: Settings, envelope: Envelope) -> None:
    """Send one letter.

    Raises:
        PostRefused: the server says that the address does not work.
        PostDelayed: the server cannot be reached, or takes it later.
    """
    message = make_message(settings, envelope, write_words(envelope, settings))
    try:
        server = _connect(settings)
        try:
            server.send_message(message, **_options(server, envelope))
        finally:
            _leave(server)
    except smtplib.SMTPRecipientsRefused as error:
        refused = all(is_refused(code, said) for code, said in error.recipients.values())
        raise (PostRefused if refused else PostDelayed)("recipient") from None
    except (smtplib.SMTPException, OSError) as error:
        # Its words may quote the address.
        raise PostDelayed(type(error).__name__) from None


def make_message(settings: Settings, envelope: Envelope, words: Words) -> EmailMessage:
    """Return the message: plain text, in UTF-8, with an id that stays the same when it is sent again."""
    message = EmailMessage()
    message["From"] = Address("Involve", addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=envelope.address)
    message["Subject"] = words.subject
    message["Date"] = format_datetime(envelope.written_at)
    message["Message-ID"] = f"<{envelope.mark}@{settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if words.stop:
        message["List-Unsubscribe"] = f"<{words.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.body)
    # After the content, which would take it away.
    message["Content-Language"] = envelope.language
    return message


def is_refused(code: int, said: bytes) -> bool:
    """Return whether a server's answer to a recipient means that the address does not work.

    What it has against this site, or a full mailbox, is no fault of the address.
    """
    status = STATUS.match(said)
    if status is not None:
        return is_no_such_address(status[0].decode())
    return code in BARE_REFUSALS


def _options(server: smtplib.SMTP, envelope: Envelope) -> dict[str, Any]:
    """Ask that a letter that comes back names its mark and holds no words, where the server can do that (RFC 3461)."""
    server.ehlo_or_helo_if_needed()
    if not envelope.mark or not server.has_extn("dsn"):
        return {}
    return {"mail_options": ["RET=HDRS", f"ENVID={envelope.mark}"], "rcpt_options": ["NOTIFY=FAILURE"]}


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye and go: whether a letter was taken is known by now, and no answer to this may put it in doubt."""
    with suppress(smtplib.SMTPException, OSError):
        server.putcmd("quit")
    server.close()


def _connect(settings: Settings) -> smtplib.SMTP:
    """Return a connection to the mail server, encrypted and signed in as the settings say."""
    place = (settings.mail_host, settings.mail_port)
    if settings.mail_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=PATIENCE, context=_trusted())
    else:
        server = smtplib.SMTP(*place, timeout=PATIENCE)
    if settings.mail_security == "starttls":
        server.starttls(context=_trusted())
    if settings.mail_user:
        server.login(settings.mail_user, settings.mail_password)
    return server


@cache
def _trusted() -> ssl.SSLContext:
    """Return how servers prove who they are; the certificates of this machine are read once, not for each letter."""
    return ssl.create_default_context()
