"""A copy of my data: on the page, and as a file to keep, with the code and without an account."""

import json

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from involve.errors import NotFound
from involve.services.tellers.my_copy import StoryCopy, as_data, copy_story
from involve.web.addresses import page
from involve.web.my_story import blueprint
from involve.web.my_story.opened import require_story
from involve.web.site import site

# The name of a file tells nobody who sees it what it is about.
FILES = {"json": "application/json", "html": "text/html; charset=utf-8"}


@page(blueprint, cy="/fy-stori/copi", en="/my-story/copy")
def show_copy() -> ResponseReturnValue:
    """See all that is kept about my story."""
    return render_template("my_story/copy.html", copy=make_copy())


@page(blueprint, cy="/fy-stori/copi/<form>", en="/my-story/copy/<form>")
def download_copy(form: str) -> ResponseReturnValue:
    """Take it along as a file."""
    if form not in FILES:
        raise NotFound(form)
    copy = make_copy()
    body = (
        json.dumps(as_data(copy), ensure_ascii=False, indent=1)
        if form == "json"
        else render_template("my_story/copy_file.html", copy=copy)
    )
    response: Response = make_response(body)
    response.headers["Content-Type"] = FILES[form]
    response.headers["Content-Disposition"] = f'attachment; filename="involve.{form}"'
    return response


def make_copy() -> StoryCopy:
    """Return the copy of the story that is open.

    Raises:
        NotFound: none is.
    """
    story_id = require_story()
    with site().writing() as session:
        return copy_story(session, story_id, site().clock(), site().settings.code_key)
