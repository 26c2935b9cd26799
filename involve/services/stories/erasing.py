"""Erasing a story: its words and all that hangs on it are gone; a row without content and the events stay."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists
from sqlalchemy.orm import InstrumentedAttribute, Session

from involve.models import Base, Message, Reply, Story
from involve.services.deciding.options import forget_votes
from involve.services.publishing.likeness import forget_copies
from involve.services.publishing.publish import unpublish_story
from involve.services.reading.learning import forget_story
from involve.services.reading.theme_passages import forget_reader


def erase_story(session: Session, story: Story, now: datetime) -> None:
    """Erase a story everywhere in this transaction: words, published form, search, answers, code.

    What belongs to a story is found by its foreign key: each row that would go with the story's own (`ON DELETE
    CASCADE`) is deleted, so that a new table needs no line here. What only mentions a story has a function of its own.
    """
    unpublish_story(session, story)
    erase_around(session, story, now)
    story.text, story.language, story.area, story.state = "", "und", None, "withdrawn"
    story.personal, story.risk, story.spam, story.abuse = [], [], [], []
    story.at_risk, story.noticed = False, 0
    story.content_hash, story.code_hash, story.erased_at, story.visited_at = "", None, None, None
    session.flush()


def erase_around(session: Session, story: Story, now: datetime, but: frozenset[str] = frozenset()) -> None:
    """Erase all rows that belong to a story, except those of the tables named in *but*."""
    forget_story(session, story, now)
    forget_copies(session, story)
    forget_reader(session, story.id)
    forget_votes(session, story.id)
    for table, column in columns_of_story():
        if table not in but:
            session.execute(delete(column.class_).where(column == story.id))
    # An answer that was written to this teller alone may repeat what they told.
    alone = ~exists().where(Message.reply_id == Reply.id)
    session.execute(delete(Reply).where(Reply.project_id == story.project_id, ~Reply.public, alone))
    session.expire(story, ["consents"])


def columns_of_story() -> Iterator[tuple[str, InstrumentedAttribute[Any]]]:
    """Yield each table whose rows belong to a story, with the column that says to which one."""
    for mapper in sorted(Base.registry.mappers, key=lambda each: str(each.local_table)):
        for column in mapper.local_table.columns:
            for key in column.foreign_keys:
                if key.target_fullname == "story.id" and key.ondelete == "CASCADE":
                    yield str(mapper.local_table), mapper.attrs[column.name].class_attribute
