"""What tellers say of a promise, counted: how much say it felt like, whether they can influence, whether it changed."""

from collections.abc import Callable, Iterable
from datetime import UTC, date

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Project, Story, Verdict
from involve.services.deciding.behind import stories_followed
from involve.services.projects.project_views import view_project
from involve.services.returns.done import list_done
from involve.services.snapshots.groups import (
    AFTER,
    BEFORE,
    CHANGED,
    CONFIRMED,
    FELT,
    Group,
    divide,
    find_counted,
    look_at,
)
from involve.vocabulary.days import start_of
from involve.vocabulary.influence import INFLUENCES, find_influence
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.states import LANGUAGES

_AGREES = 4  # from "tend to agree" on, as the National Survey for Wales counts it
_HIGHEST = max(each.order for each in INFLUENCES)
_Said = dict[int, str]
_Choices = tuple[tuple[str, ...], ...]


def count_sayings(session: Session, project: Project, day: date) -> None:
    """Look at what tellers of a project said before *day* began and is not counted yet."""
    said = _read(session, project.id, day)
    if not said:
        return
    counted = find_counted(session, project.id)

    def waiting(question: str, part: Callable[[Verdict], str | None]) -> _Said:
        new = (row for row, _ in said.values() if (row.story_id, question) not in counted)
        return {row.story_id: name for row in new if (name := part(row))}

    current = view_project(project, day).current
    claimed = find_rung(current.ladder, current.rung).influence
    order = find_influence(claimed).order
    felt = waiting(FELT, lambda row: _felt(row.felt, order))
    _look(session, Group(project.id, FELT, claimed=claimed), felt, _felt_choices(order), day)
    _look(
        session,
        Group(project.id, BEFORE),
        waiting(BEFORE, lambda row: _agrees(row.influence_before)),
        _AGREE,
        day,
    )
    _look(
        session,
        Group(project.id, AFTER),
        waiting(AFTER, lambda row: _agrees(row.influence_after)),
        _AGREE,
        day,
    )
    changed = waiting(CHANGED, lambda row: row.changed and ("no" if row.changed == "no" else "yes"))
    _look_changed(session, project.id, changed, {each: language for each, (_, language) in said.items()}, day)


_AGREE: _Choices = (("agree", "other"),)
_YES: _Choices = (("yes", "no"),)


def _read(session: Session, project_id: int, day: date) -> dict[int, tuple[Verdict, str]]:
    """Return what was said up to then, with the language of the story, by its id."""
    rows = session.execute(
        select(Verdict, Story.language)
        .join(Story, Story.id == Verdict.story_id)
        .where(Story.project_id == project_id, Verdict.answered_at < start_of(day).astimezone(UTC))
        .order_by(Verdict.story_id)
    )
    return {row.story_id: (row, language) for row, language in rows}


def _look_changed(
    session: Session, project_id: int, said: _Said, languages: dict[int, str], day: date
) -> None:
    """Look at whether anything changed, by language where the body says that it made a change the story asks for."""
    done = [each.id for each in list_done(session, [project_id])[project_id] if each.status == "done"]
    made = stories_followed(session, done) if done else frozenset()
    others = {each: part for each, part in said.items() if each not in made}
    _look(session, Group(project_id, CHANGED), others, _YES, day)
    for language in LANGUAGES:
        own = {each: part for each, part in said.items() if each in made and languages[each] == language.id}
        _look(session, Group(project_id, CONFIRMED, language.id), own, _YES, day)


def _look(session: Session, group: Group, said: _Said, choices: _Choices, day: date) -> None:
    names = {name for parts in choices for name in parts}
    look_at(session, group, list(said), lambda: divide(_tally(said.values(), names), choices), day)


def _tally(parts: Iterable[str], names: Iterable[str]) -> dict[str, int]:
    parts = list(parts)
    numbers = {name: parts.count(name) for name in names}
    if "enough" in numbers:
        numbers["enough"] = parts.count("same") + parts.count("more")
    return numbers


def _felt(said: str | None, claimed: int) -> str | None:
    """Return whether it felt like less say than claimed, the same, or more."""
    if said is None:
        return None
    order = find_influence(said).order
    return "less" if order < claimed else "same" if order == claimed else "more"


def _felt_choices(claimed: int) -> _Choices:
    """Return how answers are divided: nobody can feel less say than none, nor more than all of it."""
    if claimed == 0:
        return (("same", "more"),)
    return (("less", "same"),) if claimed == _HIGHEST else (("less", "same", "more"), ("less", "enough"))


def _agrees(number: int | None) -> str | None:
    return None if number is None else "agree" if number >= _AGREES else "other"
