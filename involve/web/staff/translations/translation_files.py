"""The work list of translators as a file for their tools, and the way back."""

from typing import Any

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.translations.translation_files import TakenIn, export_list, import_list
from involve.services.translations.xliff import LARGEST_FILE, FileRefused
from involve.web.addresses import page
from involve.web.fields import UploadField
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.translations.translating import read_filter

# Larger than the largest file, so that somewhat too large a file is told of on the page itself.
LARGEST_UPLOAD = 4 * LARGEST_FILE
NO_FILE = _l("Choose a file")
# What is wrong with a file as a whole, by the name that the service gives it.
FAULTS = {
    "too_large": _l("The file is larger than 20 MB"),
    "not_text": _l("This is not an XLIFF file: it is no text in UTF-8 or UTF-16"),
    "declares": _l(
        "The file declares a document type or entities. XLIFF files have none, so it was not opened"
    ),
    "not_xml": _l("This is not an XLIFF file, or it was cut short: it cannot be read as XML"),
    "not_xliff": _l("This is XML, but not an XLIFF file"),
    "version": _l("This is another version of XLIFF. Save it as XLIFF 1.2"),
    "too_many": _l("The file holds more than this site writes into one. Bring it back in parts"),
}
# Why one story of a file was left out.
PROBLEMS = {
    "unknown": _l("There is no such published story in your projects"),
    "language": _l("The languages are not those of the story"),
    "unit": _l("The file has paragraphs that the story does not have"),
    "changed": _l(
        "The story is not the same any more, or its words were changed in the file. Take it out anew"
    ),
    "partial": _l("Only some of its paragraphs are translated"),
    "published": _l("It is public already: change it on its page"),
    "newer": _l("Somebody wrote a translation since the file was made: look at it on its page"),
    "marks": _l("The marks of what is hidden are not those of the story"),
    "too_long": _l("The translation is too long"),
    "empty": _l("The translation is empty"),
    "same": _l("The teller says that these words are not what they meant: change them first"),
    "twice": _l("It stands twice in the file; only the first was looked at"),
}
NAMES = {"cy": "cyfieithu", "en": "translations"}


class FileForm(FlaskForm):  # type: ignore[misc]
    """A file to bring back."""

    file = UploadField(_l("XLIFF file, at most 20 MB"))


@blueprint.url_value_preprocessor
def take_large_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Read larger forms here than elsewhere on the site; this comes before anything else reads the form."""
    if endpoint == "staff.import_translations":
        request.max_content_length = LARGEST_UPLOAD


@page(blueprint, cy="/staff/cyfieithu/xliff", en="/staff/translations/xliff")
def export_translations() -> ResponseReturnValue:
    """Take the work list, as it was filtered, to a translator's tool."""
    with site().writing() as session:
        data = export_list(session, signed_in(), read_filter(), site().clock())
    name = f"{NAMES[page_language()]}-{site().today.isoformat()}.xlf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, mimetype="application/xliff+xml", headers=headers)


@page(blueprint, cy="/staff/cyfieithu/mewnforio", en="/staff/translations/import", methods=("GET", "POST"))
def import_translations() -> ResponseReturnValue:
    """Bring a file back from a translator's tool; what it holds is kept as drafts."""
    form = FileForm()
    if request.method == "GET" or not form.validate():
        return show_import(form)
    if not form.file.data:
        form.file.errors = [NO_FILE]
        return show_import(form)
    try:
        with form.file.data.stream as file:
            data = file.read(LARGEST_FILE + 1)
        with site().writing() as session:
            taken = import_list(session, signed_in(), data, site().clock())
    except FileRefused as error:
        form.file.errors = [FAULTS[error.problem]]
        return show_import(form)
    return show_import(form, taken)


def show_import(form: FileForm, taken: TakenIn | None = None) -> ResponseReturnValue:
    """Show the form, and what became of the file that was sent before."""
    skipped = [(each, PROBLEMS[each.problem]) for each in taken.skipped] if taken else []
    values = {"form": form, "taken": taken, "skipped": skipped}
    return make_response(
        render_template("staff/translations_import.html", **values), 422 if form.errors else 200
    )
