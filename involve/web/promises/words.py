"""How a duty stands, in a sentence of the page's language and the kind of its mark."""

from involve.i18n import format_number, ngettext
from involve.i18n import gettext as _
from involve.services.promises.duties import DutyState


def state_words(state: DutyState) -> str:
    """Return how a duty stands today."""
    if state.state == "kept":
        return _("Kept")
    if state.state == "kept_late":
        return ngettext("Kept %(num)s day late", "Kept %(num)s days late", state.days)
    if state.state == "late":
        return ngettext("Late by %(num)s day", "Late by %(num)s days", state.days)
    if state.state == "broken":
        return _("Not kept, and cannot be any more")
    if state.days == 0:
        return _("Due today")
    return ngettext("Due in %(num)s day", "Due in %(num)s days", state.days)


def state_kind(state: DutyState) -> str:
    """Return the kind of mark: good, bad or none."""
    if state.state == "kept":
        return "good"
    return "bad" if state.missed else ""


def turn_words(state: DutyState) -> str:
    """Return whose turn it is; nothing where it is done."""
    if state.turn == "panel":
        return _("It is the panel’s turn")
    return _("It is the body’s turn") if state.turn == "body" else ""


def count_words(state: DutyState) -> str:
    """Return how far a duty that counts something has got; nothing where it counts nothing."""
    if state.duty.id == "answer" and state.wanted:
        return _(
            "Answered: %(done)s of %(all)s", done=format_number(state.done), all=format_number(state.wanted)
        )
    if state.duty.id == "agreement" and state.wanted:
        return _(
            "Agreed: %(done)s of %(all)s", done=format_number(state.done), all=format_number(state.wanted)
        )
    return ""


# For the templates that show duties (promises/_duties.html).
WORDS = {
    "state_words": state_words,
    "state_kind": state_kind,
    "turn_words": turn_words,
    "count_words": count_words,
}
