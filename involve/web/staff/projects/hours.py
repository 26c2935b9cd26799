"""Logging hours, expenses and time credits against a project; no story waits for it."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.projects.outreach import (
    list_outreach,
    log_outreach,
    remove_outreach,
    sees_all,
    total_outreach,
)
from involve.services.projects.project_views import view_project
from involve.services.projects.projects import find_project
from involve.services.staff.access import require
from involve.services.stories.collect import count_collected
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.projects.hours_forms import HoursForm

LOGGED = _l("Your entry is logged.")
REMOVED = _l("Your entry is removed.")


@page(
    blueprint, cy="/staff/prosiectau/<slug>/oriau", en="/staff/projects/<slug>/hours", methods=("GET", "POST")
)
def log_hours(slug: str) -> ResponseReturnValue:
    """Log a day's work, and see what was logged."""
    form = HoursForm(site().today)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_hours(slug, form)
    try:
        with site().writing() as session:
            log_outreach(session, signed_in(), slug, form.work, site().clock())
    except BadInput as error:
        form.refuse(error)
        return show_hours(slug, form)
    flash(LOGGED, "good")
    return redirect(url_for("staff.log_hours", slug=slug), 303)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/oriau/<int:outreach_id>/dileu",
    en="/staff/projects/<slug>/hours/<int:outreach_id>/remove",
    methods=("POST",),
)
def remove_hours(slug: str, outreach_id: int) -> ResponseReturnValue:
    """Take back an entry of mine that was wrong."""
    with site().writing() as session:
        remove_outreach(session, signed_in(), slug, outreach_id, site().clock())
    flash(REMOVED, "good")
    return redirect(url_for("staff.log_hours", slug=slug), 303)


def show_hours(slug: str, form: HoursForm) -> ResponseReturnValue:
    """Show the form, the entries that this person may see, and their sum."""
    actor = signed_in()
    with site().reading() as session:
        row = find_project(session, slug)
        require(actor, "log_outreach", row)
        entries, everyone = list_outreach(session, actor, slug), sees_all(actor, row)
        values = {
            "project": view_project(row, site().today),
            "entries": entries,
            "total": total_outreach(entries),
            "everyone": everyone,
            "gathered": count_collected(session, row.id) if everyone else None,
            "may_collect": actor.may("collect", row.body_id, row.id),
        }
    body = render_template("staff/hours.html", form=form, twin_form="log", **values)
    return make_response(body, 422 if form.errors else 200)
