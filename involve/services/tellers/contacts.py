"""How a teller may be told of something new: an address in a table of its own, sealed, theirs to take away."""

from datetime import datetime
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from involve.errors import ContactRefused
from involve.models import Contact, Story
from involve.services.upkeep.sealing import open_sealed, seal_text

LONGEST_ADDRESS = 254
PURPOSE = "contact"


def check_address(typed: str) -> str:
    """Return an e-mail address as it will be written to. Nobody is asked whether it exists.

    Raises:
        ContactRefused: it is none.
    """
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        # The library's words are English only and quote what was typed.
        raise ContactRefused("address") from error


def keep_contact(
    session: Session, story_id: int, address: str, language: str, now: datetime, code_key: str
) -> None:
    """Keep the address to which the teller of a story wants to be told of news, in place of an earlier one.

    Raises:
        ContactRefused: it is no e-mail address.
    """
    sealed = seal_text(code_key, PURPOSE, check_address(address))
    row = session.scalar(select(Contact).where(Contact.story_id == story_id))
    if row is None:
        row = Contact(story_id=story_id, channel="email", language=language, sealed=sealed, added_at=now)
        session.add(row)
    row.sealed, row.language, row.added_at = sealed, language, now
    session.flush()


def contact_of(session: Session, story_id: int, code_key: str) -> str | None:
    """Return the address that the teller of a story left, for that teller alone; None where there is none."""
    sealed = session.scalar(select(Contact.sealed).where(Contact.story_id == story_id))
    return None if sealed is None else open_sealed(code_key, PURPOSE, sealed)


def who_left_address(session: Session, project_id: int) -> frozenset[int]:
    """Return the ids of a project's stories whose tellers left an address."""
    rows = select(Contact.story_id).join(Story, Story.id == Contact.story_id)
    return frozenset(session.scalars(rows.where(Story.project_id == project_id)))


def forget_contact(session: Session, story_id: int) -> bool:
    """Delete the address of a story's teller; return whether there was one."""
    found = session.scalar(delete(Contact).where(Contact.story_id == story_id).returning(Contact.id))
    return found is not None


def contact_state(contact: Contact) -> str:
    """Return what links in letters to an address hang on: another address, or another person's, makes them void."""
    return sha256(contact.sealed.encode()).hexdigest()[:32]
