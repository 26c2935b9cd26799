"""Opening a story by its code, answering what was understood, changing what was agreed to, taking it back."""

from dataclasses import fields
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, NotFound
from involve.i18n import lazy_gettext as _l
from involve.i18n import other_language, page_language
from involve.services.backups.withdrawals import REFUSED, WITHDRAWN
from involve.services.stories.codes import CodeMistyped, read_code
from involve.services.tellers import my_story
from involve.services.tellers.agreed import list_agreed
from involve.vocabulary.consents import USES
from involve.vocabulary.stages import find_stage
from involve.web.addresses import PAGE, page
from involve.web.flashes import KEPT, flash
from involve.web.help import part_help
from involve.web.labels import facet_label
from involve.web.limits import OPENING, limiter
from involve.web.my_story import blueprint
from involve.web.my_story.forms import CHANGED, AddTagForm, CodeForm, ConsentForm
from involve.web.my_story.gathered import gather
from involve.web.my_story.news import tell_news
from involve.web.my_story.next_steps import suggest_steps
from involve.web.my_story.opened import close_here, open_here, opened_story, require_story
from involve.web.my_story.timeline import tell_timeline
from involve.web.reaching import name_channels
from involve.web.site import site

# One answer for an unknown code and for a story that was withdrawn.
UNKNOWN = _l(
    "This code does not open a story. Check it against your note. A story that was withdrawn cannot be opened again."
)
SHUT = _l(
    "No story is open on this device any more: it closes by itself after half an hour. Open it with your code."
)


def opens_a_story() -> bool:
    """Whether the code that was sent is right."""
    try:
        code = read_code(request.form.get("code", ""))
        with site().reading() as session:
            my_story.find_by_code(session, code, site().settings.code_key)
    except (CodeMistyped, NotFound):
        return False
    return True


@page(blueprint, cy="/fy-stori", en="/my-story", methods=("GET", "POST"))
@limiter.limit(
    OPENING,
    # A right code opens its story however often others at the same address were wrong. Nobody guesses one of 70 bits.
    exempt_when=lambda: request.method != "POST" or opens_a_story(),
    deduct_when=lambda response: response.status_code == 404,
)
def open_story() -> ResponseReturnValue:
    """Open my story with its code, or see the one that is open."""
    form = CodeForm()
    if request.method != "POST":
        story_id = opened_story()
        return show_code_form(form) if story_id is None else show_story(story_id, AddTagForm())
    if "switch" in request.form:
        return show_code_form(form)
    # Another site must not open a story of its own choice here, for this person to answer as theirs.
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise BadInput("sent by another site")
    if not form.validate():
        return show_code_form(form, 422)
    try:
        with site().reading() as session:
            story_id = my_story.find_by_code(session, form.grouped, site().settings.code_key)
    except NotFound:
        form.code.errors = [UNKNOWN]
        return show_code_form(form, 404)
    open_here(story_id)
    if request.form.get("go") == "about":
        return redirect(url_for("my_story.tell_about_me"), 303)
    return back_to_story()


@page(blueprint, cy="/fy-stori/tagiau", en="/my-story/tags", methods=("POST",))
def answer_tag() -> ResponseReturnValue:
    """Say whether a suggested tag is right."""
    verdict, scheme, concept = [*request.form.get("verdict", "").split(":"), "", "", ""][:3]
    story_id = require_story()
    with site().writing() as session:
        my_story.answer_tag(session, story_id, scheme, concept, verdict, site().clock())
    flash(KEPT, "good")
    return back_to_story("understood")


@page(blueprint, cy="/fy-stori/ychwanegu", en="/my-story/add", methods=("POST",))
def add_tag() -> ResponseReturnValue:
    """Add what the software missed."""
    story_id, form = require_story(), AddTagForm()
    if not form.validate():
        return show_story(story_id, form, 422)
    scheme, concept = form.concept.data.split(":")
    with site().writing() as session:
        my_story.add_tag(session, story_id, scheme, concept, form.stance.data, site().clock())
    flash(KEPT, "good")
    return back_to_story("understood")


@page(blueprint, cy="/fy-stori/cytundeb", en="/my-story/agreement", methods=("GET", "POST"))
def change_consent() -> ResponseReturnValue:
    """Change what I agree to."""
    story_id = require_story()
    with site().reading() as session:
        form = ConsentForm(my_story.show_uses(session, story_id))
    if request.method != "POST" or "switch" in request.form or not form.validate():
        with site().reading() as session:
            agreed = list_agreed(session, story_id)
        body = render_template("my_story/agreement.html", form=form, agreed=agreed, twin_form="agreement")
        return make_response(body, 422 if form.errors else 200)
    with site().writing() as session:
        uses = frozenset(form.uses.data) | {"read"}
        taken = my_story.change_consent(session, story_id, uses, page_language(), site().clock())
        if taken[1]:
            site().note_taken_back(REFUSED, *taken)
    flash(_l("We have saved your choices. They apply from now on."), "good")
    return back_to_story()


@page(blueprint, cy="/fy-stori/tynnu-yn-ol", en="/my-story/withdraw", methods=("GET", "POST"))
def withdraw_story() -> ResponseReturnValue:
    """Take my story back, after being asked once."""
    story_id = require_story()
    if request.method != "POST":
        return render_template("my_story/withdraw.html")
    with site().writing() as session:
        site().note_taken_back(WITHDRAWN, my_story.withdraw_story(session, story_id, site().clock()))
    close_here()
    return redirect(url_for("my_story.show_withdrawn"), 303)


@page(blueprint, cy="/fy-stori/wedi-tynnu-yn-ol", en="/my-story/withdrawn")
def show_withdrawn() -> ResponseReturnValue:
    """Say that it is done."""
    return render_template("my_story/withdrawn.html")


@page(blueprint, cy="/fy-stori/cau", en="/my-story/close", methods=("POST",))
def close_story() -> ResponseReturnValue:
    """Close my story on this device."""
    close_here()
    flash(_l("Your story is closed on this device."), "good")
    return back_to_story()


@blueprint.errorhandler(NotFound)
def ask_for_code(_error: NotFound) -> ResponseReturnValue:
    """Ask for the code again where no story is open, or where it was withdrawn meanwhile on another device."""
    close_here()
    flash(SHUT, "warn")
    return back_to_story()


def back_to_story(part: str | None = None) -> ResponseReturnValue:
    """Go to my story, and there to a part of the page."""
    # `show` has a part open that would otherwise be folded.
    return redirect(url_for("my_story.open_story", show=part, _anchor=part), 303)


def show_code_form(form: CodeForm, status: int = 200) -> ResponseReturnValue:
    """Ask for the code."""
    return make_response(render_template("my_story/code.html", form=form, twin_form="open"), status)


def show_story(story_id: int, form: AddTagForm, status: int = 200) -> ResponseReturnValue:
    """Show the story that is open; its answers count as read now."""
    all_of_it = gather(story_id)
    lines = tell_timeline(all_of_it, site().today)
    values: dict[str, Any] = {
        **{each.name: getattr(all_of_it, each.name) for each in fields(all_of_it)},
        "signposts": part_help(all_of_it.signposts),
        "asks_what_changed": all_of_it.asks_what_changed,
        "timeline_items": lines,
        "news": tell_news(all_of_it),
        "steps": suggest_steps(all_of_it),
        "channels": name_channels(site().settings),
        "find_stage": find_stage,
        "label": facet_label,
        "changed_choices": CHANGED,
        "agreed": [use for use in USES if use.id in all_of_it.story.uses],
        # A form with a mistake stands at an address that nobody can go to; the other language shows the story.
        "twin_url": url_for("my_story.open_story", **{PAGE: other_language(page_language())}),
    }
    return make_response(render_template("my_story/story.html", form=form, **values), status)
