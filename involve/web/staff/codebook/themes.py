"""Writing a theme of a codebook: what a change would do is seen on published stories before it is saved."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.codebook.books import ThemeView, open_codebook
from involve.services.codebook.drafting import ThemeChanged, ThemeRefused, save_theme
from involve.services.codebook.trying import SAMPLE, SHOWN, Trial, try_theme
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.codebook.codebook_words import theme_title
from involve.web.staff.codebook.forms import ThemeForm

SAVED = _l("The theme is saved in the draft. Nothing is tagged by it until the codebook is released.")
CHANGED = _l(
    "Somebody else changed this theme meanwhile. What you wrote is still here: look at their version in another "
    "window, and save again to replace it."
)
MANY = _l("A codebook has at most 60 themes")


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/thema-newydd",
    en="/staff/projects/<slug>/codebook/new-theme",
    methods=("GET", "POST"),
)
def add_theme(slug: str) -> ResponseReturnValue:
    """Write a new theme, try it out, and save it in the draft."""
    with site().reading() as session:
        open_codebook(session, signed_in(), slug)
    return _write(slug, None)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/themau/<theme_key>",
    en="/staff/projects/<slug>/codebook/themes/<theme_key>",
    methods=("GET", "POST"),
)
def write_theme(slug: str, theme_key: str) -> ResponseReturnValue:
    """Change a theme, try the change out, and save it in the draft."""
    return _write(slug, _find(slug, theme_key))


def _find(slug: str, key: str) -> ThemeView:
    """Return the theme as the draft has it, or else the released version."""
    with site().reading() as session:
        released, draft = open_codebook(session, signed_in(), slug)
    book = draft or released
    if book is None:
        raise NotFound(key)
    return book.find(key)


def _write(slug: str, theme: ThemeView | None) -> ResponseReturnValue:
    form = ThemeForm(theme)
    if request.method == "GET" or "switch" in request.form:
        return _show(slug, theme, form)
    if not form.validate():
        return _show(slug, theme, form, status=422)
    if request.form.get("do") == "try":
        return _show(slug, theme, form, _try(slug, theme, form))
    try:
        with site().writing() as session:
            key, revision = (theme.key, form.opened) if theme else ("", None)
            save_theme(session, signed_in(), slug, key, form.draft, site().clock(), revision)
    except ThemeChanged:
        form.revision.data = str(theme.revision) if theme else ""
        form.form_errors.append(CHANGED)
    except ThemeRefused:
        form.form_errors.append(MANY)
    else:
        flash(SAVED, "good")
        return redirect(url_for("staff.show_codebook", slug=slug), 303)
    return _show(slug, theme, form, status=409)


def _try(slug: str, theme: ThemeView | None, form: ThemeForm) -> Trial:
    with site().reading() as session:
        return try_theme(session, signed_in(), slug, theme.key if theme else "", form.draft, site().clock())


def _show(
    slug: str, theme: ThemeView | None, form: ThemeForm, trial: Trial | None = None, status: int = 200
) -> ResponseReturnValue:
    body = render_template(
        "staff/codebook_theme.html",
        slug=slug,
        theme=theme,
        form=form,
        trial=trial,
        sample=SAMPLE,
        most=SHOWN,
        title_of=theme_title,
        twin_form="theme",
    )
    return make_response(body, status)
