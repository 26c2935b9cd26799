"""Setting a project up: begun, filled in section by section in any order, and announced when nothing is missing."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, Conflict, NotAllowed, NotFound
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.evidence.evidence import EvidencePage, find_stories
from involve.services.evidence.filters import EvidenceFilter
from involve.services.projects.project_drafts import (
    SECTIONS,
    STAGE_SECTIONS,
    DraftView,
    SetupIncomplete,
    announce,
    bodies_to_set_up,
    list_drafts,
    save_section,
    show_draft,
    start_draft,
)
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.fields import choice, read_number
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.projects.privacy_forms import PrivacyForm
from involve.web.staff.projects.set_up_forms import FORMS, GoalsForm, SectionForm, StageForm, StartForm

LONGEST_QUESTION = 200
MOST_HEARD = 5
TITLES = {
    "about": _l("What it is called and what it is about"),
    "problem": _l("What the problem is, and who says so"),
    "goals": _l("Which goals and objectives it serves"),
    "privacy": _l("Stories and the law"),
    "partners": _l("Your partners, and what they are given"),
    "people": _l("Who reads, and who answers in each language"),
    "again": _l("What people have already told you"),
}
FAULTS = {
    "duty": _l("An administrator names who is on duty when someone may be at risk"),
    "stages": _l("Fill in at least one stage"),
    "overlap": _l("Two stages are open on the same day: change their dates"),
    "dates": _l("A stage opens, then closes, then is answered: its dates are in another order"),
    "past": _l("A stage would be closed already: choose later dates"),
}
KEPT = _l("Kept. You can leave and come back.")
ANNOUNCED = _l("The project is public. Its duties are counted from today.")
TAKEN = _l("This address is taken, or it has other characters than small letters, digits and single hyphens")
COLLEAGUE = _l(
    "A colleague changed this section meanwhile. Your words are below; open the section in another tab to compare."
)


@page(blueprint, cy="/staff/sefydlu", en="/staff/set-up", methods=("GET", "POST"))
def start_project() -> ResponseReturnValue:
    """Begin to set a project up, or go on with one."""
    with site().reading() as session:
        bodies = bodies_to_set_up(session, signed_in())
        drafts = list_drafts(session, signed_in(), site().clock())
    if not bodies:
        raise NotAllowed("set_up")
    form = StartForm()
    form.body.choices = [choice(slug, name.in_language(page_language())) for slug, name in bodies]
    if request.method == "POST" and "switch" not in request.form and form.validate():
        try:
            with site().writing() as session:
                draft_id = start_draft(session, signed_in(), form.body.data, form.slug.data, site().clock())
            return redirect(url_for("staff.show_set_up", draft_id=draft_id), 303)
        except BadInput:
            form.slug.errors = [TAKEN]
    body = render_template("staff/set_up_start.html", form=form, drafts=drafts, twin_form="start")
    return make_response(body, 422 if form.errors else 200)


@page(blueprint, cy="/staff/sefydlu/<int:draft_id>", en="/staff/set-up/<int:draft_id>")
def show_set_up(draft_id: int) -> ResponseReturnValue:
    """See which sections are done and what is missing."""
    return show_list(read_draft(draft_id))


@page(
    blueprint,
    cy="/staff/sefydlu/<int:draft_id>/<section>",
    en="/staff/set-up/<int:draft_id>/<section>",
    methods=("GET", "POST"),
)
def fill_section(draft_id: int, section: str) -> ResponseReturnValue:
    """Fill in a section; it is kept whether or not it is whole."""
    draft = read_draft(draft_id)
    form = section_form(draft, section)
    # Looking at what was heard before keeps what was typed, and saves nothing yet.
    looking = "switch" in request.form or is_searching()
    if request.method != "POST" or looking or not form.validate():
        return show_section(draft, section, form, 422 if form.errors else 200)
    version = read_number(form.version.data)
    try:
        with site().writing() as session:
            save_section(session, signed_in(), draft_id, section, form.values, version, site().clock())
    except Conflict:
        flash(COLLEAGUE, "warn")
        form.version.data = str(draft.version)
        return show_section(draft, section, form, 409)
    flash(KEPT, "good")
    return redirect(url_for("staff.show_set_up", draft_id=draft_id), 303)


@page(
    blueprint,
    cy="/staff/sefydlu/<int:draft_id>/cyhoeddi",
    en="/staff/set-up/<int:draft_id>/announce",
    methods=("POST",),
)
def announce_project(draft_id: int) -> ResponseReturnValue:
    """Make the project public."""
    try:
        with site().writing() as session:
            slug = announce(session, signed_in(), draft_id, site().clock())
    except SetupIncomplete:
        return show_list(read_draft(draft_id), 409)
    flash(ANNOUNCED, "good")
    return redirect(url_for("staff.show_project", slug=slug), 303)


def read_draft(draft_id: int) -> DraftView:
    """Return the draft.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        return show_draft(session, signed_in(), draft_id, site().clock())


def section_form(draft: DraftView, section: str) -> SectionForm:
    """Return the form of a section with what it holds.

    Raises:
        NotFound: there is no such section.
    """
    data = {**draft.data.get(section, {}), "version": str(draft.version)}
    if section in STAGE_SECTIONS:
        return StageForm(data)
    if section == "goals":
        return GoalsForm(data)
    if section == "privacy":
        return PrivacyForm(data)
    if section not in SECTIONS:
        raise NotFound(section)
    return FORMS[section](data=data)


def is_searching() -> bool:
    """Whether the box of the search, or the Enter key in it, sent the form."""
    go, words = request.form.get("go"), request.form.get("q", "").strip()
    return go == "search" or (go is None and words not in ("", request.form.get("searched")))


def search_heard(words: str) -> EvidencePage:
    """Return what people have told before, in any project, that holds *words* in either language."""
    with site().reading() as session:
        return find_stories(session, EvidenceFilter(words=words), limit=MOST_HEARD)


def section_title(section: str) -> str:
    """Return the name of a section in the page's language."""
    if section in TITLES:
        return str(TITLES[section])
    return find_stage(section).name.in_language(page_language())


def fault_words(fault: str) -> str:
    """Return what stops the announcement, in a sentence."""
    kind, _, where = fault.partition(":")
    if kind in FAULTS:
        return f"{section_title(where)}: {FAULTS[kind]}" if where else str(FAULTS[kind])
    return section_title(fault)


def show_list(draft: DraftView, status: int = 200) -> ResponseReturnValue:
    """Show the list of sections."""
    values = {
        "draft": draft,
        "sections": SECTIONS,
        "stages": STAGE_SECTIONS,
        "title": section_title,
        "fault_words": fault_words,
    }
    return make_response(render_template("staff/set_up.html", **values), status)


def show_section(draft: DraftView, section: str, form: SectionForm, status: int) -> ResponseReturnValue:
    """Show one section."""
    fields = [field for field in form if field.name not in ("version", "csrf_token")]
    words = request.form.get("q", "").strip()[:LONGEST_QUESTION]
    values = {"words": words, "heard": search_heard(words) if section == "again" and words else None}
    values |= {"draft": draft, "form": form, "fields": fields, "section": section, "twin_form": "section"}
    body = render_template("staff/set_up_section.html", title=section_title(section), **values)
    return make_response(body, status)
