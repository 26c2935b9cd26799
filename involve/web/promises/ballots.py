"""A vote as everybody sees it: the question, the options, how it is counted, and the result once it is over."""

from flask import render_template

from involve.services.deciding.ballots import show_ballot
from involve.services.deciding.votes import show_result
from involve.services.projects.projects import get_project
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.promises import blueprint
from involve.web.site import site


@page(
    blueprint,
    cy="/prosiectau/<slug>/pleidleisiau/<int:ballot_id>",
    en="/projects/<slug>/votes/<int:ballot_id>",
)
def show_vote(slug: str, ballot_id: int) -> str:
    """See what people weigh, and what came of it."""
    with site().reading() as session:
        project = get_project(session, slug, site().today)
        ballot = show_ballot(session, slug, ballot_id, site().today)
        result = show_result(session, ballot)
    return render_template(
        "promises/ballot.html", project=project, ballot=ballot, result=result, find_stage=find_stage
    )
