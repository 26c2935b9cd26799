"""The words for what moderators did and for what their teller reads of it."""

from involve.i18n import gettext, ngettext
from involve.services.judgements import Step
from involve.web.staff import blueprint


@blueprint.app_template_filter("step_name")
def step_name(step: Step) -> str:
    """Return in words what was done in a step."""
    if step.pending:
        return gettext("To be declined, when a second person agrees")
    names = {
        "redacted": gettext("What is hidden was changed"),
        "published": gettext("Published"),
        "held": gettext("Held back"),
        "declined": gettext("Declined"),
    }
    return names[step.verdict]


@blueprint.app_template_global("sentence_hint")
def sentence_hint(language: str, longest: int) -> str:
    """Return in which language a moderator writes to a teller, and how much."""
    if language == "cy":
        return ngettext(
            "In Welsh, which the teller chose. At most %(num)s character.",
            "In Welsh, which the teller chose. At most %(num)s characters.",
            longest,
        )
    return ngettext(
        "In English, which the teller chose. At most %(num)s character.",
        "In English, which the teller chose. At most %(num)s characters.",
        longest,
    )
