"""Concerns that someone may be at risk: the list, one of them with its words, and each thing that staff do about it."""

from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import NotAllowed
from involve.i18n import lazy_gettext as _l
from involve.services.moderation.staff_story import StaffStory
from involve.services.safeguarding.alerts import tell_if_possible
from involve.services.safeguarding.concerns import (
    acknowledge,
    conclude,
    confirm,
    find_readable,
    raise_concern,
)
from involve.services.safeguarding.views import (
    Notice,
    concern_of,
    list_closed,
    list_concerns,
    notice_for,
    show_concern,
)
from involve.services.staff.access import Actor
from involve.vocabulary.concerns import find_outcome
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import is_signed_in, signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.safeguarding.concern_forms import OutcomeForm, RaiseForm

RAISED = _l("Thank you. The people on duty are told now.")
SEEN = _l("It is written down that you are dealing with this.")
CLOSED = _l("The concern is closed.")
WAITS = _l("It is kept. A second person now looks at it before it is closed.")
SENT_BACK = _l("The concern is open again, so that somebody looks once more.")


@blueprint.before_request
def tell_of_what_waits() -> None:
    """Tell whoever has to know of a concern, if no worker did: each page of staff is a chance to notice."""
    if is_signed_in():
        tell_if_possible(site().factory, site().clock())


@blueprint.app_context_processor
def concern_values() -> dict[str, Any]:
    """Give every page the way to ask what its reader should know of concerns."""
    return {"concern_notice": concern_notice, "find_outcome": find_outcome}


def concern_notice() -> Notice:
    """Return what the person at work should know now."""
    if not is_signed_in():
        return Notice()
    if "concern_notice" not in g:
        with site().reading() as session:
            g.concern_notice = notice_for(session, signed_in(), site().clock())
    notice: Notice = g.concern_notice
    return notice


def concern_values_of(session: Any, actor: Actor, story: StaffStory) -> dict[str, Any]:
    """Return what the page of a story shows of concerns."""
    where = (story.body_id, story.project_id)
    return {
        "concern": concern_of(session, actor, story, site().clock()),
        "may_raise": story.text is not None and actor.may("raise_concern", *where),
    }


@page(blueprint, cy="/staff/diogelu", en="/staff/safeguarding")
def show_concerns() -> str:
    """See the open concerns, and those that were closed last."""
    if not signed_in().may_anywhere("safeguard"):
        raise NotAllowed("safeguard")
    with site().reading() as session:
        concerns = list_concerns(session, signed_in(), site().clock())
        closed = list_closed(session, signed_in(), site().clock())
    return render_template("staff/concerns.html", concerns=concerns, closed=closed)


@page(blueprint, cy="/staff/diogelu/<int:concern_id>", en="/staff/safeguarding/<int:concern_id>")
def read_concern(concern_id: int) -> ResponseReturnValue:
    """Read what was noticed, what to do, and who was told."""
    return show(concern_id, OutcomeForm())


@page(
    blueprint,
    cy="/staff/diogelu/<int:concern_id>/cydnabod",
    en="/staff/safeguarding/<int:concern_id>/acknowledge",
    methods=("POST",),
)
def acknowledge_concern(concern_id: int) -> ResponseReturnValue:
    """Say that I am dealing with it."""
    with site().writing() as session:
        acknowledge(session, signed_in(), concern_id, site().clock())
    flash(SEEN, "good")
    return back(concern_id)


@page(
    blueprint,
    cy="/staff/diogelu/<int:concern_id>/canlyniad",
    en="/staff/safeguarding/<int:concern_id>/outcome",
    methods=("GET", "POST"),
)
def conclude_concern(concern_id: int) -> ResponseReturnValue:
    """Say what came of it."""
    form = OutcomeForm()
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show(concern_id, form)
    with site().writing() as session:
        closed = conclude(
            session, signed_in(), concern_id, form.outcome.data, form.note.data or "", site().clock()
        )
    flash(CLOSED if closed else WAITS, "good")
    return back(concern_id)


@page(
    blueprint,
    cy="/staff/diogelu/<int:concern_id>/ail-berson",
    en="/staff/safeguarding/<int:concern_id>/second-person",
    methods=("POST",),
)
def confirm_concern(concern_id: int) -> ResponseReturnValue:
    """Close it as the second person, or send it back."""
    agrees = request.form.get("agrees") == "1"
    with site().writing() as session:
        confirm(session, signed_in(), concern_id, agrees, site().clock())
    flash(CLOSED if agrees else SENT_BACK, "good")
    return back(concern_id)


@page(
    blueprint,
    cy="/staff/straeon/<reference>/pryder",
    en="/staff/stories/<reference>/concern",
    methods=("GET", "POST"),
)
def raise_a_concern(reference: str) -> ResponseReturnValue:
    """Say that someone in a story may be at risk."""
    with site().writing() as session:
        find_readable(session, signed_in(), reference)
    form = RaiseForm()
    if request.method != "POST" or "switch" in request.form or not form.validate():
        values = {"form": form, "reference": reference, "twin_form": "concern"}
        return make_response(
            render_template("staff/concern_raise.html", **values), 422 if form.errors else 200
        )
    with site().writing() as session:
        raise_concern(session, signed_in(), reference, form.reason.data or "", site().clock())
    tell_if_possible(site().factory, site().clock())
    flash(RAISED, "good")
    return redirect(url_for("staff.show_story", reference=reference), 303)


def back(concern_id: int) -> ResponseReturnValue:
    """Go to the concern."""
    return redirect(url_for("staff.read_concern", concern_id=concern_id), 303)


def show(concern_id: int, form: OutcomeForm) -> ResponseReturnValue:
    """Show a concern with its words; that they were read is written down."""
    with site().writing() as session:
        concern, story = show_concern(session, signed_in(), concern_id, site().clock())
    second = concern.second_of is not None and concern.second_of != signed_in().user_id
    values = {"concern": concern, "story": story, "form": form, "may_confirm": second}
    values["twin_form"] = "conclude" if concern.closed_at is None else None
    return make_response(render_template("staff/concern.html", **values), 422 if form.errors else 200)
