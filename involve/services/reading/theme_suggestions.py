"""The machine as one more voice in a reading session: topics that several people spoke of, with their sentences."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Publication, Theme, ThemePassage
from involve.text.themes.said_topics import find_said_topics
from involve.text.topics import Topic
from involve.text.types import Passage

# A topic of one person is no group; more than these would drown what people see for themselves.
FEWEST_STORIES = 2
MOST_SUGGESTIONS = 12
# Opening a session takes about a second however many stories there are; a group begins with what can be read at once.
NEWEST_READ = 400
MOST_STORIES = 30

_Places = dict[int, tuple[Passage, ...]]


def suggest_themes(session: Session, session_id: int, project_id: int, now: datetime) -> int:
    """Add the topics that most of a project's newest published stories name as themes; return how many were new.

    What was suggested before stays as readers left it: neither its name nor its passages are touched, and nothing
    that somebody took out comes back.
    """
    known = set(session.scalars(select(Theme.topic).where(Theme.session_id == session_id)))
    found = _find_topics(session, project_id)
    common = sorted(found, key=lambda topic: (-len(found[topic]), topic.id))[:MOST_SUGGESTIONS]
    new = [topic for topic in common if len(found[topic]) >= FEWEST_STORIES and topic.id not in known]
    session.add_all(_theme(session_id, topic, found[topic], now) for topic in new)
    session.flush()
    return len(new)


def _find_topics(session: Session, project_id: int) -> dict[Topic, _Places]:
    """Return each topic with the sentences that name it, by publication, the newest first."""
    found: dict[Topic, _Places] = defaultdict(dict)
    newest = session.execute(
        select(Publication.id, Publication.text)
        .where(Publication.project_id == project_id)
        .order_by(Publication.id.desc())
        .limit(NEWEST_READ)
    )
    for publication_id, text in newest:
        for topic, sentences in find_said_topics(text).items():
            found[topic][publication_id] = sentences
    return found


def _theme(session_id: int, topic: Topic, places: _Places, now: datetime) -> Theme:
    passages = [
        ThemePassage(
            publication_id=publication_id, start=each.start, stop=each.end, voice="machine", added_at=now
        )
        for publication_id, sentences in list(places.items())[:MOST_STORIES]
        for each in sentences
    ]
    return Theme(
        session_id=session_id,
        name_cy=topic.name.cy,
        name_en=topic.name.en,
        voice="machine",
        topic=topic.id,
        created_at=now,
        passages=passages,
    )
