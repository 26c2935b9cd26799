"""What the teller can do next: one line each with the way to it, what waits for them first."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from involve.i18n import format_date
from involve.i18n import gettext as _
from involve.web.my_story.gathered import Gathered


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, in words, and where. `waits`: somebody waits for it."""

    words: str
    href: str
    waits: bool = False


def suggest_steps(all_of_it: Gathered) -> tuple[Step, ...]:
    """Return what fits the state of the story, the most pressing first."""
    return (*_waiting(all_of_it), *_weighing(all_of_it), *_saying(all_of_it), *_going_on(all_of_it))


def _waiting(all_of_it: Gathered) -> Iterator[Step]:
    """Yield what somebody waits for."""
    for said in all_of_it.conversation.said:
        if said.waits:
            where = url_for("my_story.answer_question", question_id=said.id)
            yield Step(_("Answer a question from the staff"), where, waits=True)
            break
    if any(each.state == "offered" for each in all_of_it.corrections):
        yield Step(_("Say yes or no to a small correction"), url_for("my_story.see_corrections"), waits=True)


def _weighing(all_of_it: Gathered) -> Iterator[Step]:
    """Yield what the teller has a say in now."""
    seat, panel = all_of_it.seat, url_for("my_story.sit_on_panel")
    if seat is not None and seat.state == "offered":
        yield Step(_("Say whether you take a seat on the panel"), panel, waits=True)
    elif seat is not None and any(
        each.decision.state == "proposed" and not each.verdict for each in seat.decisions
    ):
        yield Step(_("Say on the panel whether you agree with a decision"), panel, waits=True)
    days = [
        each.ballot.plan.closes_on
        for each in all_of_it.ballots
        if each.ballot.state == "open" and each.choices is None
    ]
    if days:
        words = _("Weigh the options, by %(day)s", day=format_date(min(days)))
        yield Step(words, url_for("my_story.weigh_options"), waits=True)
    for reading in all_of_it.readings:
        if reading.is_open:
            where = url_for("reading.read_together", stage_id=reading.stage_id)
            yield Step(_("Read together what people said, and group it"), where)


def _saying(all_of_it: Gathered) -> Iterator[Step]:
    """Yield what the teller can say of their story and of what came of it."""
    if all_of_it.asks_what_changed and all_of_it.said.changed is None:
        yield Step(_("Say whether anything has changed for you"), "#promise", waits=True)
    if any(tag.participant is None for tag in all_of_it.story.tags):
        yield Step(_("Say whether we understood your story"), "#understood")
    if all_of_it.appeal is not None and all_of_it.appeal.stands == "open":
        yield Step(_("Ask for a second person to look at it"), url_for("my_story.ask_second_person"))


def _going_on(all_of_it: Gathered) -> Iterator[Step]:
    """Yield how the teller stays with it, and brings others."""
    if all_of_it.contact_fails:
        yield Step(
            _("Leave another address or number: our messages do not reach you"),
            url_for("my_story.change_contact"),
        )
    elif not all_of_it.has_contact:
        yield Step(_("Be told when there is something new"), url_for("my_story.change_contact"))
    if not all_of_it.said_about_me:
        yield Step(_("Answer a few questions about you, if you like"), url_for("my_story.tell_about_me"))
    slug = all_of_it.story.project_slug
    yield Step(_("See what changed in this project"), url_for("what_changed.show_project", slug=slug))
    if all_of_it.project.open:
        yield Step(_("Tell another story"), url_for("tell.tell_story", slug=slug))
        yield Step(_("Send others the link to this project"), url_for("projects.show_project", slug=slug))
