"""What one follows, by the link in a letter: seen, changed, and ended in one press."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from involve.errors import NotFound
from involve.services.backups.withdrawals import STOPPED
from involve.services.following.follows import (
    change_letters,
    forget_follower,
    show_my_following,
    stop_following,
)
from involve.services.upkeep.tokens import make_token, read_token
from involve.vocabulary.following import find_follow_kind
from involve.vocabulary.letters import (
    FOLLOWER_MARK,
    FOLLOWER_PATHS,
    STOP_FOLLOWING_MARK,
    STOP_FOLLOWING_PATHS,
)
from involve.web.addresses import page
from involve.web.fields import read_number
from involve.web.followed import page_of
from involve.web.following import blueprint
from involve.web.following.forms import LettersForm
from involve.web.site import site

ADDRESSES, STOP_ADDRESSES = (
    {
        language: path.removeprefix(f"/{language}").replace("{token}", "<mark>")
        for language, path in paths.items()
    }
    for paths in (FOLLOWER_PATHS, STOP_FOLLOWING_PATHS)
)


@page(blueprint, cy=ADDRESSES["cy"], en=ADDRESSES["en"], methods=("GET", "POST"))
def change(mark: str) -> ResponseReturnValue:
    """See everything that one follows, change how it is told, or end following one thing."""
    form, done = LettersForm(), ""
    try:
        follower_id, state = read_token(site().settings.secret_key, FOLLOWER_MARK, mark)
        if request.method == "POST" and "switch" not in request.form:
            done = _change(follower_id, state, form)
        with site().writing() as session:
            mine = show_my_following(session, follower_id, state)
    except NotFound:
        # Also where the last thing was just taken away, and the address with it.
        shown = "following/stopped.html" if request.form.get("stop") else "following/unknown.html"
        return make_response(
            render_template(shown, stands="stopped"), 200 if request.form.get("stop") else 404
        )
    if not form.errors:
        form.language.data, form.pace.data = mine.language, mine.pace
    stop = make_token(site().settings.secret_key, STOP_FOLLOWING_MARK, follower_id, state)
    values = {"mine": mine, "form": form, "done": done, "mark": mark, "stop": stop}
    names = {"page_of": page_of, "find_follow_kind": find_follow_kind}
    return make_response(
        render_template("following/mine.html", **values, **names), 422 if form.errors else 200
    )


def _change(follower_id: int, state: str, form: LettersForm) -> str:
    """Do what was asked for, and return what it was; nothing where the form cannot be taken."""
    stop = request.form.get("stop", "")
    with site().writing() as session:
        if stop:
            _note(stop_following(session, follower_id, state, read_number(stop)))
            return "stopped"
        if not form.validate():
            return ""
        change_letters(session, follower_id, state, form.language.data, form.pace.data)
    return "changed"


def _note(ended: str | None) -> None:
    """Keep outside the database that something was ended, so that no restored back-up begins it again."""
    if ended is not None:
        site().note_taken_back(STOPPED, ended)


@page(blueprint, cy=STOP_ADDRESSES["cy"], en=STOP_ADDRESSES["en"], methods=("GET", "POST"))
def stop_here(mark: str) -> ResponseReturnValue:
    """End all letters to a follower with one press; a mail program may press by itself."""
    try:
        follower_id, state = read_token(site().settings.secret_key, STOP_FOLLOWING_MARK, mark)
    except NotFound:
        return make_response(render_template("following/unknown.html"), 404)
    if request.method == "POST":
        with site().writing() as session:
            _note(forget_follower(session, follower_id, state))
    return render_template(
        "following/stopped.html", stands="stopped" if request.method == "POST" else "asked"
    )
