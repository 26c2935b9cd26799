"""What the teller of a story says of themselves: voluntary, after the story, changed and taken back by code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, ConsentMissing
from involve.models import AboutAnswer
from involve.services.stories.own_story import find_own_story
from involve.services.trail.record import record
from involve.vocabulary.about import AREA, QUESTIONS, UNSAID, WORDING_NOW, Question


@dataclass(frozen=True, slots=True)
class AboutMe:
    """What is asked of a teller, and what they answered so far, by question."""

    asked: tuple[Question, ...]
    answers: Mapping[str, str]
    told_as: str


def show_about_me(session: Session, story_id: int) -> AboutMe:
    """Return what is asked and what was answered. Who told where it was is not asked where they live.

    Raises:
        NotFound: the story was withdrawn.
    """
    story = find_own_story(session, story_id)
    asked = tuple(each for each in QUESTIONS if each.id != AREA or story.area is None)
    answers = {row.question: row.answer for row in _rows(session, story_id).values() if row.answer}
    return AboutMe(asked, answers, story.told_as)


def say_about_me(
    session: Session, story_id: int, answers: Mapping[str, str], agreed: bool, language: str, now: datetime
) -> None:
    """Keep the answers of a teller, in place of those given before; a question that is left out has no answer.

    An answer that was counted is not counted again, so that nobody learns anything from a change of it.

    Raises:
        NotFound: the story was withdrawn.
        ConsentMissing: there are answers, but no consent to count them.
        BadInput: a question is not asked, or has no such answer.
    """
    about = show_about_me(session, story_id)
    known = {each.id: {*each.ids, UNSAID.id} for each in about.asked}
    if any(answer not in known.get(question, ()) for question, answer in answers.items()):
        raise BadInput("about")
    if not agreed and any(answer != UNSAID.id for answer in answers.values()):
        raise ConsentMissing("about")
    rows = _rows(session, story_id)
    for question in {*answers, *rows}:
        row = rows.get(question)
        if row is None:
            row = AboutAnswer(story_id=story_id, question=question, counted=False)
            session.add(row)
        row.answer = answers.get(question)
        row.wording_version, row.wording_language, row.answered_at = WORDING_NOW, language, now
    session.flush()
    record(session, "about_answered", "story", story_id, now, actor="participant")


def forget_about_me(session: Session, story_id: int, now: datetime) -> None:
    """Delete a teller's answers. Which question was counted once stays marked, so that it is not counted twice.

    Raises:
        NotFound: the story was withdrawn.
    """
    find_own_story(session, story_id)
    for row in _rows(session, story_id).values():
        if row.counted:
            row.answer = None
        else:
            session.delete(row)
    session.flush()
    record(session, "about_forgotten", "story", story_id, now, actor="participant")


def _rows(session: Session, story_id: int) -> dict[str, AboutAnswer]:
    rows = session.scalars(select(AboutAnswer).where(AboutAnswer.story_id == story_id))
    return {row.question: row for row in rows}
