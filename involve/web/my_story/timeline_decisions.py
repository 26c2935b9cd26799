"""The later part of a story's way: read together, decided with, changed, and what is promised next."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask import url_for

from involve.i18n import gettext as _
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.tellers.my_decisions import MyDecision
from involve.services.tellers.my_way import MyReading
from involve.web.my_story.gathered import Gathered
from involve.web.my_story.timeline_lines import Happening, on_day

# What came of a decision, as the heading of a line.
CAME_OF_IT = {
    "agreed": _l("It was agreed how to do it"),
    "under_way": _l("Work on it began"),
    "done": _l("It was done"),
    "not_done": _l("It was not done"),
}
OVER = ("done", "not_done")
# Where a line stands that has no day and comes after all others.
LAST = date.max.isoformat()


def tell_decisions(all_of_it: Gathered) -> Iterator[Happening]:
    """Yield how the story was read together, each decision with it, and what came of each."""
    for reading in all_of_it.way.readings:
        yield from _tell_reading(reading)
    for decision in all_of_it.decisions:
        yield from _tell_decision(decision)
    if all_of_it.said.changed is not None:
        yield Happening(_("You said whether anything has changed"), iso=LAST)


def tell_later(all_of_it: Gathered, today: date) -> Iterator[Happening]:
    """Yield what is promised with a day, and then what has none."""
    for each in all_of_it.ballots:
        if each.ballot.state == "open":
            yield on_day(_("The vote on the options ends"), each.ballot.plan.closes_on, ahead=True)
    report_by = all_of_it.project.current.report_by
    if not all_of_it.decisions and report_by >= today:
        yield on_day(_("The body says in public what it heard and decided, by"), report_by, ahead=True)
    if any(not each.outcomes or each.outcomes[-1].status not in OVER for each in all_of_it.decisions):
        yield Happening(_("You will see here what comes of the decision"), iso=LAST, ahead=True)
    if all_of_it.asks_what_changed and all_of_it.said.changed is None:
        line = Happening(_("You say whether anything has changed"), iso=LAST, ahead=True)
        yield replace(line, link=_("Say it now"), href="#promise")


def _tell_reading(reading: MyReading) -> Iterator[Happening]:
    """Yield that people read the story together, and what they made of it once that is over."""
    href = url_for("reading.read_together", stage_id=reading.stage_id)
    begun = on_day(_("People began to read it together with other stories"), reading.opened_on)
    yield begun if reading.closed_on else replace(begun, link=_("Take part"), href=href)
    if reading.closed_on and reading.themes:
        names = " · ".join(theme.in_language(page_language()) for theme in reading.themes)
        yield on_day(_("It stands in a theme that people made"), reading.closed_on, text=names)


def _tell_decision(decision: MyDecision) -> Iterator[Happening]:
    """Yield a decision, and what came of it."""
    title = decision.title.in_language(page_language())
    line = on_day(_("It was considered in a decision"), decision.on, text=title)
    yield replace(line, link=_("How it was considered"), href=f"#decision-{decision.id}")
    for outcome in decision.outcomes:
        yield on_day(str(CAME_OF_IT[outcome.status]), outcome.on_day, text=title)
