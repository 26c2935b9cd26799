"""A teller who weighs options by code: putting one forward, voting, and reading what was kept."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from involve.errors import BadInput, Conflict
from involve.i18n import lazy_gettext as _l
from involve.services.deciding.options import MOST_OWN, put_forward
from involve.services.deciding.votes import BallotClosed, MyBallot, cast_vote, list_my_ballots
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.my_story import blueprint
from involve.web.my_story.ballot_forms import ApprovalForm, PutForwardForm, RankedForm, make_vote_form
from involve.web.my_story.opened import require_story
from involve.web.site import site

VOTED = _l("Your vote is kept. You can change it until the vote closes.")
PUT_FORWARD = _l("Your option is kept. You read here what becomes of it.")
CHANGED_MEANWHILE = _l("The options were changed meanwhile. Read them again before you vote.")
NOT_OPEN = _l("This vote is not open now. What is below is what was kept.")
SETTLED = _l("The options of this vote are settled: nothing can be put forward any more.")
ENOUGH = _l("You have put forward %(number)s options, which is the most for one vote", number=MOST_OWN)


@page(blueprint, cy="/fy-stori/pleidleisiau", en="/my-story/votes")
def weigh_options() -> str:
    """See the votes of my project, what I put forward and what I voted."""
    with site().reading() as session:
        ballots = list_my_ballots(session, require_story(), site().today)
    return render_template("my_story/ballots.html", ballots=ballots, most=MOST_OWN)


@page(
    blueprint,
    cy="/fy-stori/pleidleisiau/<int:ballot_id>",
    en="/my-story/votes/<int:ballot_id>",
    methods=("GET", "POST"),
)
def vote_on(ballot_id: int) -> ResponseReturnValue:
    """Vote, or change my vote."""
    story_id = require_story()
    mine = find_mine(story_id, ballot_id)
    if mine is None or mine.ballot.state != "open":
        return go_back(NOT_OPEN)
    form = make_vote_form(mine)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_vote_form(mine, form, 422 if form.errors else 200)
    try:
        with site().writing() as session:
            cast_vote(session, story_id, ballot_id, form.read_version, form.choices, site().clock())
    except BallotClosed:
        return go_back(NOT_OPEN)
    except Conflict:
        flash(CHANGED_MEANWHILE, "warn")
        form.version.data = str(mine.ballot.version)
        return show_vote_form(mine, form, 409)
    flash(VOTED, "good")
    return redirect(url_for("my_story.weigh_options", _anchor=f"vote-{ballot_id}"), 303)


@page(
    blueprint,
    cy="/fy-stori/pleidleisiau/<int:ballot_id>/cynnig",
    en="/my-story/votes/<int:ballot_id>/put-forward",
    methods=("GET", "POST"),
)
def offer_option(ballot_id: int) -> ResponseReturnValue:
    """Put an option of my own forward."""
    story_id = require_story()
    mine = find_mine(story_id, ballot_id)
    if mine is None or mine.ballot.state != "draft":
        return go_back(SETTLED)
    form = PutForwardForm()
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_offer(mine, form, 422 if form.errors else 200)
    words = form.language.data, form.title.data, form.text.data or ""
    try:
        with site().writing() as session:
            put_forward(session, story_id, ballot_id, *words, site().clock())
    except Conflict:
        return go_back(SETTLED)
    except BadInput:
        form.title.errors = [ENOUGH]
        return show_offer(mine, form, 422)
    flash(PUT_FORWARD, "good")
    return redirect(url_for("my_story.weigh_options", _anchor=f"vote-{ballot_id}"), 303)


def find_mine(story_id: int, ballot_id: int) -> MyBallot | None:
    """Return a ballot of the project of the open story, or None."""
    with site().reading() as session:
        for each in list_my_ballots(session, story_id, site().today):
            if each.ballot.id == ballot_id:
                return each
    return None


def go_back(why: LazyString) -> ResponseReturnValue:
    """Go to the list of votes, and say why."""
    flash(why, "warn")
    return redirect(url_for("my_story.weigh_options"), 303)


def show_vote_form(mine: MyBallot, form: ApprovalForm | RankedForm, status: int = 200) -> ResponseReturnValue:
    """Show the options to mark or to number."""
    body = render_template("my_story/vote.html", mine=mine, form=form, twin_form="vote")
    return make_response(body, status)


def show_offer(mine: MyBallot, form: PutForwardForm, status: int = 200) -> ResponseReturnValue:
    """Show the question, and ask for an option."""
    body = render_template("my_story/put_forward.html", mine=mine, form=form, twin_form="offer")
    return make_response(body, status)
