"""The forms by which a project is set up, one for each section; nothing is demanded until it is announced."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import AnyOf, InputRequired, Length, Optional, Regexp

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.projects.project_drafts import ANSWER_DAYS, CONTINUOUS, read_day
from involve.services.projects.projects import LONGEST_SLUG
from involve.vocabulary.goals import GOALS
from involve.vocabulary.influence import find_influence
from involve.vocabulary.ladders import LADDERS
from involve.web.fields import (
    DayField,
    HiddenField,
    LineField,
    OneOfField,
    PickField,
    SomeOfField,
    WordsField,
    choice,
)
from involve.web.staff.forms import NEEDED

LONGEST_NAME, LONGEST_WORDS = 150, 1_000
_NAME = [Optional(), Length(max=LONGEST_NAME, message=_l("At most 150 characters"))]
_NUMBER = [Optional(), Regexp(r"\d{1,7}\Z", message=_l("Write a whole number, with digits only"))]
_AT_MOST = _l("At most 1,000 characters.")


RHYTHMS = (
    ("ends", _l("Yes, on a day")),
    (CONTINUOUS, _l("No, it is a continuous dialogue")),
)
REPORTS = (
    ("1", _l("Every month")),
    ("3", _l("Every three months")),
    ("6", _l("Every six months")),
    ("12", _l("Every year")),
)


def _words(label: object) -> WordsField:
    return WordsField(label, [Optional()], limit=LONGEST_WORDS, description=_AT_MOST)


class StartForm(FlaskForm):  # type: ignore[misc]
    """The body whose project it is, and its address."""

    body = OneOfField(_l("Whose project is it?"), [InputRequired(_l("Choose an organisation"))])
    slug = LineField(
        _l("The project’s address"),
        [InputRequired(NEEDED), Length(max=LONGEST_SLUG, message=_l("At most 80 characters"))],
        description=_l(
            "It stands in links in both languages and never changes. Small letters without accents, digits and single "
            "hyphens, for example bysiau-2027. At most 80 characters."
        ),
    )


class SectionForm(FlaskForm):  # type: ignore[misc]
    """A section; `version` is that of the draft when the page was opened."""

    version = HiddenField()

    @property
    def values(self) -> dict[str, str]:
        """What was written, as text."""
        return {
            field.name: _as_text(field.data) for field in self if field.name not in ("version", "csrf_token")
        }


def _as_text(value: Any) -> str:
    """Return the value of a field as a draft keeps it."""
    if isinstance(value, list):
        return ",".join(value)
    return str(value.isoformat() if hasattr(value, "isoformat") else value or "")


class AboutForm(SectionForm):
    """What the project is called and what it is about."""

    name_cy = LineField(_l("Name in Welsh"), _NAME, description=_l("At most 150 characters."))
    name_en = LineField(_l("Name in English"), _NAME, description=_l("At most 150 characters."))
    summary_cy = _words(_l("What it is about, in Welsh"))
    summary_en = _words(_l("What it is about, in English"))


class ProblemForm(SectionForm):
    """What the problem is, and who says so."""

    problem_cy = _words(_l("What the problem is, in Welsh"))
    problem_en = _words(_l("What the problem is, in English"))
    source_cy = _words(_l("Who says so, in Welsh"))
    source_en = _words(_l("Who says so, in English"))


class GoalsForm(SectionForm):
    """Which of the seven goals the project serves, and which of the body's own objectives."""

    goals = SomeOfField(_l("Which well-being goals does it serve?"), [Optional()])
    aims_cy = _words(_l("Which of your well-being objectives, in Welsh"))
    aims_en = _words(_l("Which of your well-being objectives, in English"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        chosen = [each for each in str(data.get("goals", "")).split(",") if each]
        super().__init__(data={**data, "goals": chosen})
        language = page_language()
        self.goals.choices = [choice(goal.id, goal.name.in_language(language)) for goal in GOALS]


class PartnersForm(SectionForm):
    """Who helps to reach people, and what they are given for it."""

    partners_cy = _words(_l("Your partners, in Welsh"))
    partners_en = _words(_l("Your partners, in English"))
    outreach_hours = LineField(
        _l("Hours of your staff for their outreach"), _NUMBER, description=_l("A whole number.")
    )
    outreach_pounds = LineField(
        _l("Money for their outreach, in pounds"), _NUMBER, description=_l("A whole number.")
    )


class PeopleForm(SectionForm):
    """Who reads what people send, and who answers in each language."""

    reader = LineField(
        _l("Who reads the stories"), _NAME, description=_l("A name or a post. Only staff see it.")
    )
    answerer_cy = LineField(_l("Who answers in Welsh"), _NAME)
    answerer_en = LineField(_l("Who answers in English"), _NAME)


class AgainForm(SectionForm):
    """Why people are asked, although they have already told the body much."""

    again_cy = _words(_l("Why you ask again, in Welsh"))
    again_en = _words(_l("Why you ask again, in English"))


class StageForm(SectionForm):
    """One stage: its question, its rung, what can still change, who is invited, and its dates."""

    ladder_rung = PickField(_l("The rung that you promise"), [Optional()])
    question_cy = _words(_l("The question, in Welsh"))
    question_en = _words(_l("The question, in English"))
    undecided_cy = _words(_l("What is open to change, in Welsh"))
    undecided_en = _words(_l("What is open to change, in English"))
    decided_cy = _words(_l("What is already decided, in Welsh"))
    decided_en = _words(_l("What is already decided, in English"))
    invited_cy = _words(_l("Who is invited, in Welsh"))
    invited_en = _words(_l("Who is invited, in English"))
    opens_on = DayField(_l("Opens on"), [Optional()])
    rhythm = OneOfField(_l("Does it end?"), [Optional()])
    closes_on = DayField(
        _l("Closes on"), [Optional()], description=_l("Leave this empty for a continuous dialogue.")
    )
    answer_by = DayField(
        _l("Everyone is answered by"),
        [Optional()],
        description=_l("Leave this empty for a continuous dialogue."),
    )
    answer_days = LineField(
        _l("In a continuous dialogue: within how many days is each story answered?"),
        [Optional(), AnyOf(list(map(str, ANSWER_DAYS)), message=_l("Write a whole number from 7 to 90"))],
        description=_l("A whole number from 7 to 90."),
    )
    report_months = PickField(
        _l("In a continuous dialogue: how often do you say in public what you heard and decided?"),
        [Optional()],
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        days = {name: read_day(str(data.get(name, ""))) for name in ("opens_on", "closes_on", "answer_by")}
        super().__init__(data={"rhythm": "ends", **data, **days})
        self.rhythm.choices = [choice(*each) for each in RHYTHMS]
        self.report_months.choices = [choice("", _l("Choose")), *(choice(*each) for each in REPORTS)]
        language = page_language()
        self.ladder_rung.choices = [choice("", _l("Choose"))] + [
            choice(
                f"{ladder.id}:{rung.id}",
                f"{ladder.name.in_language(language)}: {rung.name.in_language(language)} "
                f"({find_influence(rung.influence).name.in_language(language)})",
            )
            for ladder in LADDERS
            for rung in ladder.rungs
            if rung.influence != "none"
        ]


FORMS = {
    "about": AboutForm,
    "problem": ProblemForm,
    "people": PeopleForm,
    "partners": PartnersForm,
    "again": AgainForm,
}
