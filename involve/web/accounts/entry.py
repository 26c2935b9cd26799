"""Coming in: whichever way somebody showed who they are, this is the door, and where it leads."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from involve.web.accounts.guessing import note_known_browser
from involve.web.security import StaffUser, let_in


def welcome(user: StaffUser, how: str, address: str) -> Response:
    """Sign *user* in, remember the browser as one of theirs, and go on to *address*."""
    let_in(user, how)
    return note_known_browser(redirect(address, 303), user.id)


def safe_address(wanted: str | None) -> str:
    """Return the address to go on to: one of this site, or the queue."""
    if wanted and wanted.startswith(("/cy/staff", "/en/staff")) and "\\" not in wanted:
        return wanted
    return url_for("staff.show_queue")


def own_address(wanted: str | None) -> str:
    """Return the address to go on to: a page of one's own account, or its first one."""
    if wanted and wanted.startswith(("/cy/staff/fy-nghyfrif", "/en/staff/my-account")) and "\\" not in wanted:
        return wanted
    return url_for("accounts.show_my_account")
