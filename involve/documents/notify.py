"""Sending letters by GOV.UK Notify, through its own client library, and asking it what became of them.

One template for each channel holds nothing but what we give it, so that all words stay in our catalogues.
"""

import logging
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from involve.documents.letters import write_words
from involve.documents.texts import write_text
from involve.services.upkeep.delivery import SAID
from involve.services.upkeep.letters import Envelope, PostDelayed, PostFailed, PostNotAllowed, PostRefused
from involve.settings import Settings

# Seconds that Notify has to answer.
PATIENCE = 20
# Beginnings of its errors about the reader; every other refusal is about this site.
ABOUT_READER = (
    "email_address",
    "phone_number",
    "cannot send to international",
    "can’t send to international",
)
# The client writes the errors that it meets, whose words are not ours to keep.
logging.getLogger("notifications_python_client.base").disabled = True


def post_by_notify(settings: Settings, envelope: Envelope) -> str:
    """Send one letter, unless Notify has it already; return "sending".

    Raises:
        PostRefused: Notify says that the address or number is none.
        PostDelayed: it cannot be reached, or takes it later.
        PostNotAllowed: it takes no letters of this site: the key, a template or the service is not set up.
    """
    client = _client(settings)
    try:
        if not (envelope.again and _has(client, envelope.mark)):
            _hand_over(settings, client, envelope)
    except APIError as error:
        raise _sort(error) from None
    return "sending"


def ask_notify(settings: Settings, mark: str) -> str | None:
    """Return what Notify says of the letter with a mark; None where it does not know it.

    Raises:
        PostFailed: it cannot be asked.
    """
    try:
        found = _client(settings).get_all_notifications(reference=mark)["notifications"]
        # The newest first: one that was lost by a fault of theirs was sent again under the same mark.
        return SAID.get(found[0]["status"]) if found else None
    except APIError as error:
        raise _sort(error) from None
    except (LookupError, TypeError) as error:
        raise PostDelayed(type(error).__name__) from None


def check_templates(settings: Settings) -> tuple[str, ...]:
    """Return the names of the templates that Notify holds for this site.

    Raises:
        PostFailed: it cannot be reached or refuses the key; or a template is of the wrong kind or lacks a field.
    """
    client = _client(settings)
    wanted = {"email": settings.notify_email_template, "text": settings.notify_text_template}
    names = []
    for channel in (each for each, carrier in settings.carriers.items() if carrier == "notify"):
        try:
            template = client.get_template(wanted[channel])
        except APIError as error:
            raise _sort(error) from None
        _check_template(channel, template)
        names.append(str(template["name"]))
    return tuple(names)


def _check_template(channel: str, template: Any) -> None:
    """Refuse a template of another kind, and one that asks for anything but the words."""
    kind, fields = ("email", {"subject", "body"}) if channel == "email" else ("sms", {"body"})
    try:
        if template["type"] == kind and set(template["personalisation"]) == fields:
            return
    except (KeyError, TypeError):
        pass
    raise PostNotAllowed(
        f"the template for {channel} is not of type {kind} with {' and '.join(sorted(fields))}"
    )


def _hand_over(settings: Settings, client: NotificationsAPIClient, envelope: Envelope) -> None:
    """Give Notify one letter, with our mark as its reference."""
    if envelope.channel == "text":
        client.send_sms_notification(
            envelope.address,
            settings.notify_text_template,
            {"body": write_text(envelope, settings)},
            reference=envelope.mark,
        )
        return
    words = write_words(envelope, settings)
    client.send_email_notification(
        envelope.address,
        settings.notify_email_template,
        {"subject": words.subject, "body": words.body},
        reference=envelope.mark,
        one_click_unsubscribe_url=words.stop or None,
    )


def _has(client: NotificationsAPIClient, mark: str) -> bool:
    """Return whether Notify has a letter from an earlier attempt, and did not lose it by a fault of its own."""
    found = client.get_all_notifications(reference=mark)
    return any(each.get("status") != "technical-failure" for each in found.get("notifications", ()))


def _client(settings: Settings) -> NotificationsAPIClient:
    """Return a client for one letter: it must not be shared between threads."""
    return NotificationsAPIClient(settings.notify_api_key, settings.notify_url, timeout=PATIENCE)


def _sort(error: APIError) -> PostFailed:
    """Return what an answer of Notify means for a letter. Its words may quote the address, and are not kept."""
    if error.status_code == 400:
        about_reader = any(said.startswith(ABOUT_READER) for said in _messages(error))
        return PostRefused("recipient") if about_reader else PostNotAllowed("refused")
    if error.status_code in (401, 403, 404):
        return PostNotAllowed("key or template")
    return PostDelayed(str(error.status_code))


def _messages(error: APIError) -> list[str]:
    """Return what Notify says, in small letters."""
    said = error.message if isinstance(error.message, list) else []
    return [str(each.get("message", "")).lower() for each in said if isinstance(each, dict)]
