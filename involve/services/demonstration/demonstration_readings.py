"""The reading sessions of the demonstration: themes that its invented tellers and staff made, and what each said."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from involve.services.projects.projects import find_stage_id
from involve.services.reading.reading_sessions import (
    Reader,
    close_session,
    open_session,
    seat_staff,
    seat_teller,
)
from involve.services.reading.theme_passages import group_sentences
from involve.services.reading.theme_views import find_story
from involve.services.reading.themes import put_forward, say_of
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.vocabulary.bilingual import Bilingual


def add_readings(
    session: Session, data: Mapping[str, Any], actor: Actor, receipts: Mapping[str, Receipt], now: datetime
) -> None:
    """Open each session, make its themes, and close those that are over."""
    for reading in data["reading"]:
        stage_id = find_stage_id(session, reading["project"], reading["stage"])
        opened = now - timedelta(days=reading["opened"])
        open_session(session, actor, stage_id, opened)
        for theme in reading["theme"]:
            _add_theme(session, theme, stage_id, actor, receipts, opened)
        if "closed" in reading:
            close_session(session, actor, stage_id, now - timedelta(days=reading["closed"]))


def _add_theme(
    session: Session,
    theme: Mapping[str, Any],
    stage_id: int,
    actor: Actor,
    receipts: Mapping[str, Receipt],
    at: datetime,
) -> None:
    """Have somebody put a theme forward and fill it, and the others say what they think; "staff" is our own voice."""

    def reader(name: str) -> Reader:
        if name == "staff":
            return seat_staff(session, actor, stage_id)
        return seat_teller(session, receipts[name].story_id, stage_id)

    maker = reader(theme["by"])
    theme_id = put_forward(session, maker, Bilingual(theme["cy"], theme["en"]), at)
    for story_id, numbers in theme["sentences"].items():
        reference = receipts[story_id].reference
        story = find_story(session, maker, reference)
        if story is not None:
            starts = [story.sentences[number - 1].start for number in numbers]
            group_sentences(session, maker, theme_id, reference, starts, at)
    for verdict in ("agree", "disagree"):
        for name in theme.get(verdict, ()):
            say_of(session, reader(name), theme_id, verdict, at)
