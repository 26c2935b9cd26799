"""What every view may reach: settings, the clock, sessions, and carrying jobs out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from involve.database import Session, SessionFactory, transaction
from involve.services.backups.withdrawals import WithdrawalList
from involve.services.safeguarding.help import look_for_risk
from involve.services.upkeep.handlers import HANDLERS
from involve.services.upkeep.jobs import run_job
from involve.settings import Settings
from involve.vocabulary.days import day_of


@dataclass(frozen=True)
class Site:
    """The running site, one for each application; views get it with `site()`."""

    settings: Settings
    factory: SessionFactory
    clock: Callable[[], datetime]
    # Tells the worker that a job waits; the row is kept whether or not that succeeds.
    dispatch: Callable[[int], None] = lambda job_id: None

    @property
    def today(self) -> date:
        """The date now in Wales."""
        return day_of(self.clock())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with self.factory() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, or rolled back."""
        with transaction(self.factory) as session:
            yield session

    @property
    def withdrawals(self) -> WithdrawalList:
        """The list outside the database of what was taken back."""
        return WithdrawalList(self.settings.resolved_withdrawals_file, self.settings.code_key)

    def note_taken_back(self, kind: str, reference: str, uses: frozenset[str] = frozenset()) -> None:
        """Add to the list of withdrawals, before the transaction is committed.

        A full disk must not stop anybody from taking their story back: the next start of the site catches up.
        """
        try:
            self.withdrawals.note(kind, reference, self.clock(), uses)
        except OSError as error:
            current_app.logger.error("the list of withdrawals cannot be written: %s", error.strerror)

    def carry_out(self, job_id: int | None) -> None:
        """Carry a job out now if no worker does, or let the worker know of it; what fails stays due.

        Letters are never sent while a reader waits: a thread beside the requests, or the worker, sends them.
        """
        if job_id is None:
            return
        if self.settings.jobs_in_request:
            run_job(self.factory, job_id, HANDLERS, self.clock)
        else:
            self.dispatch(job_id)

    def speaks_of_danger(self, story_id: int) -> bool:
        """Whether a story that was just kept speaks of danger; whatever fails in finding out, the receipt is shown."""
        try:
            return look_for_risk(self.factory, story_id, self.clock())
        except Exception as error:  # noqa: BLE001  the story is kept, and the worker reads it again
            current_app.logger.error("a story's risk could not be read: %s", type(error).__name__)
            return False


def site() -> Site:
    """Return the running site."""
    running: Site = current_app.extensions["involve"]
    return running
