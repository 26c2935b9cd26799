"""Answering for a promise: the projects of a body, their duties, the rung, explanations and seats on the panel."""

from collections.abc import Callable
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.ballots import list_ballots
from involve.services.deciding.decisions import list_decisions
from involve.services.deciding.panel import list_seats, offer_seat
from involve.services.projects.privacy import show_privacy
from involve.services.projects.projects import find_project
from involve.services.promises.promises import ProjectPromise, StagePromise, show_exact_promise
from involve.services.promises.rungs import RungWithoutMeans, change_rung, explain_duty
from involve.services.reading.reading_sessions import list_readings
from involve.services.staff.access import projects_where, require
from involve.services.tellers.contacts import count_failing_contacts
from involve.services.upkeep.purge import show_coming
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.duties import may_see_themes, may_weigh
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.promises.words import WORDS
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.deciding.decision_forms import NoteForm, RungForm, SeatForm

TOLD = _l("The rung is changed. The change is public, and everyone who took part was told with your reason.")
NOTED = _l("The explanation stands beside the mark. The mark stays.")
OFFERED = _l("The seat is offered: its teller finds it with their code.")
WITHOUT_MEANS = {
    "people": _l(
        "This rung promises everyone an answer, and nobody is named who answers in Welsh and in English"
    ),
    "panel": _l("This rung needs a panel, and no seat has been offered on it: offer seats first"),
}
NO_STORY = _l("There is no such story in your projects, or its teller has no code")


@page(blueprint, cy="/staff/prosiectau", en="/staff/projects")
def show_projects() -> str:
    """See the projects whose promise I answer for."""
    with site().reading() as session:
        slugs = [project.slug for project in projects_where(session, signed_in(), "promise")]
        promises = [show_exact_promise(session, slug, site().today) for slug in slugs]
    return render_template("staff/projects.html", promises=promises)


@page(blueprint, cy="/staff/prosiectau/<slug>", en="/staff/projects/<slug>")
def show_project(slug: str) -> ResponseReturnValue:
    """See the duties of a project, its decisions and its panel."""
    return show_page(slug, SeatForm())


@page(blueprint, cy="/staff/prosiectau/<slug>/panel", en="/staff/projects/<slug>/panel", methods=("POST",))
def offer_a_seat(slug: str) -> ResponseReturnValue:
    """Offer the teller of a story a seat on the panel."""
    form = SeatForm()
    if not form.validate():
        return show_page(slug, form, 422)
    try:
        with site().writing() as session:
            offer_seat(session, signed_in(), form.reference.data.strip(), site().clock())
    except (NotFound, BadInput):
        form.reference.errors = [NO_STORY]
        return show_page(slug, form, 422)
    flash(OFFERED, "good")
    return redirect(url_for("staff.show_project", slug=slug), 303)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/gris",
    en="/staff/projects/<slug>/stages/<int:stage_id>/rung",
    methods=("GET", "POST"),
)
def change_stage_rung(slug: str, stage_id: int) -> ResponseReturnValue:
    """Change the rung of a stage, in the open."""
    promise, stage = find_stage_promise(slug, stage_id)
    form = RungForm(stage.stage.ladder, stage.stage.rung)

    def keep(words: Bilingual) -> None:
        with site().writing() as session:
            rung = form.rung.data
            change_rung(session, signed_in(), stage_id, stage.stage.ladder, rung, words, site().clock())

    try:
        return ask("staff/rung.html", form, "reason", keep, TOLD, promise=promise, stage=stage)
    except RungWithoutMeans as refused:
        form.rung.errors = [WITHOUT_MEANS[refused.missing]]
        return show_form("staff/rung.html", form, promise, stage)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/esboniad",
    en="/staff/projects/<slug>/stages/<int:stage_id>/explanation",
    methods=("GET", "POST"),
)
def explain_stage_duty(slug: str, stage_id: int) -> ResponseReturnValue:
    """Explain a duty; the mark stays."""
    promise, stage = find_stage_promise(slug, stage_id)
    form = NoteForm(frozenset(each.state.duty.id for each in stage.duties))

    def keep(words: Bilingual) -> None:
        with site().writing() as session:
            explain_duty(session, signed_in(), stage_id, form.duty.data, words, site().clock())

    return ask("staff/explanation.html", form, "text", keep, NOTED, promise=promise, stage=stage)


def ask(
    template: str,
    form: Any,
    pair: str,
    keep: Callable[[Bilingual], None],
    done: object,
    promise: ProjectPromise,
    stage: StagePromise,
) -> ResponseReturnValue:
    """Show a form with a pair of words in both languages, or keep what it says and go back to the project."""
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_form(template, form, promise, stage)
    keep(Bilingual(form[f"{pair}_cy"].data, form[f"{pair}_en"].data))
    flash(done, "good")
    return redirect(url_for("staff.show_project", slug=promise.project.slug), 303)


def show_form(template: str, form: Any, promise: ProjectPromise, stage: StagePromise) -> ResponseReturnValue:
    """Show a form about a stage, with what was typed."""
    values = {"form": form, "promise": promise, "stage": stage, "twin_form": "ask"}
    body = render_template(template, find_rung=find_rung, find_stage=find_stage, **values)
    return make_response(body, 422 if form.errors else 200)


def find_stage_promise(slug: str, stage_id: int) -> tuple[ProjectPromise, StagePromise]:
    """Return a stage of a project that this person answers for.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        require(signed_in(), "promise", find_project(session, slug))
        promise = show_exact_promise(session, slug, site().today)
    for stage in promise.stages:
        if stage.stage.id == stage_id:
            return promise, stage
    raise NotFound("stage")


def show_page(slug: str, form: SeatForm, status: int = 200) -> ResponseReturnValue:
    """Show a project to those who answer for its promise."""
    with site().reading() as session:
        project = find_project(session, slug)
        require(signed_in(), "promise", project)
        values = {
            "promise": show_exact_promise(session, slug, site().today),
            "privacy": show_privacy(session, project.id),
            "failing": count_failing_contacts(session, project.id),
            "erasing": show_coming(session, project.id, site().today),
            "may_edit_privacy": signed_in().may("edit_privacy", project.body_id, project.id),
            "decisions": list_decisions(session, slug, public=False),
            "seats": list_seats(session, signed_in(), project),
            "readings": {each.stage_id: each for each in list_readings(session, project.id)},
        }
        # A vote that was opened before the rung was lowered stays in reach.
        weighed = {each.stage_id for each in list_ballots(session, slug, site().today, public=False)}

    def weighing(stage: StagePromise) -> bool:
        return may_weigh(stage.influence) or stage.stage.id in weighed

    body = render_template(
        "staff/project.html",
        form=form,
        find_rung=find_rung,
        find_stage=find_stage,
        may_see_themes=may_see_themes,
        weighing=weighing,
        **values,
        **WORDS,
    )
    return make_response(body, status)
