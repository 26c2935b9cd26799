"""What each level of influence lets people do, and what it demands of the body that promises it: one readable place.

Days, powers and duties are our own, chosen so that a promise can be kept or broken before everyone's eyes; the levels
are those of `influence.INFLUENCES`, to which every rung of every ladder is brought.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find

Turn = Literal["body", "panel"]


@dataclass(frozen=True, slots=True)
class Power:
    """One thing that participants can do."""

    id: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Duty:
    """One checkable part of a promise: what it is, and whose turn it is while it is not done."""

    id: str
    name: Bilingual
    meaning: Bilingual
    turn: Turn


ASK = Power("ask", Bilingual("Gofyn, a chael gwybod beth sy’n digwydd", "Ask, and be told what is happening"))
TELL = Power("tell", Bilingual("Adrodd eich stori a chael ateb", "Tell your story and get an answer"))
CORRECT = Power(
    "correct",
    Bilingual(
        "Cywiro sut y deallwyd eich stori, a darllen beth ddywedodd pobl eraill",
        "Correct how your story was understood, and read what others said",
    ),
)
SEE_THEMES = Power(
    "see_themes",
    Bilingual(
        "Gweld y themâu wrth iddynt ffurfio, a dweud a ydych chi’n cytuno â nhw",
        "See themes as they form, and say whether you agree with them",
    ),
)
NAME_THEMES = Power(
    "name_themes",
    Bilingual(
        "Darllen gyda’ch gilydd: grwpio’r hyn a ddywedodd pobl yn themâu, a’u henwi a’u huno",
        "Read together: group what people said into themes, name them and merge them",
    ),
)
WEIGH = Power(
    "weigh",
    Bilingual("Cynnig dewisiadau a’u pwyso a’u mesur", "Put forward and weigh options"),
)
AGREE = Power(
    "agree",
    Bilingual(
        "Cael sedd ar y panel: heb ei gytundeb ni ellir cyhoeddi penderfyniad",
        "Be offered a seat on the panel: without its agreement no decision can be published",
    ),
)

NOTICE = Duty(
    "notice",
    Bilingual("Rhoi gwybod ymlaen llaw", "Give notice"),
    Bilingual(
        "Mae’r corff yn cyhoeddi’r cwestiwn cyn i’r cam agor, er mwyn i bobl gael amser i baratoi.",
        "The body publishes the question before the stage opens, so that people have time to prepare.",
    ),
    "body",
)
OPEN_QUESTION = Duty(
    "open_question",
    Bilingual("Gofyn cyn bod dewisiadau", "Ask before there are options"),
    Bilingual(
        "Mae’r cam yn agor cyn i unrhyw benderfyniad gael ei ddrafftio.",
        "The stage opens before any decision is drafted.",
    ),
    "body",
)
ANSWER = Duty(
    "answer",
    Bilingual("Ateb pob stori", "Answer every story"),
    Bilingual(
        "Mae pawb a roddodd stori yn y cam hwn yn cael ateb erbyn y dyddiad a addawyd.",
        "Everyone who told a story in this stage has an answer by the promised date.",
    ),
    "body",
)
SHOW_CHANGE = Duty(
    "show_change",
    Bilingual("Dangos beth a newidiodd o ganlyniad i farn pobl", "Show what people’s views changed"),
    Bilingual(
        "Mae’r penderfyniad yn dweud, yn y ddwy iaith, sut y newidiodd barn pobl y dewisiadau, neu pam na wnaeth.",
        "The decision says, in both languages, how people’s views changed the options, or why they did not.",
    ),
    "body",
)
AGREEMENT = Duty(
    "agreement",
    Bilingual("Cael cytundeb y panel", "Get the panel’s agreement"),
    Bilingual(
        "Mae pob cydberchennog ar y panel wedi cytuno cyn i’r penderfyniad gael ei gyhoeddi.",
        "Each co-owner on the panel has agreed before the decision is published.",
    ),
    "panel",
)
REPORT_BACK = Duty(
    "report_back",
    Bilingual("Dweud yn gyhoeddus beth a benderfynwyd", "Say in public what was decided"),
    Bilingual(
        "Mae’r corff yn cyhoeddi ateb neu benderfyniad yn y ddwy iaith erbyn y dyddiad a addawyd.",
        "The body publishes an answer or a decision in both languages by the promised date.",
    ),
    "body",
)

DUTIES: tuple[Duty, ...] = (NOTICE, OPEN_QUESTION, ANSWER, SHOW_CHANGE, AGREEMENT, REPORT_BACK)

# By level of influence, the lowest first; each level keeps what the one below it has.
POWERS_OF: Mapping[str, tuple[Power, ...]] = MappingProxyType(
    {
        "none": (),
        "inform": (ASK,),
        "consult": (ASK, TELL),
        "involve": (ASK, TELL, CORRECT, SEE_THEMES),
        "collaborate": (ASK, TELL, CORRECT, SEE_THEMES, NAME_THEMES, WEIGH, AGREE),
        "devolve": (ASK, TELL, CORRECT, SEE_THEMES, NAME_THEMES, WEIGH, AGREE),
    }
)
DUTIES_OF: Mapping[str, tuple[Duty, ...]] = MappingProxyType(
    {
        "none": (),
        "inform": (NOTICE, REPORT_BACK),
        "consult": (NOTICE, ANSWER, REPORT_BACK),
        "involve": (NOTICE, OPEN_QUESTION, ANSWER, SHOW_CHANGE, REPORT_BACK),
        "collaborate": (NOTICE, OPEN_QUESTION, ANSWER, SHOW_CHANGE, AGREEMENT, REPORT_BACK),
        "devolve": (NOTICE, OPEN_QUESTION, ANSWER, SHOW_CHANGE, AGREEMENT, REPORT_BACK),
    }
)
# Days between publishing the question and opening the stage.
NOTICE_DAYS: Mapping[str, int] = MappingProxyType(
    {"none": 0, "inform": 3, "consult": 7, "involve": 7, "collaborate": 14, "devolve": 14}
)


def may_see_themes(influence: str) -> bool:
    """Say whether a level of influence lets people see themes as they form."""
    return SEE_THEMES in POWERS_OF[influence]


def may_weigh(influence_id: str) -> bool:
    """Say whether people put forward and weigh options at that level of influence.

    Raises:
        KeyError: there is no such level.
    """
    return WEIGH in POWERS_OF[influence_id]


def find_duty(duty_id: str) -> Duty:
    """Return the duty with that id.

    Raises:
        NotFound: there is none.
    """
    return find(DUTIES, duty_id)
