"""Telling on a collector's device: once the teller has the code, the device lets go of the story (decision 0005)."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from involve.i18n import lazy_gettext as _l
from involve.services.stories.collect import hand_over, is_handed_over
from involve.services.stories.tell import find_told_stage
from involve.web.flashes import flash
from involve.web.my_story.opened import close_here
from involve.web.site import site
from involve.web.tell.forms import TellForm

# The button by which a device lets go of a story, and the box that says why it may.
HANDED = "handed"
HAS_CODE = "has_code"
LET_GO = _l("The story is saved and closed on this device. Only its teller can open it again, with the code.")


def was_handed_over(form: TellForm) -> bool:
    """Whether the teller of what this form holds has taken the code away."""
    with site().reading() as session:
        return is_handed_over(session, UUID(form.client_id.data), site().settings.code_key)


def was_told(form: TellForm) -> bool:
    """Whether this form brought a story already."""
    with site().reading() as session:
        return find_told_stage(session, UUID(form.client_id.data), site().settings.code_key) is not None


def note_handed_over(form: TellForm) -> bool:
    """Note that the teller has the code; False where this form brought no story yet."""
    with site().writing() as session:
        client_id = UUID(form.client_id.data)
        return hand_over(session, client_id, site().clock(), site().settings.code_key)


def leave_teller(slug: str) -> ResponseReturnValue:
    """Go back to the collector's page; no story stays open on the way, and no page of it in the browser's cache."""
    close_here()
    flash(LET_GO, "good")
    answer = redirect(url_for("staff.collect_stories", slug=slug), 303)
    # Some browsers keep whole pages for the Back button, whatever `no-store` says.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
