"""The form of an insight: one page, one box that must be filled, and what was chosen last time offered first."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, InputRequired, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.insights.insight_draft import LONGEST_IDEA, LONGEST_INSIGHT, InsightDraft
from involve.services.insights.insight_views import InsightView
from involve.services.insights.insights import Habits, notice_personal
from involve.vocabulary.areas import AREAS, find_area
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.insights import BANDS, HOW
from involve.web.fields import HiddenField, OneOfField, PickField, TickField, WordsField, choice

NOT_EMPTY = _l("Write what you keep hearing. One sentence is enough.")
NO_AREA = _l("No one area")
CHOOSE = _l("Choose a project")
Noticed = dict[str, list[tuple[int, int]]]


class SentOnceForm(FlaskForm):  # type: ignore[misc]
    """A form that has a number of its own, so that what is sent twice is kept once."""

    client_id = HiddenField()
    # Which personal details the author was shown before they pressed again.
    seen = HiddenField()

    def give_number(self) -> None:
        """Give it a number, unless it came back with one."""
        try:
            UUID(self.client_id.data or "")
        except ValueError:
            self.renew()

    def renew(self) -> None:
        """Make the next sending one of its own."""
        self.client_id.data = str(uuid4())


class InsightForm(SentOnceForm):
    """What I keep hearing. Only the words are needed; `number` travels along where somebody counted."""

    project = PickField(_l("For which project?"), [InputRequired(CHOOSE)])
    text = WordsField(
        _l("What do you keep hearing?"),
        [DataRequired(NOT_EMPTY)],
        limit=LONGEST_INSIGHT,
        description=_l("In your own words, Welsh or English. Up to 2,000 characters. Do not name anyone."),
    )
    band = OneOfField(_l("From about how many people?"), [Optional()], default="")
    how = OneOfField(_l("How directly?"), [Optional()], default="")
    area = PickField(_l("Which area?"), [Optional()])
    idea = WordsField(
        _l("What would you try? (optional)"),
        [Optional()],
        limit=LONGEST_IDEA,
        description=_l("Up to 1,000 characters."),
    )
    wants_letter = TickField(_l("E-mail me when it is answered"))

    def __init__(
        self,
        projects: Sequence[tuple[str, Bilingual]],
        habits: Habits,
        like: InsightView | None = None,
        whole: bool = False,
    ) -> None:
        super().__init__(data=_first_answers(projects, habits, like, whole))
        language = page_language()
        self.project.choices = project_choices(projects, habits)
        self.band.choices = [
            *(choice(band.id, band.name.in_language(language)) for band in BANDS),
            choice("", _l("Not counted")),
        ]
        self.how.choices = how_choices()
        self.area.choices = area_choices(habits.area)
        self.give_number()

    def draft(self, people: int | None = None) -> InsightDraft:
        """Return what is to be kept; *people* is a number that an earlier form of it had."""
        return InsightDraft(
            project=self.project.data,
            text=self.text.data or "",
            people=people,
            band=self.band.data or None,
            how=self.how.data or None,
            area=self.area.data or None,
            idea=self.idea.data or "",
            wants_letter=bool(self.wants_letter.data),
        )

    def notice(self) -> Noticed | None:
        """Return where the words seem to name someone, unless their author has been shown exactly that."""
        typed = {"text": self.text.data or "", "idea": self.idea.data or ""}
        noticed = {
            name: [(each.start, each.end) for each in notice_personal(words)] for name, words in typed.items()
        }
        if not any(noticed.values()):
            return None
        found = "\0".join(typed[name][start:end] for name, places in noticed.items() for start, end in places)
        mark = sha256(found.encode("utf-8", "replace")).hexdigest()[:16]
        if self.seen.data == mark:
            return None
        self.seen.data = mark
        return noticed


def _first_answers(
    projects: Sequence[tuple[str, Bilingual]], habits: Habits, like: InsightView | None, whole: bool
) -> dict[str, object]:
    """Return what stands in the form when it is opened: what was chosen last, or what another insight says."""
    project = usual_project(projects, habits)
    if like is None:
        return {"project": project, "area": habits.area or "", "wants_letter": habits.wants_letter}
    answers: dict[str, object] = {
        "project": like.project_slug,
        "area": like.area or "",
        "band": like.band or "",
        "how": like.how or "",
        "wants_letter": like.wants_letter,
    }
    return {**answers, "text": like.text, "idea": like.idea} if whole else answers


def usual_project(projects: Sequence[tuple[str, Bilingual]], habits: Habits) -> str:
    """Return the project that was chosen last, or the only one; with several, nobody chooses for anybody."""
    known = [slug for slug, _name in projects]
    return habits.project if habits.project in known else known[0] if len(known) == 1 else ""


def project_choices(projects: Sequence[tuple[str, Bilingual]], habits: Habits) -> list[object]:
    """Return the projects by name, below an empty line where one has still to be chosen."""
    names = [choice(slug, name.in_language(page_language())) for slug, name in projects]
    return names if usual_project(projects, habits) or not names else [choice("", CHOOSE), *names]


def how_choices() -> list[object]:
    """Return how directly something was heard, and that nobody said."""
    language = page_language()
    return [*(choice(how.id, how.name.in_language(language)) for how in HOW), choice("", _l("Not said"))]


def area_choices(last: str | None) -> list[object]:
    """Return the areas by name, the one that was chosen last before all others."""
    language = page_language()
    names = sorted((area.name.in_language(language), area.gss) for area in AREAS if area.gss != last)
    first = [choice(last, find_area(last).name.in_language(language))] if last else []
    return [*first, choice("", NO_AREA), *(choice(gss, name) for name, gss in names)]
