"""The questions about the meaning of a story as fields of a form: a triad, a scale, a choice, how common it is."""

from collections.abc import Mapping
from typing import Any

import wtforms
from wtforms.utils import unset_value
from wtforms.validators import Optional, StopValidation

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.projects.signifiers import Signified, SignifierView, Triple, settle_triad
from involve.vocabulary.signifiers import DOES_NOT_FIT
from involve.web.fields import UNREADABLE_CHARACTERS, OneOfField, choice

CORNERS = ("a", "b", "c")
NO_FIT = "no-fit"
TENTHS = range(11)
LONGEST_NUMBER = 8
OUTSIDE = _l(
    "That place is not inside the triangle. Give each corner a number, 0 or more, and at least one of them more than 0."
)


class TriadField(wtforms.Field):
    """Three numbers, however they were chosen, or "does not fit": NAME-a, NAME-b, NAME-c and NAME-fit.

    `data` is the settled triple, None where nothing was chosen; `typed` keeps what was typed.
    """

    def __init__(self, label: object, signifier: SignifierView, **options: Any) -> None:
        self.signifier = signifier
        super().__init__(label, [Optional()], **options)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its boxes."""
        return tuple(f"{self.name}-{each}" for each in (*CORNERS, "fit"))

    @property
    def anchor(self) -> str:
        """The id of the box that a line of the error summary leads to."""
        return f"{self.name}-a"

    @property
    def boxes(self) -> list[tuple[str, str, str]]:
        """The name, the label and the typed number of each corner."""
        language = page_language()
        return [
            (f"{self.name}-{corner}", label.name.in_language(language), self.typed[corner])
            for corner, label in zip(CORNERS, self.signifier.labels, strict=True)
        ]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the three numbers from a form."""
        self.process_errors: list[Any] = []
        self.object_data = self.data = None
        sent: Mapping[str, str] = formdata or {}
        self.typed = {
            corner: UNREADABLE_CHARACTERS.sub("", sent.get(f"{self.name}-{corner}") or "").strip()
            for corner in CORNERS
        }
        self.fits = not sent.get(f"{self.name}-fit")
        # Optional() looks here to tell an empty answer.
        self.raw_data = [" ".join(self.typed.values()).strip()]

    def pre_validate(self, _form: wtforms.Form) -> None:
        """Settle the numbers, or say that they are no place in the triangle."""
        self.data = None
        if not self.fits or not any(self.typed.values()):
            return
        try:
            self.data = settle_triad([_number(text) for text in self.typed.values()])
        except (BadInput, ValueError, OverflowError):
            raise StopValidation(OUTSIDE) from None

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Check it, also where it is empty, so that what was settled before does not stay."""
        self.errors = []
        try:
            self.pre_validate(form)
        except StopValidation as refused:
            self.errors = [refused.args[0]]
        return not self.errors


def field_name(signifier: SignifierView) -> str:
    """Return the name of the field of a signifier."""
    return f"meaning-{signifier.key}"


def signifier_field(signifier: SignifierView) -> Any:
    """Return the (unbound) field by which a signifier is answered, in the page's language."""
    language = page_language()
    question = signifier.question.in_language(language)
    if signifier.kind == "triad":
        return TriadField(question, signifier)
    none = choice(NO_FIT, DOES_NOT_FIT.in_language(language))
    if signifier.kind == "scale":
        first, last = (label.name.in_language(language) for label in signifier.labels)
        places = [choice(str(10 * at), str(at)) for at in TENTHS]
        ends = _l("0: %(first)s. 10: %(last)s.", first=first, last=last)
        return OneOfField(question, [Optional()], choices=[*places, none], description=ends)
    answers = [choice(label.id, label.name.in_language(language)) for label in signifier.labels]
    return OneOfField(question, [Optional()], choices=[*answers, none])


def signified_by(signifier: SignifierView, field: Any) -> Signified | None:
    """Return what a checked field says, or None where the question was skipped."""
    if signifier.kind == "triad":
        triad: Triple | None = field.data
        return Signified(triad=triad) if triad else None if field.fits else Signified(fits=False)
    if field.data in (None, "", "None"):
        return None
    if field.data == NO_FIT:
        return Signified(fits=False)
    if signifier.kind == "scale":
        return Signified(place=int(field.data))
    return Signified(answer=field.data)


def _number(text: str) -> float:
    """Return a typed number; an empty box is nought, and a comma may part the decimals.

    Raises:
        ValueError: it is none.
    """
    if not text:
        return 0
    if len(text) > LONGEST_NUMBER:
        raise ValueError(text)
    return float(text.replace(",", ".").replace("%", ""))
