"""A decision as everybody sees it: what was asked, what was decided, and what came of it."""

from flask import render_template

from involve.services.deciding.decisions import show_decision as show_public_decision
from involve.services.projects.projects import get_project
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.promises import blueprint
from involve.web.site import site


@page(blueprint, cy="/penderfyniadau/<int:decision_id>", en="/decisions/<int:decision_id>")
def show_decision(decision_id: int) -> str:
    """See a published decision."""
    with site().reading() as session:
        decision = show_public_decision(session, decision_id)
        project = get_project(session, decision.project, site().today)
    return render_template(
        "promises/decision.html", decision=decision, project=project, find_stage=find_stage
    )
