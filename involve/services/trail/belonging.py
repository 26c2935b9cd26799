"""To which body a line of the audit trail belongs: found along the foreign keys of the table that its subject names."""

from collections import deque
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Select, String, Table, and_, cast, or_, select

from involve.models import Base, Event, Membership

BODY, PROJECT, USER = "body", "project", "user"
# What all bodies share, or what the software does by itself. Who changed such a thing tells whose line it is.
SHARED = frozenset({"signpost", "learnt"})


def of_body(body_id: int) -> ColumnElement[bool]:
    """Return the condition that an event belongs to a body."""
    members = select(Membership.user_id).where(Membership.body_id == body_id)
    noted = cast(Event.detail[BODY].as_string(), String)
    subjects = [
        and_(Event.subject == name, Event.subject_id.in_(ids_of(name, body_id)))
        for name in subjects_of_bodies()
    ]
    return or_(
        *subjects,
        and_(Event.subject == BODY, Event.subject_id == body_id),
        # Of people, what the event itself says; what is about the account alone is seen where the person works.
        noted == str(body_id),
        and_(Event.subject == USER, noted.is_(None), Event.subject_id.in_(members)),
        and_(Event.subject.in_(SHARED), Event.user_id.in_(members)),
    )


@cache
def subjects_of_bodies() -> tuple[str, ...]:
    """Return the tables whose rows belong to a body, through a project or by themselves."""
    tables = (table.name for table in Base.metadata.sorted_tables if "id" in table.c)
    return tuple(name for name in tables if name not in (BODY, USER) and _path(name, BODY) is not None)


def ids_of(subject: str, body_id: int) -> Select[Any]:
    """Return the query of the ids of all rows of a table that belong to a body."""
    start, path = Base.metadata.tables[subject], _path(subject, BODY) or ()
    source, table = _join(start, path[:-1])
    return select(start.c.id).select_from(source).where(table.c[path[-1].name] == body_id)


def projects_of(subject: str, ids: list[int]) -> Select[Any] | None:
    """Return the query of the project of each of these rows; None for what belongs to no project."""
    start = Base.metadata.tables.get(subject)
    path = None if start is None or subject == USER else _path(subject, PROJECT)
    if start is None or path is None:
        return None
    source, table = _join(start, path)
    return select(start.c.id, table.c.id).select_from(source).where(start.c.id.in_(ids))


def _join(start: Table, path: tuple[Column[int], ...]) -> tuple[FromClause, Table]:
    """Return a table joined along foreign keys, and the last table of the path."""
    source: FromClause = start
    table = start
    for column in path:
        key = next(iter(column.foreign_keys))
        source = source.join(key.column.table, column == key.column)
        table = key.column.table
    return source, table


@cache
def _path(subject: str, goal: str) -> tuple[Column[int], ...] | None:
    """Return the shortest way from a table to another along foreign keys that are never empty; None without any."""
    waiting: deque[tuple[Table, tuple[Column[int], ...]]] = deque([(Base.metadata.tables[subject], ())])
    seen = {subject}
    while waiting:
        table, path = waiting.popleft()
        if table.name == goal:
            return path
        for column in table.columns:
            for key in column.foreign_keys:
                target = key.column.table
                if not column.nullable and target.name not in (*seen, USER):
                    seen.add(target.name)
                    waiting.append((target, (*path, column)))
    return None
