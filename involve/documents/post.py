"""Handing letters over: each channel by whoever carries it on this site, a mail server or GOV.UK Notify."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from involve.documents.notify import ask_notify, post_by_notify
from involve.documents.smtp import post_by_smtp
from involve.services.upkeep.delivery import Ask
from involve.services.upkeep.letters import Envelope, Post, PostNotAllowed
from involve.settings import Settings

CARRIERS: Mapping[str, Callable[[Settings, Envelope], str | None]] = MappingProxyType(
    {"smtp": post_by_smtp, "notify": post_by_notify}
)


def make_post(settings: Settings) -> Post | None:
    """Return what sends a letter; None where nobody carries any."""
    return partial(post_letter, settings) if settings.carriers else None


def make_ask(settings: Settings) -> Ask:
    """Return what asks what became of a letter; where nobody can be asked nothing is known."""
    return partial(ask_notify, settings) if "notify" in settings.carriers.values() else lambda _mark: None


def post_letter(settings: Settings, envelope: Envelope) -> str | None:
    """Send one letter; return "sending" where whoever carries it will say what became of it.

    Raises:
        PostRefused: the address or number does not work.
        PostDelayed: whoever carries letters cannot be reached, or takes it later.
        PostNotAllowed: this site is not set up for it; it waits.
    """
    carrier = settings.carriers.get(envelope.channel)
    if carrier is None:
        raise PostNotAllowed(envelope.channel)
    return CARRIERS[carrier](settings, envelope)
