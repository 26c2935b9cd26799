"""Answers that a project saves: words in both languages to begin from, held to the fields that an answer may have."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing, NotFound
from involve.models import AnswerTemplate, Project, User
from involve.services.moderation.replies import LONGEST_REPLY
from involve.services.projects.projects import find_project
from involve.services.staff.access import Actor, require
from involve.services.telling.fields import check_fields
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of

MOST, LONGEST_NAME = 50, 100


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer to begin from; `changed_by` is who wrote it last, "" where that is not known any more."""

    id: int
    name: str
    words: Bilingual
    changed_by: str
    changed_on: date


@dataclass(frozen=True, slots=True)
class SavedAnswers:
    """All of a project, by name."""

    project: Bilingual
    answers: tuple[SavedAnswer, ...]


def list_saved_answers(session: Session, actor: Actor, slug: str) -> SavedAnswers:
    """Return what a project saved to begin from.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = _find_project(session, actor, slug)
    rows = session.execute(
        select(AnswerTemplate, User)
        .outerjoin(User, User.id == AnswerTemplate.user_id)
        .where(AnswerTemplate.project_id == project.id)
        .order_by(AnswerTemplate.name, AnswerTemplate.id)
    )
    answers = tuple(
        SavedAnswer(
            row.id,
            row.name,
            Bilingual(row.words_cy, row.words_en),
            (user.name or user.email) if user else "",
            day_of(row.changed_at),
        )
        for row, user in rows
    )
    return SavedAnswers(Bilingual(project.name_cy, project.name_en), answers)


def save_answer(
    session: Session,
    actor: Actor,
    slug: str,
    name: str,
    words: Bilingual,
    now: datetime,
    answer_id: int | None = None,
) -> int:
    """Save an answer to begin from, or change one (*answer_id*), and return its id.

    Raises:
        NotFound, NotAllowed: there is no such project or answer, or no grant covers it.
        LanguageMissing: it lacks a language; the argument is that language.
        FieldRefused: a field in the words is none, or stands in one language only.
        BadInput: 'name' (there is none), 'long', 'taken' (another has that name) or 'many'.
    """
    project = _find_project(session, actor, slug, lock=True)
    row = None if answer_id is None else _find_row(session, project, answer_id)
    name, words = name.strip(), Bilingual(words.cy.strip(), words.en.strip())
    _check(name, words)
    others = [each for each in _rows(session, project) if each is not row]
    if any(each.name.casefold() == name.casefold() for each in others):
        raise BadInput("taken")
    kind = "answer_template_changed"
    if row is None:
        if len(others) >= MOST:
            raise BadInput("many")
        row, kind = AnswerTemplate(project_id=project.id), "answer_template_added"
        session.add(row)
    row.name, row.words_cy, row.words_en = name, words.cy, words.en
    row.user_id, row.changed_at = actor.user_id, now
    session.flush()
    record(session, kind, "project", project.id, now, user_id=actor.user_id, template=row.id)
    return row.id


def remove_saved_answer(session: Session, actor: Actor, slug: str, answer_id: int, now: datetime) -> None:
    """Remove an answer to begin from; what was sent with its words stays.

    Raises:
        NotFound, NotAllowed: there is no such project or answer, or no grant covers it.
    """
    project = _find_project(session, actor, slug, lock=True)
    session.delete(_find_row(session, project, answer_id))
    session.flush()
    record(
        session,
        "answer_template_removed",
        "project",
        project.id,
        now,
        user_id=actor.user_id,
        template=answer_id,
    )


def begin_with(written: str, saved: str, others: frozenset[str]) -> str:
    """Return what stands in a box once somebody chose to begin from *saved*: nothing that they wrote is lost.

    Words that are one of the *others*, as they were saved, give way; to anything else the saved ones are added.
    """
    kept = written.strip()
    return saved if not kept or kept in others | {saved} else f"{kept}\n\n{saved}"


def _find_project(session: Session, actor: Actor, slug: str, lock: bool = False) -> Project:
    """Return a project that this person may answer for; locked, so that two who save at once come one by one."""
    project = find_project(session, slug)
    require(actor, "reply", project)
    if lock:
        session.get_one(Project, project.id, with_for_update=True)
    return project


def _find_row(session: Session, project: Project, answer_id: int) -> AnswerTemplate:
    row = session.get(AnswerTemplate, answer_id)
    if row is None or row.project_id != project.id:
        raise NotFound("answer_template")
    return row


def _rows(session: Session, project: Project) -> list[AnswerTemplate]:
    return list(session.scalars(select(AnswerTemplate).where(AnswerTemplate.project_id == project.id)))


def _check(name: str, words: Bilingual) -> None:
    """Hold an answer to its lengths, its two languages and its fields."""
    if not name:
        raise BadInput("name")
    for language in ("cy", "en"):
        if not words.in_language(language):
            raise LanguageMissing(language)
    if len(name) > LONGEST_NAME or max(len(words.cy), len(words.en)) > LONGEST_REPLY:
        raise BadInput("long")
    check_fields({"cy": words.cy, "en": words.en})
