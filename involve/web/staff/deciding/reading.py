"""Opening and closing the reading session of a stage."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput, LanguageMissing
from involve.i18n import lazy_gettext as _l
from involve.services.reading.reading_sessions import close_session, open_session
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.projects.promises import find_stage_promise

OPENED = _l(
    "The reading session is open. Everyone who told a story in this project can come in with their code."
)
CLOSED = _l(
    "The reading session is closed. Agreed themes and minority themes are public. You can open it again."
)
REFUSALS = {
    "rung": _l("On this rung people do not read together. Change the rung first."),
    "nothing": _l("Nothing is published in this project yet, so there is nothing to read together."),
}
ONE_LANGUAGE = {
    "cy": _l("A theme that would become public has no Welsh name yet. Add it before you close."),
    "en": _l("A theme that would become public has no English name yet. Add it before you close."),
}


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/darllen",
    en="/staff/projects/<slug>/stages/<int:stage_id>/reading",
    methods=("POST",),
)
def change_reading(slug: str, stage_id: int) -> ResponseReturnValue:
    """Open the reading session of a stage, or close it."""
    find_stage_promise(slug, stage_id)
    closes = "close" in request.form
    try:
        with site().writing() as session:
            (close_session if closes else open_session)(session, signed_in(), stage_id, site().clock())
    except LanguageMissing as missing:
        flash(ONE_LANGUAGE[str(missing)], "warn")
        return redirect(url_for("reading.read_together", stage_id=stage_id), 303)
    except BadInput as refused:
        flash(REFUSALS[str(refused)], "warn")
        return redirect(url_for("staff.show_project", slug=slug), 303)
    flash(CLOSED if closes else OPENED, "good")
    if closes:
        return redirect(url_for("staff.show_project", slug=slug), 303)
    return redirect(url_for("reading.read_together", stage_id=stage_id), 303)
