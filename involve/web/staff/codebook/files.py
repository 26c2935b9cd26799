"""A codebook as a file: taken along, and brought in."""

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from involve.errors import NotFound
from involve.i18n import lazy_gettext as _l
from involve.services.codebook.books import list_versions, open_codebook
from involve.services.codebook.files import LARGEST_FILE, CodebookRefused, TakenIn, take_in, write_codebook
from involve.text.codebook_file import Problem
from involve.web.addresses import page
from involve.web.fields import read_number
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.codebook.codebook_words import problem_words
from involve.web.staff.codebook.forms import CodebookFileForm

NO_FILE = _l("Choose a file")
REFUSED = _l("Nothing of the file was taken in: see what is wrong with it below")
TYPES = {"json": "application/json", "toml": "application/toml", "qdc": "application/xml"}


@page(blueprint, cy="/staff/prosiectau/<slug>/llyfr-codau/ffeil", en="/staff/projects/<slug>/codebook/file")
def export_codebook(slug: str) -> ResponseReturnValue:
    """Take a version along: the draft or the newest one, unless the address names another."""
    asked = request.args.get("form", "")
    form = asked if asked in TYPES else "toml"
    with site().reading() as session:
        versions = list_versions(session, signed_in(), slug)
    wanted = read_number(request.args.get("version"))
    version = next((each for each in versions if wanted in (0, each.number)), None)
    if version is None:
        raise NotFound("version")
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{version.number}.{form}"'}
    return Response(write_codebook(version.themes, form), mimetype=TYPES[form], headers=headers)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/mewnforio",
    en="/staff/projects/<slug>/codebook/import",
    methods=("GET", "POST"),
)
def import_codebook(slug: str) -> ResponseReturnValue:
    """Bring the themes of a file into the draft."""
    with site().reading() as session:
        open_codebook(session, signed_in(), slug)
    form = CodebookFileForm()
    if request.method == "GET" or not form.validate():
        return _show(slug, form)
    if not form.file.data:
        form.file.errors = [NO_FILE]
        return _show(slug, form)
    with form.file.data.stream as file:
        data = file.read(LARGEST_FILE + 1)
    name = (form.file.data.filename or "")[-80:]
    try:
        with site().writing() as session:
            taken = take_in(session, signed_in(), slug, name, data, site().clock())
    except CodebookRefused as error:
        form.file.errors = [REFUSED]
        return _show(slug, form, problems=error.problems)
    return _show(slug, form, taken)


def _show(
    slug: str, form: CodebookFileForm, taken: TakenIn | None = None, problems: tuple[Problem, ...] = ()
) -> ResponseReturnValue:
    said = [(each.place, problem_words(each)) for each in problems]
    body = render_template("staff/codebook_import.html", slug=slug, form=form, taken=taken, problems=said)
    return make_response(body, 422 if form.errors else 200)
