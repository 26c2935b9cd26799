"""The form of what a project states: by what right it uses stories, who is responsible, how long it keeps them."""

from collections.abc import Mapping
from typing import Any

from wtforms.validators import AnyOf, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.projects.privacy import KEEP_MONTHS, NO, YES
from involve.vocabulary.lawful import BASES, CONDITIONS, Ground
from involve.web.fields import LineField, OneOfField, WordsField, choice
from involve.web.staff.projects.set_up_forms import LONGEST_WORDS, SectionForm

_AT_MOST = _l("At most 1,000 characters.")


def _words(label: object, hint: object = _AT_MOST) -> WordsField:
    return WordsField(label, [Optional()], limit=LONGEST_WORDS, description=hint)


class PrivacyForm(SectionForm):
    """Nothing is chosen beforehand: each body judges for itself, and consent is never assumed."""

    basis = OneOfField(_l("On which lawful basis do you use stories?"), [Optional()])
    rests_on_cy = _words(_l("Which task, power or reason it rests on, in Welsh"))
    rests_on_en = _words(_l("Which task, power or reason it rests on, in English"))
    condition = OneOfField(
        _l("On which condition do you use sensitive information in stories?"),
        [Optional()],
        description=_l(
            "People tell of health, belief and family even if nobody asks, so a condition is always needed."
        ),
    )
    controller_cy = _words(_l("Who is responsible for the stories (the controller), in Welsh"))
    controller_en = _words(_l("Who is responsible for the stories (the controller), in English"))
    officer_cy = _words(_l("How to reach your data protection officer, in Welsh"))
    officer_en = _words(_l("How to reach your data protection officer, in English"))
    keep_months = LineField(
        _l("How many months after the project’s end are original words erased?"),
        [Optional(), AnyOf(list(map(str, KEEP_MONTHS)), message=_l("Write a whole number from 1 to 120"))],
        description=_l(
            "A whole number from 1 to 120. The end is the day by which the last stage is answered. Once someone has "
            "told a story, this can be made shorter but not longer."
        ),
    )
    keep_published = OneOfField(_l("Do published stories stay public after that?"), [Optional()])

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data=data)
        self.basis.choices = list(map(_offered, BASES))
        self.condition.choices = list(map(_offered, CONDITIONS))
        self.keep_published.choices = [
            choice(YES, _l("Yes, in their published form, until their tellers take them back")),
            choice(NO, _l("No, they are taken down")),
        ]


def _offered(ground: Ground) -> Any:
    """Return a basis or condition to choose, with where it stands in law and when it fits."""
    language = page_language()
    hint = f"{ground.law.in_language(language)}. {ground.advice.in_language(language)}"
    return choice(ground.id, ground.name.in_language(language), hint=hint)
