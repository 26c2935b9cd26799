"""The rows of a form in which staff say what else could have been decided; buttons add and remove them, no script."""

from collections.abc import Iterator, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import Length, Optional

from involve.i18n import lazy_gettext as _l
from involve.services.deciding.considered import (
    LONGEST_OPTION,
    LONGEST_WHY,
    MOST_OPTIONS,
    Considered,
)
from involve.vocabulary.bilingual import Bilingual
from involve.web.fields import LineField, TickField, WordsField, read_number

TOO_MANY = _l("At most 8 options: remove one")
WHOLE = _l("Write the option and its reason in both languages, or remove it")
_TEXT = [Optional(), Length(max=LONGEST_OPTION, message=_l("At most 300 characters"))]
_UP_TO = _l("At most 300 characters.")
# More rows than anybody was offered are not even read.
MOST_READ = 2 * MOST_OPTIONS


class OptionRow(Form):  # type: ignore[misc]
    """One option in both languages, chosen or not, and why."""

    text_cy = LineField(_l("The option in Welsh"), _TEXT, description=_UP_TO)
    text_en = LineField(_l("The option in English"), _TEXT, description=_UP_TO)
    chosen = TickField(_l("This was chosen"))
    reason_cy = WordsField(_l("Why it was chosen or was not, in Welsh"), [Optional()], limit=LONGEST_WHY)
    reason_en = WordsField(_l("Why it was chosen or was not, in English"), [Optional()], limit=LONGEST_WHY)

    @property
    def words(self) -> tuple[Any, ...]:
        """The fields that hold words."""
        return (self.text_cy, self.text_en, self.reason_cy, self.reason_en)

    @property
    def empty(self) -> bool:
        """Whether nothing was written; such a row says nothing."""
        return not any((field.data or "").strip() for field in self.words)

    @property
    def considered(self) -> Considered:
        """What was written."""
        text = Bilingual(self.text_cy.data or "", self.text_en.data or "")
        return Considered(
            text, self.chosen.data, Bilingual(self.reason_cy.data or "", self.reason_en.data or "")
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Say also where words are missing."""
        valid = bool(super().validate(extra_validators))
        if self.empty:
            return valid
        for field in self.words:
            if not (field.data or "").strip():
                field.errors, valid = [WHOLE], False
        return valid


class OptionRows:
    """The rows of a form as they were sent, or as a decision has them; `problems` are those of all rows."""

    def __init__(self, sent: MultiDict[str, str] | None, options: Sequence[Considered] = ()) -> None:
        self.many = False
        if sent is None:
            self.rows = [_row(place, option) for place, option in enumerate(options)]
            return
        kept = [place for place in range(_count(sent)) if sent.get("row") != f"remove-{place}"]
        if sent.get("row") == "add" and len(kept) < MOST_OPTIONS:
            kept.append(MOST_READ)
        self.rows = [_sent_row(sent, at, place) for at, place in enumerate(kept)]

    def __iter__(self) -> Iterator[OptionRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def full(self) -> bool:
        """Whether no row can be added."""
        return len(self.rows) >= MOST_OPTIONS

    @property
    def options(self) -> tuple[Considered, ...]:
        """What was written in the rows that are not empty."""
        return tuple(row.considered for row in self.rows if not row.empty)

    def validate(self) -> bool:
        """Return whether nothing is wrong with any row, nor with how many there are."""
        found = [row.validate() for row in self.rows]
        self.many = len(self.options) > MOST_OPTIONS
        return all(found) and not self.many

    @property
    def problems(self) -> list[tuple[str, object]]:
        """What went wrong, each with where on the page."""
        wrong = [(f"#{field.id}", field.errors[0]) for row in self.rows for field in row if field.errors]
        return [*([("#options", TOO_MANY)] if self.many else []), *wrong]


def _count(sent: MultiDict[str, str]) -> int:
    """Return how many rows were sent."""
    return read_number(sent.get("rows"), MOST_READ)


def _row(place: int, option: Considered) -> OptionRow:
    """Return the row of an option."""
    values = {
        "text_cy": option.text.cy,
        "text_en": option.text.en,
        "chosen": option.chosen,
        "reason_cy": option.reason.cy,
        "reason_en": option.reason.en,
    }
    return OptionRow(prefix=f"option-{place}-", data=values)


def _sent_row(sent: MultiDict[str, str], at: int, place: int) -> OptionRow:
    """Return the row that was sent at *place*, as the row that now stands *at* another."""
    row = OptionRow(sent, prefix=f"option-{place}-")
    return row if at == place else OptionRow(prefix=f"option-{at}-", data=row.data)
