"""The outbox of a project: who was not told yet, how far each message has come, and what failed."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.i18n import lazy_gettext as _l
from involve.services.telling.outbox import PAGE as LINES
from involve.services.telling.outbox import OutboxFilter, try_again
from involve.services.telling.outbox import show_outbox as find_outbox
from involve.vocabulary.outbox import CODE_STATES, FAILURES, LETTER_STATES, OTHER_FAILURE
from involve.web.addresses import page
from involve.web.fields import read_number
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint

AGAIN = _l("It is tried again. Come back in a few minutes to see what became of it.")
NOT_AGAIN = _l("There is nothing to try again: it was sent, or is on its way.")
STATES = {each.id for each in CODE_STATES} | {f"letter_{each.id}" for each in LETTER_STATES}
FURTHEST = 100_000


@page(blueprint, cy="/staff/prosiectau/<slug>/blwch-anfon", en="/staff/projects/<slug>/outbox")
def show_outbox(slug: str) -> ResponseReturnValue:
    """See who was told, who was not, and what failed."""
    wanted = read_outbox_filter()
    with site().reading() as session:
        found = find_outbox(session, signed_in(), slug, wanted)
    return render_template(
        "staff/outbox.html",
        slug=slug,
        outbox=found,
        wanted=wanted,
        code_states=CODE_STATES,
        letter_states=LETTER_STATES,
        failures={each.id: each.name for each in FAILURES},
        other_failure=OTHER_FAILURE.name,
        newer=None if wanted.start == 0 else max(0, wanted.start - LINES),
        older=wanted.start + LINES if found.more else None,
    )


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/blwch-anfon/eto",
    en="/staff/projects/<slug>/outbox/again",
    methods=("POST",),
)
def send_again(slug: str) -> ResponseReturnValue:
    """Try a letter again that failed."""
    letter_id = read_number(request.form.get("letter"))
    with site().writing() as session:
        job_id = try_again(session, signed_in(), slug, letter_id, site().clock())
    flash(NOT_AGAIN if job_id is None else AGAIN, "warn" if job_id is None else "good")
    return redirect(url_for("staff.show_outbox", slug=slug), 303)


def read_outbox_filter() -> OutboxFilter:
    """Return what the address asks for; what is not among the choices is left out."""
    state, language = request.args.get("state", ""), request.args.get("language", "")
    return OutboxFilter(
        state if state in STATES else "",
        language if language in ("cy", "en") else "",
        read_number(request.args.get("start"), FURTHEST),
    )
