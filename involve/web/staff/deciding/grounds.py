"""What a decision stands on: its page of evidence, the stories to look in, and the sentences that are cited of one."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.citing import (
    MOST_PASSAGES,
    CitedStory,
    cite_sentences,
    show_cited_story,
    take_away,
)
from involve.services.deciding.decisions import DecisionView, find_decision, view_decision
from involve.services.deciding.ground import show_ground
from involve.services.deciding.ground_gate import check_ground
from involve.services.deciding.ground_stories import find_stories_to_cite
from involve.services.deciding.heard import find_heard
from involve.services.evidence.searching import LONGEST_QUERY
from involve.services.missing.views import headline
from involve.services.projects.projects import LARGEST_ID
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.deciding.ground_forms import CiteForm

CITED = _l("The words stand beside the decision now.")
TAKEN_AWAY = _l("The words were taken away from the decision.")
PUBLIC = _l("The decision is public, so what it stands on cannot change any more.")
CHANGED = _l("The story changed since you read it. Choose again.")
MANY = _l("A decision has at most %(number)s passages: take some away first.", number=MOST_PASSAGES)


@page(
    blueprint,
    cy="/staff/penderfyniadau/<int:decision_id>/tystiolaeth",
    en="/staff/decisions/<int:decision_id>/evidence",
    methods=("GET", "POST"),
)
def see_evidence(decision_id: int) -> ResponseReturnValue:
    """See what a decision stands on and what is still missing; take a passage away."""
    if request.method == "POST":
        return take_passage_away(decision_id)
    with site().reading() as session:
        row = find_decision(session, signed_in(), decision_id)
        decision = view_decision(session, row)
        standing = show_ground(session, decision_id, public=False)
        ground = check_ground(session, row) if decision.state != "published" else None
        heard = headline(session, row.project.slug)
    return render_template(
        "staff/evidence.html", decision=decision, standing=standing, ground=ground, heard=heard
    )


@page(
    blueprint,
    cy="/staff/penderfyniadau/<int:decision_id>/straeon",
    en="/staff/decisions/<int:decision_id>/stories",
)
def find_words(decision_id: int) -> ResponseReturnValue:
    """Look for words in the published stories of the project: by what was heard, and by search."""
    asked = {name: request.args.get(name, "") for name in ("heard", "q")}
    with site().reading() as session:
        row = find_decision(session, signed_in(), decision_id)
        decision, ground = view_decision(session, row), check_ground(session, row)
        subject = find_heard(session, row, asked["heard"])[0] if asked["heard"] else None
        words = asked["q"][:LONGEST_QUERY]
        found = find_stories_to_cite(session, row, subject, words, request.args.get("after"))
    if decision.state == "published":
        return back_to_evidence(decision_id, PUBLIC)
    return render_template(
        "staff/evidence_stories.html",
        decision=decision,
        found=found,
        heard=ground.heard,
        asked={name: value or None for name, value in asked.items()},
    )


@page(
    blueprint,
    cy="/staff/penderfyniadau/<int:decision_id>/straeon/<reference>",
    en="/staff/decisions/<int:decision_id>/stories/<reference>",
    methods=("GET", "POST"),
)
def cite_story(decision_id: int, reference: str) -> ResponseReturnValue:
    """Cite sentences of one story, for the decision or against it."""
    decision, story = find_page(decision_id, reference)
    if decision.state == "published":
        return back_to_evidence(decision_id, PUBLIC)
    form = CiteForm(story)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_story(decision, story, form)
    starts = [int(each) for each in form.sentences.data]
    try:
        with site().writing() as session:
            cite_sentences(
                session, signed_in(), decision_id, reference, starts, form.side.data, site().clock()
            )
    except BadInput as refused:
        form.sentences.errors = [MANY if str(refused) == "many" else CHANGED]
        return show_story(decision, story, form)
    flash(CITED, "good")
    return redirect(url_for("staff.see_evidence", decision_id=decision_id), 303)


def take_passage_away(decision_id: int) -> ResponseReturnValue:
    """Take the passage away whose button was pressed."""
    passage_id = min(request.form.get("away", -1, type=int), LARGEST_ID)
    try:
        with site().writing() as session:
            take_away(session, signed_in(), decision_id, passage_id, site().clock())
    except BadInput:
        return back_to_evidence(decision_id, PUBLIC)
    flash(TAKEN_AWAY, "good")
    return redirect(url_for("staff.see_evidence", decision_id=decision_id), 303)


def find_page(decision_id: int, reference: str) -> tuple[DecisionView, CitedStory]:
    """Return a decision, and a published story of its project.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    with site().reading() as session:
        row = find_decision(session, signed_in(), decision_id)
        return view_decision(session, row), show_cited_story(session, row, reference)


def show_story(decision: DecisionView, story: CitedStory, form: CiteForm) -> ResponseReturnValue:
    """Show a story and its sentences to choose from."""
    body = render_template(
        "staff/evidence_story.html", decision=decision, story=story, form=form, twin_form="cite"
    )
    return make_response(body, 422 if form.errors else 200)


def back_to_evidence(decision_id: int, why: Any) -> ResponseReturnValue:
    """Go to what a decision stands on, and say why nothing was done."""
    flash(why, "warn")
    return redirect(url_for("staff.see_evidence", decision_id=decision_id), 303)
