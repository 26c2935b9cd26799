"""The address or number to which a teller wants news: added, changed and taken away by code, or by a letter's link."""

from datetime import datetime

from sqlalchemy.orm import Session

from involve.models import Contact
from involve.services.stories.own_story import find_own_story
from involve.services.tellers.contacts import contact_of, contact_state, forget_contact, keep_contact
from involve.services.tellers.reach import Channel
from involve.services.trail.record import record


def show_my_contact(session: Session, story_id: int, code_key: str) -> str | None:
    """Return the address that the teller of a story left, for that teller alone.

    Raises:
        NotFound: the story was withdrawn.
    """
    return contact_of(session, find_own_story(session, story_id).id, code_key)


def keep_my_contact(session: Session, story_id: int, address: str, now: datetime, code_key: str) -> Channel:
    """Keep an address or number in place of an earlier one, and return its channel.

    Letters are in the language that the teller reads answers in.

    Raises:
        ContactRefused: it is neither.
        NotFound: the story was withdrawn.
    """
    story = find_own_story(session, story_id)
    channel = keep_contact(session, story.id, address, story.reply_language, now, code_key)
    record(session, "contact_kept", "story", story.id, now, actor="participant")
    return channel


def forget_my_contact(session: Session, story_id: int, now: datetime) -> None:
    """Delete the address; once it is gone nothing happens.

    Raises:
        NotFound: the story was withdrawn.
    """
    story = find_own_story(session, story_id)
    if forget_contact(session, story.id):
        record(session, "contact_forgotten", "story", story.id, now, actor="participant")


def stop_letters(session: Session, contact_id: int, state: str, now: datetime) -> None:
    """Delete the address whose owner pressed the link in a letter to it; that hangs on *state*, or its beginning.

    Nothing happens where it is gone already, or where another address stands in its place since.
    """
    contact = session.get(Contact, contact_id, with_for_update=True)
    if contact is not None and contact_state(contact).startswith(state):
        forget_my_contact(session, contact.story_id, now)
