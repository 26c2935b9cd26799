"""The box for an e-mail address or a number: it asks for what this site can write to, and says what is wrong."""

from collections.abc import Mapping
from typing import Any

import wtforms
from wtforms.validators import StopValidation

from involve.errors import ContactRefused
from involve.i18n import lazy_gettext as _l
from involve.services.tellers.reach import read_reach, spell_reach
from involve.settings import Settings
from involve.web.fields import LineField

# What would make one address several, or add lines to the head of a letter.
PARTING = frozenset(',;<>"\r\n\t ')
SEVERAL = _l("Write one address only, on one line, without commas or spaces")
NO_TEXTS = _l("No text can be sent to this number: write the number of a mobile phone")
TEXTS_ONLY = _l("This site sends text messages only: write a mobile number")
COUNTRY_HINT = _l("A number without a country code is taken as one in the United Kingdom.")
# By what this site can write to.
EXAMPLES = {
    "email": _l("Write an e-mail address, for example name@example.org"),
    "text": _l("Write a mobile number, for example 07700 900123"),
    "both": _l("Write an e-mail address or a mobile number, for example name@example.org or 07700 900123"),
}
LABELS = {
    "email": _l("Your e-mail address"),
    "text": _l("Your mobile number"),
    "both": _l("Your e-mail address or mobile number"),
}
# What a browser may help with.
BOXES: Mapping[str, Mapping[str, str]] = {
    "email": {"type": "email", "autocomplete": "email", "spellcheck": "false"},
    "text": {"type": "tel", "autocomplete": "tel", "spellcheck": "false"},
    "both": {"type": "text", "autocomplete": "email", "spellcheck": "false"},
}


def offered_channels(settings: Settings) -> tuple[str, ...]:
    """Return the channels that people are asked for: those that are set up; without any, e-mails wait until one is."""
    return tuple(settings.carriers) or ("email",)


def name_channels(settings: Settings) -> str:
    """Return "email", "text" or "both"."""
    channels = offered_channels(settings)
    return "both" if len(channels) > 1 else channels[0]


class ReachField(LineField):
    """An e-mail address or a number, of the channels that `offer` names; `data` becomes as its owner reads it."""

    offered: tuple[str, ...] = ("email",)
    kind = "email"

    def offer(self, settings: Settings) -> None:
        """Ask for what this site can write to."""
        self.offered, self.kind = offered_channels(settings), name_channels(settings)
        self.render_kw = dict(BOXES[self.kind])

    def pre_validate(self, form: wtforms.Form) -> None:
        """Refuse what is no address or number, or more than one. Nothing at all is for validators to say."""
        super().pre_validate(form)
        typed = self.data or ""
        if not typed:
            return
        if "@" in typed and PARTING & set(typed):
            raise StopValidation(SEVERAL)
        try:
            self.data = spell_reach(read_reach(typed, self.offered).address)
        except ContactRefused as error:
            raise StopValidation(self._explain(error)) from None

    def _explain(self, error: ContactRefused) -> Any:
        said: Mapping[str, Any] = {"no_texts": NO_TEXTS, "email": TEXTS_ONLY}
        return said.get(str(error)) or EXAMPLES[self.kind]


class NeedsReach:
    """Refuses an empty box, and says what to write into it."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __call__(self, _form: wtforms.Form, field: ReachField) -> None:
        """Refuse an empty box."""
        if not field.data:
            raise StopValidation(EXAMPLES[field.kind])
