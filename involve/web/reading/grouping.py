"""Reading one story: its sentences, and the theme into which some of them go."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.reading.theme_passages import group_sentences
from involve.services.reading.theme_views import ReadStory, ThemeView, find_story, list_themes
from involve.services.reading.themes import put_forward
from involve.web.addresses import page
from involve.web.flashes import KEPT, flash
from involve.web.reading import blueprint
from involve.web.reading.desk import take_seat
from involve.web.reading.forms import GroupForm
from involve.web.reading.themes import MANY
from involve.web.site import site

CHANGED = _l("The story changed since you read it. Choose again.")


@page(
    blueprint,
    cy="/darllen/<int:stage_id>/straeon/<reference>",
    en="/reading/<int:stage_id>/stories/<reference>",
    methods=("GET", "POST"),
)
def read_story(stage_id: int, reference: str) -> ResponseReturnValue:
    """Read one story, and put sentences of it into a theme."""
    story, themes = find_page(stage_id, reference)
    form = GroupForm(story, themes)
    if request.method != "POST" or "switch" in request.form or not form.validate():
        return show_page(stage_id, story, form, 422 if form.errors else 200)
    try:
        keep_group(stage_id, reference, form)
    except BadInput as refused:
        if str(refused) == "many":
            form.theme.errors = [MANY]
        else:
            form.sentences.errors = [CHANGED]
        return show_page(stage_id, story, form, 422)
    flash(KEPT, "good")
    return redirect(url_for("reading.read_together", stage_id=stage_id), 303)


def find_page(stage_id: int, reference: str) -> tuple[ReadStory, tuple[ThemeView, ...]]:
    """Return the story and the themes that are there.

    Raises:
        NotFound: there is no such published story in this project.
    """
    with site().reading() as session:
        reader = take_seat(session, stage_id)
        story = find_story(session, reader, reference)
        if story is None:
            raise NotFound("story")
        return story, list_themes(session, reader)


def keep_group(stage_id: int, reference: str, form: GroupForm) -> None:
    """Put the sentences into their theme, which may be a new one."""
    with site().writing() as session:
        reader, now = take_seat(session, stage_id), site().clock()
        name = form.new_name
        theme_id = int(form.theme.data) if name is None else put_forward(session, reader, name, now)
        starts = [int(each) for each in form.sentences.data]
        group_sentences(session, reader, theme_id, reference, starts, now)


def show_page(stage_id: int, story: ReadStory, form: GroupForm, status: int) -> ResponseReturnValue:
    """Show the story and the form."""
    body = render_template("reading/story.html", story=story, form=form, stage_id=stage_id, twin_form="group")
    return make_response(body, status)
