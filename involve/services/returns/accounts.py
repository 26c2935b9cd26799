"""What changed: for each project what was asked, said, done and not done, what is open, and what tellers say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Project
from involve.services.deciding.verdicts import Held, list_held
from involve.services.projects.project_views import ProjectView, view_project
from involve.services.projects.projects import find_project
from involve.services.promises.reports import find_reporting
from involve.services.returns.done import (
    Done,
    PublicReply,
    count_statuses,
    find_undecided,
    list_done,
    list_replies,
    total_statuses,
)
from involve.services.returns.quotations import Quotation, quote_few
from involve.services.returns.said import count_goals, count_published, total_published
from involve.services.returns.scopes import EVERYBODY, PAGE, Scope, count_projects, find_rows, project_ids
from involve.services.returns.voices import Voices, count_voices, quote_relied
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of
from involve.vocabulary.ladders import find_rung

MOST_QUOTED = 3


@dataclass(frozen=True, slots=True)
class Return:
    """One project's account. Every count is of published stories or decisions.

    `relied` are words on which its decisions rely, at most one quotation in each language.
    `claimed` is the level of influence that the body says people have (an id of vocabulary.influence), `statuses` how
    many decisions it says stand where; `held` is what tellers say. One never stands without the other. `answer_by` is
    the day by which something is to be said in public: while nothing was it is `awaited`, and `overdue` after that day.
    """

    project: ProjectView
    body: str
    published: int
    goals: tuple[tuple[str, int], ...]
    voices: Voices
    relied: tuple[Quotation, ...]
    replies: tuple[PublicReply, ...]
    done: tuple[Done, ...]
    undecided: tuple[Bilingual, ...]
    answer_by: date
    awaited: bool
    overdue: bool
    claimed: str
    held: Held
    listed: bool

    @property
    def statuses(self) -> Mapping[str, int]:
        """How many decisions stand where, by status."""
        return count_statuses(self.done)

    @property
    def silent(self) -> bool:
        """Whether nothing has come back."""
        return not self.replies and not self.done


@dataclass(frozen=True, slots=True)
class Accounts:
    """A page of accounts, and what all pages say together: `total` projects, their published stories and decisions."""

    returns: tuple[Return, ...]
    total: int
    published: int
    statuses: Mapping[str, int]
    page: int
    pages: int


def list_accounts(
    session: Session, now: datetime, scope: Scope = EVERYBODY, page: int = 1, most_replies: int | None = None
) -> Accounts:
    """Return a page of accounts, the newest first, by a number of queries that does not grow with them.

    Raises:
        NotFound: there is no such page. The first is always there, if only to say that it is empty.
    """
    today = day_of(now)
    total = count_projects(session, scope, today)
    pages = max(1, -(-total // PAGE))
    if not 1 <= page <= pages:
        raise NotFound("page")
    rows = find_rows(session, scope, today, page)
    everything = project_ids(scope, today)
    return Accounts(
        _accounts(session, rows, scope, now, most_replies),
        total,
        total_published(session, everything, scope),
        total_statuses(session, everything),
        page,
        pages,
    )


def list_returns(session: Session, now: datetime) -> tuple[Return, ...]:
    """Return the accounts of the first page, in full."""
    return list_accounts(session, now).returns


def show_account(session: Session, slug: str, now: datetime) -> tuple[Return, tuple[Quotation, ...]]:
    """Return the account of one project, listed or not, and a few words that may be quoted.

    Raises:
        NotFound: there is no such project, or none of its stages has opened.
    """
    row = find_project(session, slug)
    if not any(stage.opens_on <= day_of(now) for stage in row.stages):
        raise NotFound(slug)
    (account,) = _accounts(session, [row], EVERYBODY, now)
    return account, quote_few(session, row.id, MOST_QUOTED)


def _accounts(
    session: Session, rows: Sequence[Project], scope: Scope, now: datetime, most_replies: int | None = None
) -> tuple[Return, ...]:
    ids, today = [row.id for row in rows], day_of(now)
    views = {row.id: view_project(row, today) for row in rows}
    claimed = {each: find_rung(v.current.ladder, v.current.rung).influence for each, v in views.items()}
    published, goals = count_published(session, ids, scope), count_goals(session, ids, scope)
    voices, relied = count_voices(session, ids, scope), quote_relied(session, ids)
    replies, done = list_replies(session, ids, most_replies), list_done(session, ids)
    undecided, held = find_undecided(session, ids, today), list_held(session, claimed)
    reporting = find_reporting(session, rows, today)
    return tuple(
        Return(
            views[row.id],
            row.body.slug,
            published[row.id],
            goals[row.id],
            voices[row.id],
            relied[row.id],
            replies[row.id],
            done[row.id],
            undecided[row.id],
            reporting[row.id].late_since or reporting[row.id].due_on or views[row.id].current.report_by,
            reporting[row.id].due_on is not None,
            reporting[row.id].late_since is not None,
            claimed[row.id],
            held[row.id],
            row.listed,
        )
        for row in rows
    )
