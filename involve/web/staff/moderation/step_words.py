"""The words for what moderators did and for what their teller reads of it."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from involve.i18n import gettext, ngettext
from involve.services.moderation.judgements import Step
from involve.services.moderation.staff_story import AgreedWording
from involve.text.redaction import mark_of
from involve.vocabulary.personal_kinds import PERSONAL_KINDS
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


@blueprint.app_template_filter("span_list")
def span_list(places: Iterable[tuple[int, int]]) -> str:
    """Return places in a text as the script reads them."""
    return json.dumps([{"start": start, "end": end} for start, end in places])


@blueprint.app_template_filter("wording_list")
def wording_list(wordings: Iterable[AgreedWording]) -> str:
    """Return the words that a teller agreed to as the script reads them."""
    return json.dumps([asdict(each) for each in wordings], ensure_ascii=False)


@blueprint.app_template_global("marks_of_kinds")
def marks_of_kinds() -> str:
    """Return the mark that stands for each kind of hidden words, as the script reads them."""
    return json.dumps({kind.id: mark_of(kind.id) for kind in PERSONAL_KINDS}, ensure_ascii=False)


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
