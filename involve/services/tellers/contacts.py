"""How a teller may be told of something new: an address in a table of its own, sealed, theirs to take away."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from involve.models import Contact, Story
from involve.services.tellers.reach import Channel, read_reach, spell_reach
from involve.services.upkeep.sealing import open_sealed, seal_text

PURPOSE = "contact"


def keep_contact(
    session: Session, story_id: int, typed: str, language: str, now: datetime, code_key: str
) -> Channel:
    """Keep the address or number at which a teller wants to hear of news, in place of an earlier one.

    Returns its channel.

    Raises:
        ContactRefused: it is neither.
    """
    reach = read_reach(typed)
    sealed = seal_text(code_key, PURPOSE, reach.address)
    row = session.scalar(select(Contact).where(Contact.story_id == story_id))
    if row is None:
        row = Contact(
            story_id=story_id, channel=reach.channel, language=language, sealed=sealed, added_at=now
        )
        session.add(row)
    row.channel, row.sealed, row.language, row.added_at = reach.channel, sealed, language, now
    row.failed_at = None
    session.flush()
    return reach.channel


def contact_of(session: Session, story_id: int, code_key: str) -> str | None:
    """Return the address or number that the teller of a story left, for that teller alone; None where there is none."""
    sealed = session.scalar(select(Contact.sealed).where(Contact.story_id == story_id))
    return None if sealed is None else spell_reach(open_sealed(code_key, PURPOSE, sealed))


def contact_fails(session: Session, story_id: int) -> bool:
    """Return whether nothing arrives at what the teller of a story left."""
    failed = select(Contact.id).where(Contact.story_id == story_id, Contact.failed_at.is_not(None))
    return session.scalar(failed) is not None


def who_left_address(session: Session, project_id: int) -> frozenset[int]:
    """Return the ids of a project's stories whose tellers left an address that works as far as is known."""
    rows = select(Contact.story_id).join(Story, Story.id == Contact.story_id)
    return frozenset(session.scalars(rows.where(Story.project_id == project_id, Contact.failed_at.is_(None))))


def count_failing_contacts(session: Session, project_id: int) -> int:
    """Return at how many addresses and numbers of a project's tellers nothing arrives."""
    rows = select(func.count()).select_from(Contact).join(Story, Story.id == Contact.story_id)
    return session.scalar(rows.where(Story.project_id == project_id, Contact.failed_at.is_not(None))) or 0


def forget_contact(session: Session, story_id: int) -> bool:
    """Delete the address of a story's teller; return whether there was one."""
    found = session.scalar(delete(Contact).where(Contact.story_id == story_id).returning(Contact.id))
    return found is not None


def contact_state(contact: Contact) -> str:
    """Return what links in letters to an address hang on: another address, or another person's, makes them void."""
    return sha256(contact.sealed.encode()).hexdigest()[:32]
