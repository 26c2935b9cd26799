"""The forms of many insights at once: a short list, and a file."""

from collections.abc import Sequence
from hashlib import sha256

from flask_wtf import FlaskForm
from wtforms import Form
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from involve.i18n import lazy_gettext as _l
from involve.services.insights.insight_draft import LONGEST_INSIGHT, InsightDraft
from involve.services.insights.insight_upload import LARGEST_FILE, MOST_LINES, MOST_ROWS
from involve.services.insights.insights import Habits, notice_personal
from involve.vocabulary.bilingual import Bilingual
from involve.web.fields import (
    OneOfField,
    PickField,
    TickField,
    UploadField,
    WordsField,
)
from involve.web.insights.forms import (
    CHOOSE,
    SentOnceForm,
    area_choices,
    how_choices,
    project_choices,
    usual_project,
)

Projects = Sequence[tuple[str, Bilingual]]
NO_LINE = _l("Write at least one line")
TOO_MANY = _l("At most 10 lines at once: log the others afterwards, or send a file")
LINE_TOO_LONG = _l("At most 2,000 characters in a line")
NO_FILE = _l("Choose a file")


class SeveralForm(SentOnceForm):
    """One insight to a line; how directly and where are said once, of all of them."""

    project = PickField(_l("For which project?"), [InputRequired(CHOOSE)])
    lines = WordsField(
        _l("What do you keep hearing? One thing to a line"),
        [DataRequired(NO_LINE)],
        limit=MOST_LINES * (LONGEST_INSIGHT + 2),
        description=_l("Up to 10 lines of up to 2,000 characters each. Do not name anyone."),
    )
    how = OneOfField(_l("How directly?"), [Optional()], default="")
    area = PickField(_l("Which area?"), [Optional()])
    wants_letter = TickField(_l("E-mail me when it is answered"))

    def __init__(self, projects: Projects, habits: Habits) -> None:
        super().__init__(
            data={
                "project": usual_project(projects, habits),
                "area": habits.area or "",
                "wants_letter": habits.wants_letter,
            }
        )
        self.project.choices = project_choices(projects, habits)
        self.how.choices = how_choices()
        self.area.choices = area_choices(habits.area)
        self.give_number()

    @property
    def said(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in (self.lines.data or "").splitlines() if line.strip()]

    def validate_lines(self, _field: object) -> None:
        """Refuse too many lines, and one that is too long."""
        if len(self.said) > MOST_LINES:
            raise ValidationError(TOO_MANY)
        if any(len(line) > LONGEST_INSIGHT for line in self.said):
            raise ValidationError(LINE_TOO_LONG)

    @property
    def drafts(self) -> tuple[InsightDraft, ...]:
        """What is to be kept."""
        how, area = self.how.data or None, self.area.data or None
        wants = bool(self.wants_letter.data)
        return tuple(
            InsightDraft(self.project.data, line, how=how, area=area, wants_letter=wants)
            for line in self.said
        )

    def notice(self) -> list[tuple[str, list[tuple[int, int]]]]:
        """Return the lines that seem to name someone, with the places, unless their author was shown exactly those."""
        found = [(line, [(each.start, each.end) for each in notice_personal(line)]) for line in self.said]
        named = [(line, places) for line, places in found if places]
        mark = sha256("\0".join(line for line, _ in named).encode("utf-8", "replace")).hexdigest()[:16]
        if not named or self.seen.data == mark:
            return []
        self.seen.data = mark
        return named


class FileForm(FlaskForm):  # type: ignore[misc]
    """A CSV file of insights."""

    project = PickField(_l("For which project?"), [InputRequired(CHOOSE)])
    table = UploadField(
        _l("CSV file"),
        description=_l("At most %(rows)s lines and %(size)s kB.", rows=MOST_ROWS, size=LARGEST_FILE // 1000),
    )
    wants_letter = TickField(_l("E-mail me when it is answered"))
    named_too = TickField(
        _l("Log lines that seem to name someone too: I have checked that they identify nobody")
    )

    def __init__(self, projects: Projects, habits: Habits) -> None:
        super().__init__(
            data={"project": usual_project(projects, habits), "wants_letter": habits.wants_letter}
        )
        self.project.choices = project_choices(projects, habits)

    def validate_table(self, _field: Form) -> None:
        """Refuse a form without a file."""
        if not getattr(self.table.data, "filename", ""):
            raise ValidationError(NO_FILE)
