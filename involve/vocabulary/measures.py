"""The measures of what comes back, as the field knows them: what each counts, by which formula, in both languages."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual

# Below so many no share is given in per cent: one story more or less would change it too much.
FEWEST_FOR_SHARE = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. All of it is our own wording."""

    id: str
    name: Bilingual
    meaning: Bilingual
    formula: Bilingual


MEASURES: tuple[Measure, ...] = (
    Measure(
        "planned",
        Bilingual("Pryderon y mae newid wedi’i gynllunio ar eu cyfer", "Concerns with a change planned"),
        Bilingual(
            "Pryder yw stori gyhoeddedig sydd â thag pryder. Mae newid wedi’i gynllunio pan fydd penderfyniad a "
            "gyhoeddwyd, ac sydd wedi’i gytuno neu ar waith, yn dibynnu ar y stori neu’n dilyn thema sy’n ei chynnwys, "
            "a phan nad oes newid wedi’i wneud eto.",
            "A concern is a published story with a tag of concern. A change is planned when a published decision that "
            "is agreed or under way relies on the story or follows a theme that it is in, and no change is made yet.",
        ),
        Bilingual(
            "straeon â phryder y mae newid wedi’i gynllunio ar eu cyfer ÷ straeon â phryder",
            "stories of concern with a change planned ÷ stories of concern",
        ),
    ),
    Measure(
        "made",
        Bilingual("Pryderon y mae newid wedi’i wneud ar eu cyfer", "Concerns with a change made"),
        Bilingual(
            "Mae newid wedi’i wneud pan fydd y corff yn dweud bod penderfyniad sy’n dibynnu ar y stori, neu’n dilyn "
            "thema sy’n ei chynnwys, wedi’i wneud.",
            "A change is made when the body says that a decision which relies on the story, or follows a theme that "
            "it is in, is done.",
        ),
        Bilingual(
            "straeon â phryder y mae newid wedi’i wneud ar eu cyfer ÷ straeon â phryder",
            "stories of concern with a change made ÷ stories of concern",
        ),
    ),
)
