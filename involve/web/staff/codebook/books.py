"""A project's codebook as its analysts see it: the draft, what it would change, releasing it, and earlier versions."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import NotAllowed, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.codebook.books import find_coded_project, list_books, list_versions
from involve.services.codebook.differences import compare_versions
from involve.services.codebook.drafting import discard_draft, set_retired
from involve.services.codebook.releasing import CodebookIncomplete, find_missing, release_draft
from involve.services.codebook.retagging import show_progress
from involve.services.codebook.trying import SAMPLE, SHOWN, try_draft
from involve.services.codebook.weaknesses import list_weaknesses
from involve.vocabulary.bilingual import Bilingual
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.codebook.codebook_words import (
    KINDS,
    LANGUAGES,
    PARTS,
    theme_title,
    weakness_words,
)

RELEASED = _l(
    "The codebook is released. Stories are tagged by it in the background; this page says how far that is."
)
INCOMPLETE = _l("The codebook is not released: something is missing in one language. See below.")
DISCARDED = _l("The draft is gone. What is released has not changed.")
GONE = _l("Somebody else released the draft or threw it away meanwhile. This is how things stand now.")
RETIRED = _l("The theme is retired in the draft. What people said of it stays.")
RESTORED = _l("The theme is back in the draft.")


@page(blueprint, cy="/staff/llyfrau-codau", en="/staff/codebooks")
def show_codebooks() -> str:
    """See the projects whose codebook one may work with."""
    actor = signed_in()
    if not actor.may_anywhere("code"):
        raise NotAllowed("code")
    with site().reading() as session:
        books = list_books(session, actor)
    return render_template("staff/codebooks.html", books=books)


@page(blueprint, cy="/staff/prosiectau/<slug>/llyfr-codau", en="/staff/projects/<slug>/codebook")
def show_codebook(slug: str) -> str:
    """See the themes of a codebook, as the draft has them where there is one."""
    with site().reading() as session:
        project = find_coded_project(session, signed_in(), slug)
        versions = list_versions(session, signed_in(), slug)
        progress = show_progress(session, signed_in(), slug)
        name = Bilingual(project.name_cy, project.name_en)
    draft = versions[0] if versions and versions[0].released_at is None else None
    released = next((each for each in versions if each.released_at), None)
    shown = draft or released
    return render_template(
        "staff/codebook.html",
        slug=slug,
        name=name,
        draft=draft,
        released=released,
        shown=shown,
        versions=versions,
        progress=progress,
        changes=compare_versions(released, draft) if draft else (),
        missing=find_missing(draft) if draft else (),
        weaknesses=list_weaknesses(shown.themes) if shown else (),
        title_of=theme_title,
        weakness_words=weakness_words,
        parts=PARTS,
        kinds=KINDS,
        languages=LANGUAGES,
    )


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/newid",
    en="/staff/projects/<slug>/codebook/change",
    methods=("POST",),
)
def change_codebook(slug: str) -> ResponseReturnValue:
    """Release the draft, throw it away, or retire a theme or bring it back."""
    actor, now = signed_in(), site().clock()
    what, _, key = request.form.get("do", "").partition(":")
    with site().reading() as session:
        find_coded_project(session, actor, slug)
    try:
        with site().writing() as session:
            if what == "release":
                release_draft(session, actor, slug, now)
            elif what == "discard":
                discard_draft(session, actor, slug, now)
            elif what in ("retire", "restore"):
                set_retired(session, actor, slug, key, what == "retire", now)
    except CodebookIncomplete:
        flash(INCOMPLETE, "warn")
    except NotFound:
        # A draft that somebody else released or threw away meanwhile: the page shows how things stand.
        flash(GONE, "warn")
    else:
        done = {"release": RELEASED, "discard": DISCARDED, "retire": RETIRED, "restore": RESTORED}
        if what in done:
            flash(done[what], "good")
    return redirect(url_for("staff.show_codebook", slug=slug), 303)


@page(blueprint, cy="/staff/prosiectau/<slug>/llyfr-codau/prawf", en="/staff/projects/<slug>/codebook/trial")
def try_codebook(slug: str) -> str:
    """See what releasing the draft would change, on published stories."""
    with site().reading() as session:
        trial = try_draft(session, signed_in(), slug)
    values = {"sample": SAMPLE, "most": SHOWN, "title_of": theme_title}
    return render_template("staff/codebook_trial.html", slug=slug, trial=trial, **values)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/fersiynau/<int:version>",
    en="/staff/projects/<slug>/codebook/versions/<int:version>",
)
def compare_codebook(slug: str, version: int) -> str:
    """See what a version changed against the one before it, and who changed it."""
    with site().reading() as session:
        versions = {each.number: each for each in list_versions(session, signed_in(), slug)}
    if version not in versions:
        raise NotFound("version")
    return render_template(
        "staff/codebook_version.html",
        slug=slug,
        version=versions[version],
        before=versions.get(version - 1),
        changes=compare_versions(versions.get(version - 1), versions[version]),
        title_of=theme_title,
        parts=PARTS,
        kinds=KINDS,
        languages=LANGUAGES,
    )
