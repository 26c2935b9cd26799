"""Sending letters by SMTP."""

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from hashlib import sha256

from involve.documents.letters import Words, write_words
from involve.services.upkeep.letters import Envelope, Post, PostDelayed, PostRefused
from involve.settings import Settings

# Seconds that a mail server has to answer.
PATIENCE = 20


def make_post(settings: Settings) -> Post | None:
    """Return what sends a letter; None where no mail server is set."""
    return partial(post_letter, settings) if settings.mail_host else None


def post_letter(settings: Settings, envelope: Envelope) -> None:
    """Send one letter.

    Raises:
        PostRefused: the server says that the address does not work.
        PostDelayed: the server cannot be reached, or takes it later.
    """
    message = make_message(settings, envelope, write_words(envelope, settings))
    try:
        server = _connect(settings)
        try:
            server.send_message(message)
        finally:
            _leave(server)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise (PostRefused if all(code >= 500 for code in codes) else PostDelayed)("recipient") from None
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
    mark = sha256(f"{settings.secret_key} {envelope.id}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{mark}@{settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if words.stop:
        message["List-Unsubscribe"] = f"<{words.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.body)
    # After the content, which would take it away.
    message["Content-Language"] = envelope.language
    return message


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye and go: whether a letter was taken is known by now, and no answer to this may put it in doubt."""
    with suppress(smtplib.SMTPException, OSError):
        server.putcmd("quit")
    server.close()


def _connect(settings: Settings) -> smtplib.SMTP:
    """Return a connection to the mail server, encrypted and signed in as the settings say."""
    context, place = ssl.create_default_context(), (settings.mail_host, settings.mail_port)
    if settings.mail_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(*place, timeout=PATIENCE)
    if settings.mail_security == "starttls":
        server.starttls(context=context)
    if settings.mail_user:
        server.login(settings.mail_user, settings.mail_password)
    return server
