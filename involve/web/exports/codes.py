"""Taking codes along for programs of qualitative research: goals, ways, and the themes of a project."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from involve.services.codebook.books import released_codebook
from involve.services.codebook.files import write_codebook
from involve.services.projects.projects import find_project
from involve.web.addresses import page
from involve.web.exports import blueprint
from involve.web.limits import PRINTING, limiter
from involve.web.site import site


@page(blueprint, cy="/lawrlwytho/llyfr-codau", en="/download/codebook")
@limiter.limit(PRINTING)
def send_codebook() -> ResponseReturnValue:
    """Take the codes that all projects share along, and the released themes of the project that is asked for."""
    slug = request.args.get("project", "")
    with site().reading() as session:
        book = released_codebook(session, find_project(session, slug)) if slug else None
    answer = Response(write_codebook(book.themes if book else (), "qdc"), mimetype="application/xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="involve-{site().today.isoformat()}.qdc"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
