"""Letters that come back: which letter a delivery status notification (RFC 3464) is about, and what it says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from involve.services.upkeep.marks import MARK

# Of a notification, without the letter that it quotes.
LARGEST = 1_000_000
STATUS = re.compile(r"([245])\.(\d{1,3}\.\d{1,3})")
# RFC 3463: undefined, no such mailbox or system or syntax, moved, switched off, no route. A full mailbox, and what a
# server has against the sender or the words, is no fault of the address.
NO_SUCH_ADDRESS = frozenset({"0.0", "1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.1", "4.1", "4.4"})
# Where a server names the letter: the id of its envelope, or its own head as it is quoted.
NAMED = re.compile(
    r"^(?:message-id|original-envelope-id|x-original-message-id):(.*(?:\r?\n[ \t].*)*)",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a notification says: the marks that it may mean, and one of models.letter.DELIVERIES."""

    marks: tuple[str, ...]
    said: str


def read_bounce(raw: bytes) -> Bounce | None:
    """Return what a delivery status notification says; None where it is none, is garbled or names no letter.

    That it is true is not known: its mark is, since nobody can make one of a letter that they never saw.
    """
    message = message_from_bytes(raw[:LARGEST])
    if message.get_content_type() != "multipart/report":
        return None
    said = _judge(message)
    marks = tuple(dict.fromkeys(_marks(raw[:LARGEST])))
    return Bounce(marks, said) if said and marks else None


def is_no_such_address(status: str) -> bool:
    """Return whether a status such as "5.1.1" means that an address does not work."""
    read = STATUS.fullmatch(status)
    return read is not None and read[1] == "5" and read[2] in NO_SUCH_ADDRESS


def _judge(message: Message) -> str | None:
    """Return the worst that is said of a recipient; a site writes to one at a time."""
    said = [_judge_recipient(fields) for fields in _recipients(message)]
    order = ("permanent-failure", "temporary-failure", "delivered", "sending")
    return next((each for each in order if each in said), None)


def _judge_recipient(fields: Message) -> str | None:
    action = str(fields.get("Action", "")).strip().lower()
    status = str(fields.get("Status", "")).split("(")[0].strip()
    if action == "failed" and STATUS.fullmatch(status):
        return "permanent-failure" if is_no_such_address(status) else "temporary-failure"
    return {"delivered": "delivered", "relayed": "sending", "expanded": "sending", "delayed": "sending"}.get(
        action
    )


def _recipients(message: Message) -> Iterator[Message]:
    """Yield the fields that are about one recipient each."""
    for part in message.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            groups = part.get_payload()
            yield from (each for each in groups if isinstance(each, Message) and "Action" in each)


def _marks(raw: bytes) -> Iterator[str]:
    """Yield what may be the mark of the letter; those that are not ours are found out later."""
    for named in NAMED.finditer(raw.decode("ascii", "replace")):
        yield from (found[0] for found in MARK.finditer(named[1]))
