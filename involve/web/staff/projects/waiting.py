"""What waits for me: what is late and what is due soon, in every project where it is my turn."""

from collections.abc import Callable, Mapping

from flask import render_template, url_for

from involve.services.promises.waiting import SOON, TELL_WITHIN, Waiting, list_waiting
from involve.vocabulary.waiting import READ, TELL, find_waiting
from involve.vocabulary.working_days import READ_WITHIN
from involve.web.addresses import page
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint


@page(blueprint, cy="/staff/yn-aros", en="/staff/waiting")
def show_waiting() -> str:
    """See what is late and what is due soon."""
    with site().reading() as session:
        waiting = list_waiting(session, signed_in(), site().today)
    return render_template(
        "staff/waiting.html",
        late=[each for each in waiting if each.late],
        soon=[each for each in waiting if not each.late],
        place_of=place_of,
        find_waiting=find_waiting,
        days=SOON.days,
        read_within=READ_WITHIN,
        tell_within=TELL_WITHIN,
    )


def place_of(waiting: Waiting) -> str:
    """Return the address of the page where the work is done."""
    return PLACES.get(waiting.what, _project)(waiting)


def _project(waiting: Waiting) -> str:
    return url_for("staff.show_project", slug=waiting.project)


PLACES: Mapping[str, Callable[[Waiting], str]] = {
    READ: lambda waiting: url_for("staff.show_queue", project=waiting.project, reason="late"),
    "answer": lambda waiting: url_for("staff.show_outbox", slug=waiting.project),
    TELL: lambda waiting: url_for("staff.show_decision", decision_id=waiting.subject),
}
