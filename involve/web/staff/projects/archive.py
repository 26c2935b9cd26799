"""Putting a finished project away, and bringing it back."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.projects.archive import StoriesUnanswered, archive_project, restore_project
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint

ARCHIVED = _l("The project is archived. Its page, stories and promises stay where they are.")
RESTORED = _l("The project is on the lists again.")
OPEN = _l("A stage of this project is open or still to come, so it cannot be archived.")
WAITING = _l(
    "People who told a story here still have no answer, so the project cannot be archived. Answer them first."
)


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/archif",
    en="/staff/projects/<slug>/archive",
    methods=("POST",),
)
def move_to_archive(slug: str) -> ResponseReturnValue:
    """Put a project away, or bring it back."""
    change, done = (restore_project, RESTORED) if "restore" in request.form else (archive_project, ARCHIVED)
    try:
        with site().writing() as session:
            change(session, signed_in(), slug, site().clock())
        flash(done, "good")
    except StoriesUnanswered:
        flash(WAITING, "warn")
    except BadInput:
        flash(OPEN, "warn")
    return redirect(url_for("staff.show_project", slug=slug), 303)
