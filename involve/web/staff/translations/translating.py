"""Translating published stories: what waits, and one story beside its translation."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import NotAllowed
from involve.i18n import lazy_gettext as _l
from involve.services.moderation.moderate import ChangedMeanwhile
from involve.services.moderation.staff_story import StaffStory
from involve.services.staff.access import Actor, projects_where
from involve.services.translations.translating import (
    OwnTranslation,
    TranslationRefused,
    TranslationView,
    check_translation,
    keep_translation,
    open_translation,
)
from involve.services.translations.translation_files import MOST_STORIES
from involve.services.translations.translation_list import PAGE, ListFilter, count_directions, list_waiting
from involve.services.translations.translation_rows import TARGETS, targets_of
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.states import TRANSLATION_STATES
from involve.web.addresses import page
from involve.web.explanations import BY_CODE
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.translations.translation_forms import MARK, PROBLEMS, TranslationForm

LAST = 1_000_000
KEPT = _l("The translation is kept as a draft. It is public once it has been checked.")
KEPT_FOR_OTHER = _l(
    "You changed the words, so they are kept as a draft. Another person checks them before they are public."
)
PUBLISHED = _l("The translation is public, beside the original.")
CHANGED = _l(
    "The story or its translation changed meanwhile. Your words are still here. Compare them with the story once more."
)


def translations_of_story(_session: Any, actor: Actor, story: StaffStory) -> dict[str, Any]:
    """Return the languages into which this member of staff may translate the story."""
    may = story.published and actor.may("translate", story.body_id, story.project_id)
    return {"translate_into": targets_of(story.language) if may else ()}


def read_filter() -> ListFilter:
    """Return what was asked for of the list; what is no choice asks for nothing."""
    states = {state.id for state in TRANSLATION_STATES}
    language, state = request.args.get("into"), request.args.get("state")
    return ListFilter(
        request.args.get("project") or None,
        language if language in TARGETS else None,
        state if state in states else None,
    )


@page(blueprint, cy="/staff/cyfieithu", en="/staff/translations")
def show_translations() -> str:
    """See which published stories wait for the other language."""
    actor, wanted = signed_in(), read_filter()
    if not actor.may_anywhere("translate"):
        raise NotAllowed("translate")
    start = request.args.get("start", 0, type=int)
    start = start if 0 <= start <= LAST else 0
    with site().reading() as session:
        projects = projects_where(session, actor, "translate")
        items = list_waiting(session, actor, wanted, start)
        directions = count_directions(session, actor, wanted, site().clock())
    return render_template(
        "staff/translations.html",
        items=items,
        directions=directions,
        projects=[(each.slug, Bilingual(each.name_cy, each.name_en)) for each in projects],
        states=TRANSLATION_STATES,
        most=MOST_STORIES,
        wanted=wanted,
        start=start,
        newer=max(start - PAGE, 0) if start else None,
        older=start + PAGE if len(items) == PAGE else None,
    )


@page(
    blueprint,
    cy="/staff/cyfieithu/<reference>/<target>",
    en="/staff/translations/<reference>/<target>",
    methods=("GET", "POST"),
)
def translate_story(reference: str, target: str) -> ResponseReturnValue:
    """Write a translation beside the story, or check one and make it public."""
    view = look_at(reference, target)
    form = TranslationForm(view)
    if request.method == "GET" or "switch" in request.form:
        return render_translation(view, form)
    if not form.validate():
        return render_translation(view, form, 422)
    try:
        done = check(view, form) if request.form.get("verdict") == "publish" else keep(view, form)
    except ChangedMeanwhile:
        form.version.data = view.version
        form.form_errors.append(CHANGED)
    except TranslationRefused as error:
        form.text.errors = [PROBLEMS[error.problem]]
    except OwnTranslation as error:
        form.form_errors.append(BY_CODE[error.code].title)
    if form.errors:
        return render_translation(view, form, 409 if form.form_errors else 422)
    flash(done, "good")
    return redirect(url_for("staff.translate_story", reference=reference, target=target), 303)


def look_at(reference: str, target: str) -> TranslationView:
    """Return the story beside its translation."""
    with site().reading() as session:
        return open_translation(session, signed_in(), reference, target)


def keep(view: TranslationView, form: TranslationForm) -> object:
    """Keep the words as a draft."""
    with site().writing() as session:
        keep_translation(
            session,
            signed_in(),
            view.reference,
            view.language,
            form.text.data,
            form.version.data,
            site().clock(),
        )
    return KEPT


def check(view: TranslationView, form: TranslationForm) -> object:
    """Make the words public; what was changed on the way is kept first, and is another person's to check."""
    changed = form.text.data.strip() != view.text
    with site().writing() as session:
        actor, now, where = signed_in(), site().clock(), (view.reference, view.language)
        version = form.version.data
        if changed:
            keep_translation(session, actor, *where, form.text.data, version, now)
            if not view.alone:
                return KEPT_FOR_OTHER
            version = open_translation(session, actor, *where).version
        job_id = check_translation(session, actor, *where, version, now)
    site().carry_out(job_id)
    return PUBLISHED


def render_translation(
    view: TranslationView, form: TranslationForm, status: int = 200
) -> ResponseReturnValue:
    """Show the story beside the form."""
    values = {"view": view, "form": form, "mark": MARK, "twin_form": "translate"}
    return make_response(render_template("staff/translation.html", **values), status)
