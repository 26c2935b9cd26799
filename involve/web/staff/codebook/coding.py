"""Coding by hand: rounds, the stories of one, and a story whose sentences are put under themes."""

from secrets import randbelow

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.codebook.coding import (
    CodingView,
    finish_story,
    mark_sentences,
    open_coding,
    take_mark_away,
)
from involve.services.codebook.rounds import (
    FEWEST_STORIES,
    MOST_STORIES,
    close_round,
    finish_coding,
    list_rounds,
    open_round,
    start_round,
)
from involve.vocabulary.states import STANCES
from involve.web.addresses import page
from involve.web.fields import LineField, PickField, SomeOfField, choice, read_number
from involve.web.flashes import flash
from involve.web.labels import stance_name
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.codebook.codebook_words import theme_title

SIZE = _l("Write a whole number from 1 to 100")
REFUSALS = {
    "size": SIZE,
    "stories": _l("Nothing is published in this project yet"),
    "codebook": _l("Release a codebook with at least one theme first"),
}
FINISHED = _l("You have finished. You can now see how far the coders agree.")
CLOSED = _l("The round is closed.")
UNDONE = _l("Some stories are not done yet. Press “Done with this story” on each, also where nothing fits.")
NO_THEME = _l("Choose a theme")
NO_SENTENCE = _l("Choose at least one sentence")
MARKED = _l("Marked.")
_SEEDS = 2**31


class RoundForm(FlaskForm):  # type: ignore[misc]
    """How many stories a round has."""

    size = LineField(_l("How many stories?"), [InputRequired(SIZE)], default="30")


class CodeForm(FlaskForm):  # type: ignore[misc]
    """Sentences of a story, and the theme to put them under."""

    sentences = SomeOfField(_l("Sentences"), [InputRequired(NO_SENTENCE)])
    theme = PickField(_l("Theme"), [InputRequired(NO_THEME)])
    stance = PickField(_l("Stance, if you want to say one"))

    def __init__(self, view: CodingView) -> None:
        super().__init__()
        language = view.language if view.language in ("cy", "en") else ""
        self.sentences.choices = [
            choice(str(each.start), each.text, lang=language) for each in view.sentences
        ]
        themes = [(theme.key, theme_title(theme)[0]) for theme in view.codebook.active]
        self.theme.choices = [("", _l("Choose a theme")), *sorted(themes, key=lambda each: each[1])]
        self.stance.choices = [("", _l("Say none")), *((each.id, stance_name(each.id)) for each in STANCES)]


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/codio",
    en="/staff/projects/<slug>/codebook/coding",
    methods=("GET", "POST"),
)
def show_rounds(slug: str) -> ResponseReturnValue:
    """See the rounds of coding, and begin one."""
    actor, form = signed_in(), RoundForm()
    with site().reading() as session:
        rounds = list_rounds(session, actor, slug)
    if request.method == "POST" and "switch" not in request.form and form.validate():
        try:
            with site().writing() as session:
                size, seed = read_number(form.size.data), randbelow(_SEEDS)
                number = start_round(session, actor, slug, size, seed, site().clock())
            return redirect(url_for("staff.show_round", slug=slug, round_id=number), 303)
        except BadInput as refused:
            form.size.errors = [REFUSALS[str(refused)]]
    values = {"fewest": FEWEST_STORIES, "most": MOST_STORIES, "mine": actor.user_id, "twin_form": "begin"}
    body = render_template("staff/coding_rounds.html", slug=slug, rounds=rounds, form=form, **values)
    return make_response(body, 422 if form.errors else 200)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/codio/<int:round_id>",
    en="/staff/projects/<slug>/codebook/coding/<int:round_id>",
    methods=("GET", "POST"),
)
def show_round(slug: str, round_id: int) -> ResponseReturnValue:
    """See the stories of a round as far as one is with them; say that one has finished, or close it."""
    actor, now = signed_in(), site().clock()
    with site().reading() as session:
        shown, stories = open_round(session, actor, slug, round_id)
    what = request.form.get("do")
    if what not in ("finish", "close"):
        own = shown.coder(actor.user_id)
        values = {"round": shown, "stories": stories, "own": own, "sees": shown.shows_to(actor.user_id)}
        return make_response(render_template("staff/coding_round.html", slug=slug, **values))
    try:
        with site().writing() as session:
            (finish_coding if what == "finish" else close_round)(session, actor, slug, round_id, now)
        flash(FINISHED if what == "finish" else CLOSED, "good")
    except BadInput:
        flash(UNDONE, "warn")
    return redirect(url_for("staff.show_round", slug=slug, round_id=round_id), 303)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/codio/<int:round_id>/<reference>",
    en="/staff/projects/<slug>/codebook/coding/<int:round_id>/<reference>",
    methods=("GET", "POST"),
)
def code_story(slug: str, round_id: int, reference: str) -> ResponseReturnValue:
    """Put sentences of a story under themes, take a mark away, and say that one is done with it."""
    actor, now = signed_in(), site().clock()
    with site().reading() as session:
        view = open_coding(session, actor, slug, round_id, reference)
    form = CodeForm(view)
    what, _, mark = request.form.get("do", "").partition(":")
    # Back to the sentences: whoever works through a story does not begin at the top of the page after each mark.
    here = url_for("staff.code_story", slug=slug, round_id=round_id, reference=reference, _anchor="sentences")
    if what == "done":
        with site().writing() as session:
            following = finish_story(session, actor, slug, round_id, reference, now)
        back = url_for("staff.show_round", slug=slug, round_id=round_id)
        ahead = (
            url_for("staff.code_story", slug=slug, round_id=round_id, reference=following)
            if following
            else back
        )
        return redirect(ahead, 303)
    if what == "remove":
        with site().writing() as session:
            take_mark_away(session, actor, slug, round_id, reference, read_number(mark), now)
        return redirect(here, 303)
    if what == "mark" and form.validate():
        starts = [int(start) for start in form.sentences.data]
        with site().writing() as session:
            theme, stance = form.theme.data, form.stance.data or None
            mark_sentences(session, actor, slug, round_id, reference, starts, theme, stance, now)
        flash(MARKED, "good")
        return redirect(here, 303)
    return _show(slug, round_id, view, form)


def _show(slug: str, round_id: int, view: CodingView, form: CodeForm) -> ResponseReturnValue:
    names = {theme.key: theme_title(theme) for theme in view.codebook.themes}
    body = render_template(
        "staff/coding_story.html",
        slug=slug,
        round_id=round_id,
        view=view,
        form=form,
        names=names,
        ticked=set(form.sentences.data or ()),
        twin_form="code",
    )
    return make_response(body, 422 if form.errors else 200)
