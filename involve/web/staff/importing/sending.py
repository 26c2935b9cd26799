"""Sending a file of stories: it is read at once, kept for an hour, and nothing of it goes in yet."""

import re
import secrets
from pathlib import Path
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from involve.services.importing.kept_files import keep_lines
from involve.services.importing.opening import open_table
from involve.services.importing.tables import LARGEST_FILE, FileRefused
from involve.services.importing.uploads import keep_upload, list_importing
from involve.web.addresses import page
from involve.web.errors import show_explanation
from involve.web.explanations import BY_STATUS
from involve.web.fields import UNREADABLE_CHARACTERS
from involve.web.limits import IMPORTING, limiter
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.codebook.codebook_words import CODEBOOK_TOO_LARGE
from involve.web.staff.importing.import_forms import SendForm
from involve.web.staff.importing.import_words import FILES, TOO_LARGE

START = "staff.start_import"
# Larger than the largest file, so that somewhat too large a file is told of on the page itself.
LARGEST_UPLOAD = 2 * LARGEST_FILE
FOLDERS = re.compile(r".*[/\\]")


@blueprint.url_value_preprocessor
def take_large_tables(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Read larger forms here than elsewhere on the site; this comes before anything else reads the form."""
    if endpoint == START:
        request.max_content_length = LARGEST_UPLOAD


@blueprint.errorhandler(RequestEntityTooLarge)
def explain_too_large(_error: RequestEntityTooLarge) -> Response:
    """Say how large a file can be, where a file was sent."""
    own = {START: TOO_LARGE, "staff.import_codebook": CODEBOOK_TOO_LARGE}
    return show_explanation(own.get(request.endpoint or "", BY_STATUS[413]))


@page(blueprint, cy="/staff/mewnforio", en="/staff/import", methods=("GET", "POST"))
@limiter.limit(IMPORTING, methods=["POST"])
def start_import() -> ResponseReturnValue:
    """Send a file of stories for a project."""
    with site().reading() as session:
        form = SendForm(list_importing(session, signed_in()), request.args.get("project", ""))
    if request.method == "GET" or not form.validate():
        return show_start(form)
    key = secrets.token_urlsafe(16)
    try:
        receive(form.table.data, form.project.data, key)
    except FileRefused as error:
        form.table.errors = [FILES[str(error)]]
        return show_start(form)
    return redirect(url_for("staff.show_import", import_key=key), 303)


def receive(sent: FileStorage, project: str, key: str) -> None:
    """Read what was sent and keep its lines; the file itself is gone when this returns.

    Raises:
        FileRefused: it cannot be read as a table.
    """
    here, name = site(), FOLDERS.sub("", sent.filename or "")
    folder = here.settings.resolved_import_dir
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole = folder / f"{key}.sent"
    try:
        sent.save(whole)
        table = open_table(whole)
    finally:
        forget(whole, sent)
    with here.writing() as session:
        about = (key, UNREADABLE_CHARACTERS.sub("", name))
        lines = keep_upload(session, signed_in(), project, table, about, here.clock())
        keep_lines(folder, key, lines)


def forget(whole: Path, sent: FileStorage) -> None:
    """Delete a file, here and where the server laid it down."""
    whole.unlink(missing_ok=True)
    sent.close()


def show_start(form: SendForm) -> ResponseReturnValue:
    """Show the form of a file."""
    return make_response(render_template("staff/import.html", form=form), 422 if form.errors else 200)
