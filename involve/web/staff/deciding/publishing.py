"""The last page before a decision is public: what is missing, and the strongest words against it above the button."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.decisions import (
    AgreementMissing,
    find_decision,
    publish_decision,
    view_decision,
)
from involve.services.deciding.ground_gate import GroundMissing, Seen, check_ground
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.deciding.decisions import FUTURE, MISSING
from involve.web.staff.deciding.ground_forms import PublishForm

PUBLISHED = _l("The decision is public.")
GROUND_MISSING = {
    "evidence": _l(
        "The decision stands on nothing that people said. Choose words that it relies on, or say which of the things "
        "heard it follows."
    ),
    "open": _l(
        "Something that was heard has not been considered yet. Say of each whether the decision follows it."
    ),
    "against": _l(
        "The strongest words against the decision are others by now. Read them below before you publish it."
    ),
}


@page(
    blueprint,
    cy="/staff/penderfyniadau/<int:decision_id>/cyhoeddi",
    en="/staff/decisions/<int:decision_id>/publish",
    methods=("GET", "POST"),
)
def make_decision_public(decision_id: int) -> ResponseReturnValue:
    """Read what speaks against a decision, then make it public."""
    form = PublishForm()
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_last_look(decision_id, form)
    try:
        with site().writing() as session:
            seen = Seen(form.seen.data or "", form.reason)
            publish_decision(session, signed_in(), decision_id, seen, site().clock())
    except LanguageMissing:
        form.refuse_one_language()
        return show_last_look(decision_id, form)
    except AgreementMissing as error:
        flash(MISSING[error.missing], "warn")
        return show_last_look(decision_id, form, 409)
    except BadInput as error:
        if str(error) != "future":
            raise
        flash(FUTURE, "warn")
        return show_last_look(decision_id, form, 422)
    except GroundMissing as error:
        flash(GROUND_MISSING[error.missing], "warn")
        return show_last_look(decision_id, form, 409)
    flash(PUBLISHED, "good")
    return redirect(url_for("staff.show_decision", decision_id=decision_id), 303)


def show_last_look(decision_id: int, form: PublishForm, status: int = 200) -> ResponseReturnValue:
    """Show what is missing and what is against a decision; the form says which words were shown."""
    with site().reading() as session:
        row = find_decision(session, signed_in(), decision_id)
        decision = view_decision(session, row, reasons=True)
        ground = None if decision.state == "published" else check_ground(session, row)
    if ground is None:
        return redirect(url_for("staff.show_decision", decision_id=decision_id), 303)
    form.seen.data = ground.seen_key
    body = render_template(
        "staff/decision_publish.html",
        decision=decision,
        ground=ground,
        form=form,
        twin_form="publish",
    )
    return make_response(body, 422 if form.errors else status)
