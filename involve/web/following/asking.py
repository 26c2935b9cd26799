"""Asking to follow something by e-mail, and saying yes by the link in the letter that comes."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import NotFound
from involve.i18n import page_language
from involve.services.following.asking import MOST_ASKED, Wish, ask_to_follow
from involve.services.following.follows import UNCONFIRMED, confirm_follow, show_asked
from involve.services.following.things import find_thing
from involve.services.upkeep.tokens import make_token, read_token
from involve.vocabulary.following import find_pace
from involve.vocabulary.letters import FOLLOWER_MARK
from involve.web.addresses import page
from involve.web.followed import follow_page, page_of
from involve.web.following import blueprint
from involve.web.following.forms import FollowForm
from involve.web.limits import FOLLOWING, limiter
from involve.web.site import site


@follow_page(blueprint, cy="/dilyn", en="/follow", methods=("GET", "POST"))
@limiter.limit(FOLLOWING, methods=["POST"])
def follow(kind: str, subject: str) -> ResponseReturnValue:
    """Ask for e-mails about one thing; what is shown then is the same whoever follows it already."""
    with site().reading() as session:
        thing = find_thing(session, kind, subject)
    form = FollowForm()
    if request.method == "GET":
        form.language.data, form.pace.data = page_language(), "weekly"
    elif "switch" not in request.form and form.validate():
        wish = Wish(kind, subject, form.address.data, form.language.data, form.pace.data)
        with site().writing() as session:
            ask_to_follow(session, wish, site().clock(), site().settings.code_key)
        return redirect(url_for("following.show_letter_sent"), 303)
    values = {
        "thing": thing,
        "back": page_of(thing),
        "form": form,
        "sends": "email" in site().settings.carriers,
    }
    limits = {"most": MOST_ASKED, "days": UNCONFIRMED.days, "twin_form": "follow"}
    status = 422 if form.errors else 200
    return make_response(render_template("following/follow.html", **values, **limits), status)


@page(blueprint, cy="/dilyn/llythyr-ar-y-ffordd", en="/follow/letter-on-its-way")
def show_letter_sent() -> str:
    """Read that a letter is on its way, and what to do with it."""
    return render_template("following/letter_sent.html", days=UNCONFIRMED.days, most=MOST_ASKED)


@page(blueprint, cy="/dilyn/cadarnhau/<mark>", en="/follow/confirm/<mark>", methods=("GET", "POST"))
def confirm(mark: str) -> ResponseReturnValue:
    """Say yes to what was asked for; to open the page alone says nothing, since mail programs do that by themselves."""
    secret, asked = site().settings.secret_key, None
    try:
        follow_id, state = read_token(secret, "follow_asked", mark, UNCONFIRMED)
        with site().writing() as session:
            asked = show_asked(session, follow_id, state)
            if request.method == "POST":
                asked = confirm_follow(session, follow_id, state, site().clock())
    except NotFound:
        return make_response(render_template("following/unknown.html"), 404)
    own = make_token(secret, FOLLOWER_MARK, asked.follower_id, asked.state)
    return render_template("following/confirm.html", asked=asked, own=own, pace=find_pace(asked.pace).name)
