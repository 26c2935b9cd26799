"""What a project states about stories and the law: recorded or changed by an administrator after it was announced."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, LanguageMissing, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.projects.privacy import KeepsLonger, change_privacy, show_privacy
from involve.services.projects.projects import find_project
from involve.services.staff.access import require
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.projects.privacy_forms import PrivacyForm

KEPT = _l("Kept. It stands on the project’s page and where people agree before they send a story.")
LONGER = _l(
    "People have told stories here and read that they are kept for less time. You can make it shorter, not longer."
)
MISSING = _l("Fill in everything, in both languages, before this can be kept.")


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/preifatrwydd",
    en="/staff/projects/<slug>/privacy",
    methods=("GET", "POST"),
)
def state_privacy(slug: str) -> ResponseReturnValue:
    """Record or change what a project states."""
    with site().reading() as session:
        project = find_project(session, slug)
        require(signed_in(), "edit_privacy", project)
        name = Bilingual(project.name_cy, project.name_en)
        known = show_privacy(session, project.id)
    form = PrivacyForm(known.values if known else {})
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form(form, slug, name)
    try:
        with site().writing() as session:
            change_privacy(session, signed_in(), slug, form.values, site().clock())
    except KeepsLonger:
        form.keep_months.errors = [LONGER]
        return show_form(form, slug, name)
    except (BadInput, LanguageMissing, NotFound):
        form.form_errors.append(MISSING)
        return show_form(form, slug, name)
    flash(KEPT, "good")
    return redirect(url_for("staff.state_privacy", slug=slug), 303)


def show_form(form: PrivacyForm, slug: str, name: Bilingual) -> ResponseReturnValue:
    """Show the form with what was typed."""
    fields = [field for field in form if field.name not in ("version", "csrf_token")]
    values: dict[str, Any] = {"form": form, "fields": fields, "slug": slug, "name": name}
    body = render_template("staff/privacy.html", twin_form="privacy", **values)
    return make_response(body, 422 if form.errors else 200)
