"""Naming who acts on concerns, for a body and for single projects: an administrator's work."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, NotAllowed
from involve.i18n import lazy_gettext as _l
from involve.services.safeguarding.naming import (
    Place,
    end_duty,
    find_place,
    list_able,
    list_named,
    list_places,
    name_duty,
    set_hours,
)
from involve.vocabulary.concerns import WEEK, find_part
from involve.web.addresses import page
from involve.web.fields import UNKNOWN_CHOICE
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.safeguarding.concern_forms import HoursForm, NameForm

NAMED = _l("The person is named.")
ENDED = _l("The person is no longer named here.")
HOURS_KEPT = _l("The number of hours is kept.")
Able = tuple[tuple[int, str], ...]


@page(blueprint, cy="/staff/diogelu/dyletswydd", en="/staff/safeguarding/duty")
def list_duty() -> str:
    """See where people are named."""
    if not signed_in().may_anywhere("name_duty"):
        raise NotAllowed("name_duty")
    with site().reading() as session:
        places = [(place, list_named(session, place)) for place in list_places(session, signed_in())]
    return render_template("staff/duty_places.html", places=places, address_of=address_of)


@page(
    blueprint,
    cy="/staff/diogelu/dyletswydd/<body_slug>",
    en="/staff/safeguarding/duty/<body_slug>",
    methods=("GET", "POST"),
)
def name_for_body(body_slug: str) -> ResponseReturnValue:
    """Name who acts for a body, or see who is named."""
    return change_place("body", body_slug)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/dyletswydd",
    en="/staff/projects/<slug>/duty",
    methods=("GET", "POST"),
)
def name_for_project(slug: str) -> ResponseReturnValue:
    """Name who acts for a project in place of its body's people, or see who is named."""
    return change_place("project", slug)


def change_place(kind: str, slug: str) -> ResponseReturnValue:
    """Show who is named in a place, and do what one of its forms asks for."""
    place, able = read_place(kind, slug)
    if request.method == "POST" and "remove" in request.form:
        return remove_person(place, request.form.get("remove", 0, type=int))
    if request.method == "POST" and "hours" in request.form:
        return change_hours(place, able)
    return name_person(place, able)


def name_person(place: Place, able: Able) -> ResponseReturnValue:
    """Name somebody."""
    form = NameForm(able)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_place(place, form)
    days = [int(day) for day in form.days.data or ()]
    try:
        with site().writing() as session:
            name_duty(
                session, signed_in(), place, int(form.person.data), form.part.data, days, site().clock()
            )
    except BadInput:
        # Their role was taken away while the page was open.
        form.person.errors = [UNKNOWN_CHOICE]
        return show_place(place, form)
    flash(NAMED, "good")
    return back_to_place(place)


def remove_person(place: Place, named_id: int) -> ResponseReturnValue:
    """Take a name off the list."""
    with site().writing() as session:
        end_duty(session, signed_in(), place, named_id, site().clock())
    flash(ENDED, "good")
    return back_to_place(place)


def change_hours(place: Place, able: Able) -> ResponseReturnValue:
    """Say within how many hours a concern is acknowledged."""
    form = HoursForm(place.hours)
    if not form.validate():
        return show_place(place, NameForm(able), form)
    with site().writing() as session:
        set_hours(session, signed_in(), place, int(form.hours.data), site().clock())
    flash(HOURS_KEPT, "good")
    return back_to_place(place)


def read_place(kind: str, slug: str) -> tuple[Place, Able]:
    """Return the place that an address names, and who can be named there.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        place = find_place(session, signed_in(), kind, slug)
        return place, list_able(session, place)


def back_to_place(place: Place) -> ResponseReturnValue:
    """Go to the page of a place."""
    return redirect(address_of(place), 303)


def address_of(place: Place) -> str:
    """Return where people are named for a place."""
    if place.kind == "body":
        return url_for("staff.name_for_body", body_slug=place.slug)
    return url_for("staff.name_for_project", slug=place.slug)


def show_place(place: Place, form: NameForm, hours: HoursForm | None = None) -> ResponseReturnValue:
    """Show who is named in a place, and the forms."""
    with site().reading() as session:
        named = list_named(session, place)
    if hours is None and place.project_id is not None:
        hours = HoursForm(place.hours)
    values = {
        "place": place,
        "here": address_of(place),
        "form": form,
        "named": named,
        "hours": hours,
        "week": WEEK,
        "find_part": find_part,
    }
    failed = form.errors or (hours is not None and hours.errors)
    body = render_template("staff/duty_place.html", twin_form="name", **values)
    return make_response(body, 422 if failed else 200)
