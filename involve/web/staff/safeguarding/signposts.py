"""Keeping the list of where to turn: an administrator's work, since a wrong number may cost a life."""

from dataclasses import asdict

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import NotAllowed, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.projects.signposts import SignpostView, change_signpost, list_signposts
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.forms import SignpostForm

PAIRS = ("name", "purpose", "hours")


@page(blueprint, cy="/staff/cyfeirio", en="/staff/signposts")
def show_signposts() -> str:
    """See every service, checked or not."""
    require_administrator()
    with site().reading() as session:
        signposts = list_signposts(session, verified_only=False)
    return render_template("staff/signposts.html", signposts=signposts)


@page(blueprint, cy="/staff/cyfeirio/<slug>", en="/staff/signposts/<slug>", methods=("GET", "POST"))
def edit_signpost(slug: str) -> ResponseReturnValue:
    """Correct a service and say when it was checked."""
    require_administrator()
    with site().reading() as session:
        known = {each.slug: each for each in list_signposts(session, verified_only=False)}
    if slug not in known:
        raise NotFound(slug)
    form = SignpostForm(data=form_values(known[slug]))
    if request.method == "GET" or "switch" in request.form or not form.validate():
        values = {"form": form, "signpost": known[slug], "twin_form": "signpost"}
        return make_response(render_template("staff/signpost.html", **values), 422 if form.errors else 200)
    with site().writing() as session:
        change_signpost(session, signed_in(), read_form(slug, form), site().clock())
    flash(_l("The service is kept as you wrote it."), "good")
    return redirect(url_for("staff.show_signposts"), 303)


def require_administrator() -> None:
    """Stop whoever may not change where people are sent.

    Raises:
        NotAllowed: their role does not cover it.
    """
    if not signed_in().may_anywhere("edit_signposts"):
        raise NotAllowed("edit_signposts")


def form_values(signpost: SignpostView) -> dict[str, object]:
    """Return the fields of the form for a service."""
    values = {name: value for name, value in asdict(signpost).items() if name not in PAIRS}
    for name in PAIRS:
        words: Bilingual = getattr(signpost, name)
        values |= {f"{name}_cy": words.cy, f"{name}_en": words.en}
    return values


def read_form(slug: str, form: SignpostForm) -> SignpostView:
    """Return the service that the form describes."""
    pairs = {name: Bilingual(form[f"{name}_cy"].data, form[f"{name}_en"].data) for name in PAIRS}
    return SignpostView(
        slug=slug,
        reach=form.reach.data,
        source=form.source.data,
        verified=form.verified.data,
        checked_on=form.checked_on.data,
        **pairs,
    )
