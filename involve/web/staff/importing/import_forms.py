"""The forms of a file that is brought in: which file for which project, and what is what in it."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Form
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from involve.i18n import gettext, page_language
from involve.i18n import lazy_gettext as _l
from involve.services.evidence.import_plan import LONGEST_KEY, ImportPlan
from involve.services.importing.columns import FIELDS, INSIGHT_FIELDS, guess_columns
from involve.services.importing.uploads import ImportView
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.consents import USES
from involve.web.fields import LineField, OneOfField, PickField, SomeOfField, UploadField, choice
from involve.web.staff.importing.import_words import MEGABYTES, ROWS

CHOOSE_PROJECT = _l("Choose a project")
CHOOSE_COLUMN = _l("Choose the column of the stories")
NO_FILE = _l("Choose a file")
TWICE = _l("This column is chosen for something else too")
SECOND_HAND = _l("An insight is second-hand: nobody’s agreement goes with it")
TOLD = {
    "own": _l("In people’s own words"),
    "on_behalf": _l("On behalf of others, with their permission"),
    "insight": _l("Insights: what staff keep hearing, second-hand"),
}
# What people may have agreed to beside being read.
MORE_USES = tuple(use for use in USES if not use.required)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class SendForm(FlaskForm):  # type: ignore[misc]
    """A file, and the project that it is for."""

    project = PickField(_l("For which project?"), [InputRequired(CHOOSE_PROJECT)])
    table = UploadField(
        _l("The file"),
        description=_l(
            "CSV, Excel (XLSX), OpenDocument (ODS) or JSON Lines, with at most %(rows)s rows and %(size)s MB.",
            rows=ROWS,
            size=MEGABYTES,
        ),
    )

    def __init__(self, projects: Sequence[tuple[str, Bilingual]], wanted: str = "") -> None:
        super().__init__(data={"project": wanted})
        language = page_language()
        names = sorted((name.in_language(language), slug) for slug, name in projects)
        first = [] if len(names) == 1 else [choice("", gettext("Choose a project"))]
        self.project.choices = [*first, *(choice(slug, name) for name, slug in names)]

    def validate_table(self, _field: Form) -> None:
        """Refuse a form without a file."""
        if not getattr(self.table.data, "filename", ""):
            raise ValidationError(NO_FILE)


class ColumnsForm(FlaskForm):  # type: ignore[misc]
    """Which column is what, where the stories come from, and what the people agreed to."""

    text = PickField(_l("Which column holds the stories?"), [InputRequired(CHOOSE_COLUMN)])
    id = PickField(
        _l("Which column holds the number or id of each row?"),
        [Optional()],
        description=_l(
            "By it a row is known again that came before. Without one, it is known by its words. It is not shown."
        ),
    )
    source = LineField(
        _l("Where do they come from?"),
        [DataRequired(_l("Say where they come from")), Length(max=LONGEST_KEY)],
        description=_l(
            "For example the name of the survey. Write the same for the next file of it, so that no story comes twice."
        ),
    )
    told_as = OneOfField(_l("Whose words are they?"), [InputRequired(_l("Say whose words they are"))])
    uses = SomeOfField(
        _l("What did the people agree to, beside being read?"),
        description=_l(
            "Tick only what each of them agreed to. You answer for it, and the audit trail says that it was you. "
            "Where nobody agreed to publishing, no story is published."
        ),
    )
    people = PickField(_l("About how many people"), [Optional()])
    how = PickField(_l("How directly it was heard"), [Optional()])
    area = PickField(_l("Area"), [Optional()])
    # `try` is a word of Python.
    idea = PickField(_l("What they would try"), [Optional()])

    def __init__(self, view: ImportView, rows: Sequence[list[str]]) -> None:
        super().__init__(data=_known(view, rows))
        language = page_language()
        named = [choice(str(at), column_name(at, view.columns)) for at in range(len(view.columns))]
        self.text.choices = [choice("", gettext("Choose a column")), *named]
        for field in (self.id, self.people, self.how, self.area, self.idea):
            field.choices = [choice("", gettext("No column")), *named]
        self.told_as.choices = [choice(value, label) for value, label in TOLD.items()]
        self.uses.choices = [choice(use.id, use.label.in_language(language)) for use in MORE_USES]

    def validate_id(self, field: Form) -> None:
        """Refuse one column for two things."""
        if field.data and field.data == self.text.data:
            raise ValidationError(TWICE)

    def validate_uses(self, field: Form) -> None:
        """Refuse agreement that nobody could have given."""
        if field.data and self.told_as.data == "insight":
            raise ValidationError(SECOND_HAND)

    @property
    def places(self) -> dict[str, int]:
        """Which column is what."""
        chosen = {name: self[_field_of(name)].data for name in (*FIELDS, *INSIGHT_FIELDS)}
        return {name: int(at) for name, at in chosen.items() if at}

    def plan(self, project: str) -> ImportPlan:
        """Return what was said of the file."""
        uses = frozenset({"read", *(self.uses.data or ())})
        return ImportPlan(project, self.source.data or "", self.told_as.data, uses)


def column_name(at: int, columns: Sequence[str]) -> str:
    """Return the name of a column with its letters, as spreadsheets show them: A, B … AA."""
    letters = (
        LETTERS[at] if at < len(LETTERS) else LETTERS[at // len(LETTERS) - 1] + LETTERS[at % len(LETTERS)]
    )
    return f"{letters}: {columns[at]}" if columns[at] else letters


def _known(view: ImportView, rows: Sequence[list[str]]) -> dict[str, Any]:
    """Return what was said of the file before, or what can be guessed."""
    places: Mapping[str, int] = view.places or guess_columns(view.columns, [(0, row) for row in rows])
    columns = {_field_of(name): str(at) for name, at in places.items()}
    if view.plan is None:
        return {**columns, "source": PurePath(view.name).stem[:LONGEST_KEY]}
    said = {
        "source": view.plan.source,
        "told_as": view.plan.told_as,
        "uses": sorted(view.plan.uses - {"read"}),
    }
    return {**columns, **said}


def _field_of(name: str) -> str:
    """Return the field of the form for what a column holds."""
    return "idea" if name == "try" else name
