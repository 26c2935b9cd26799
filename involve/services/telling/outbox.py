"""The outbox of a project: how far each answer and each letter has come, and who was not told yet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import Session

from involve.models import Contact, Decision, Letter, Message, Project, Reply, Story
from involve.services.deciding.behind import select_behind
from involve.services.moderation.replies import was_answered
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, require
from involve.services.telling.audience import was_told
from involve.services.telling.choices import Choice, list_choices
from involve.services.upkeep.jobs import add_job
from involve.services.upkeep.letters import SEND_LETTER
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.outbox import CODE_STATES, LETTER_STATES

PAGE = 30
# By code there is nothing to send; by letter it is an e-mail or a text that says that there is something new.
CODE, LETTER = "code", "letter"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of a channel ('code', 'letter') are in a state, by language."""

    channel: str
    state: str
    cy: int
    en: int


@dataclass(frozen=True, slots=True)
class Line:
    """One message: whose story, in which language, when it was written, whether it was read, and how its letter is.

    `letter` is None where the teller left no address. `about` is the title of the decision that it tells of.
    """

    reference: str
    language: str
    written_on: date
    state: str
    letter: str | None
    about: Bilingual | None


@dataclass(frozen=True, slots=True)
class FailedLetter:
    """A letter that never left or did not arrive; `error` is the class of what went wrong, or None."""

    id: int
    reference: str
    state: str
    error: str | None
    written_on: date


@dataclass(frozen=True, slots=True)
class Untold:
    """People who are still to be told: of a decision, or (without one) anything at all; how many, by language."""

    decision_id: int | None
    title: Bilingual | None
    cy: int
    en: int

    @property
    def people(self) -> int:
        """How many there are."""
        return self.cy + self.en


@dataclass(frozen=True, slots=True)
class OutboxFilter:
    """Which messages to list: by code state ('due', 'read'), by that of their letter ('letter_sent'), by language."""

    state: str = ""
    language: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Outbox:
    """All of it. `choices` is whom people can be answered by; `more`: there are lines beyond the page."""

    project: Bilingual
    untold: tuple[Untold, ...]
    choices: tuple[Choice, ...]
    tallies: tuple[Tally, ...]
    failed: tuple[FailedLetter, ...]
    lines: tuple[Line, ...]
    more: bool


def show_outbox(session: Session, actor: Actor, slug: str, wanted: OutboxFilter) -> Outbox:
    """Return the outbox of a project.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_project(session, slug)
    require(actor, "reply", project)
    lines = _list_lines(session, project, wanted)
    return Outbox(
        Bilingual(project.name_cy, project.name_en),
        list_untold(session, project),
        list_choices(session, project),
        (*_count_messages(session, project), *_count_letters(session, project)),
        _list_failed(session, project),
        lines[:PAGE],
        len(lines) > PAGE,
    )


def list_untold(session: Session, project: Project) -> tuple[Untold, ...]:
    """Return who is still to be told: behind each public decision, newest first, then who was never answered."""
    decisions = session.scalars(
        select(Decision)
        .where(Decision.project_id == project.id, Decision.state == "published")
        .order_by(Decision.published_at.desc(), Decision.id.desc())
    )
    found = [count_untold(session, decision.id) for decision in decisions]
    found.append(_untold(session, Story.project_id == project.id, ~was_answered()))
    return tuple(each for each in found if each.people)


def count_untold(session: Session, decision_id: int) -> Untold:
    """Return how many people behind a public decision were not told of it since there was last news of it."""
    decision = session.get_one(Decision, decision_id)
    behind = Story.id.in_(select_behind(decision.id))
    return _untold(session, behind, ~was_told(session, decision.id), decision=decision)


def try_again(session: Session, actor: Actor, slug: str, letter_id: int, now: datetime) -> int | None:
    """Make a letter that failed due again, and return the id of the job that sends it; None where there is no such.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_project(session, slug)
    require(actor, "reply", project)
    wanted = select(Letter).where(Letter.id == letter_id, _is_of(project)).with_for_update()
    letter = session.scalar(wanted)
    if letter is None or letter.state != "failed":
        return None
    letter.state, letter.written_at, letter.last_error, letter.handed_at = "due", now, None, None
    return add_job(session, SEND_LETTER, letter.id, now)


def _untold(session: Session, *which: ColumnElement[bool], decision: Decision | None = None) -> Untold:
    """Return how many stories fulfil a condition, by the language of their answer."""
    rows = session.execute(
        select(Story.reply_language, func.count())
        .where(Story.state != "withdrawn", *which)
        .group_by(Story.reply_language)
    )
    counts = {row[0]: row[1] for row in rows}
    title = Bilingual(decision.title_cy, decision.title_en) if decision else None
    return Untold(decision.id if decision else None, title, counts.get("cy", 0), counts.get("en", 0))


def _count_messages(session: Session, project: Project) -> tuple[Tally, ...]:
    """Return how many answers were read by code, and how many not yet."""
    rows = session.execute(
        select(Message.state, Message.language, func.count())
        .join(Message.reply)
        .where(Reply.project_id == project.id, Message.channel == CODE)
        .group_by(Message.state, Message.language)
    ).all()
    return _tally(CODE, [each.id for each in CODE_STATES], rows)


def _count_letters(session: Session, project: Project) -> tuple[Tally, ...]:
    """Return how many letters to tellers of a project are in each state."""
    rows = session.execute(
        select(Letter.state, Letter.language, func.count())
        .where(_is_of(project))
        .group_by(Letter.state, Letter.language)
    ).all()
    return _tally(LETTER, [each.id for each in LETTER_STATES], rows)


def _tally(channel: str, states: Sequence[str], rows: Sequence[Row[str, str, int]]) -> tuple[Tally, ...]:
    counts = Counter({(row[0], row[1]): row[2] for row in rows})
    return tuple(Tally(channel, state, counts[state, "cy"], counts[state, "en"]) for state in states)


def _is_of(project: Project) -> ColumnElement[bool]:
    """Return the condition that a `Letter` goes, or went, to a teller of a project."""
    tellers = select(Contact.id).join(Story, Story.id == Contact.story_id)
    named = select(Message.letter_id).join(Message.reply).where(Reply.project_id == project.id)
    return or_(
        Letter.contact_id.in_(tellers.where(Story.project_id == project.id)),
        Letter.id.in_(named.where(Message.letter_id.is_not(None))),
    )


def _list_failed(session: Session, project: Project) -> tuple[FailedLetter, ...]:
    """Return the letters that never left or did not arrive, newest first, and whose story each is about."""
    rows = session.execute(
        select(Letter, Story.reference)
        .join(Contact, Contact.id == Letter.contact_id)
        .join(Story, Story.id == Contact.story_id)
        .where(Story.project_id == project.id, Letter.state.in_(("failed", "bounced")))
        .order_by(Letter.id.desc())
        .limit(PAGE)
    )
    return tuple(
        FailedLetter(letter.id, reference, letter.state, letter.last_error, letter.written_at.date())
        for letter, reference in rows
    )


def _list_lines(session: Session, project: Project, wanted: OutboxFilter) -> tuple[Line, ...]:
    """Return a page of messages, newest first, and one more where there are more."""
    rows = (
        select(Message, Reply, Story.reference, Letter.state, Decision)
        .join(Message.reply)
        .join(Story, Story.id == Message.story_id)
        .outerjoin(Letter, Letter.id == Message.letter_id)
        .outerjoin(Decision, Decision.id == Reply.decision_id)
        .where(Reply.project_id == project.id, Message.channel == CODE)
        .order_by(Message.id.desc())
        .offset(wanted.start)
        .limit(PAGE + 1)
    )
    if wanted.language:
        rows = rows.where(Message.language == wanted.language)
    by_letter, _, state = wanted.state.partition("_")
    if state:
        rows = rows.where(Letter.state == state)
    elif wanted.state:
        rows = rows.where(Message.state == by_letter)
    return tuple(
        Line(
            reference,
            message.language,
            reply.written_at.date(),
            message.state,
            letter,
            Bilingual(decision.title_cy, decision.title_en) if decision else None,
        )
        for message, reply, reference, letter, decision in session.execute(rows)
    )
