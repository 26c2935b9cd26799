"""The teller's word on the promise: how much say it felt like, and whether anything changed."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.services.deciding.verdicts import MyVerdict, give_verdict, show_verdict
from involve.web.addresses import page
from involve.web.flashes import KEPT, flash
from involve.web.my_story import blueprint
from involve.web.my_story.forms import VerdictForm
from involve.web.my_story.opened import require_story
from involve.web.site import site


@page(blueprint, cy="/fy-stori/addewid", en="/my-story/promise", methods=("GET", "POST"))
def judge_promise() -> ResponseReturnValue:
    """Say how much say it felt like, and whether anything changed."""
    story_id = require_story()
    with site().reading() as session:
        form = VerdictForm(show_verdict(session, story_id))
    if request.method != "POST" or "switch" in request.form or not form.validate():
        body = render_template("my_story/promise.html", form=form, twin_form="promise")
        return make_response(body, 422 if form.errors else 200)
    with site().writing() as session:
        give_verdict(session, story_id, form.said, site().clock())
    flash(KEPT, "good")
    return redirect(url_for("my_story.open_story"), 303)


@page(blueprint, cy="/fy-stori/newid", en="/my-story/changed", methods=("POST",))
def say_changed() -> ResponseReturnValue:
    """Say with one tap whether anything changed."""
    story_id = require_story()
    with site().writing() as session:
        give_verdict(session, story_id, MyVerdict(changed=request.form.get("changed", "")), site().clock())
    flash(KEPT, "good")
    return redirect(url_for("my_story.open_story", _anchor="promise"), 303)
