"""Why a story is held back or declined, and what its teller reads of it: plain, and never a judgement of the person."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find

# Characters of the sentence that a moderator may add for the teller.
LONGEST_SENTENCE = 500


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason, the verdicts that it may be given for, its name for staff and its sentence for the teller."""

    id: str
    verdicts: frozenset[str]
    name: Bilingual
    sentence: Bilingual


_HOLD, _DECLINE = frozenset({"held"}), frozenset({"declined"})
_BOTH = _HOLD | _DECLINE

REASONS: tuple[Reason, ...] = (
    Reason(
        "at_risk",
        _HOLD,
        Bilingual("Gall rhywun fod mewn perygl", "Someone may be at risk"),
        Bilingual(
            "Rydym yn edrych arni’n fanylach am ein bod am fod yn siŵr bod pawb yn ddiogel.",
            "We are looking at it more closely because we want to be sure that everyone is safe.",
        ),
    ),
    Reason(
        "identifies",
        _BOTH,
        Bilingual("Gellid adnabod rhywun arall", "It could identify someone else"),
        Bilingual(
            "Gallai pobl adnabod rhywun arall yn y stori, hyd yn oed ar ôl cuddio enwau.",
            "People could recognise someone else in it, even with names hidden.",
        ),
    ),
    Reason(
        "asked",
        _HOLD,
        Bilingual("Gofynnwyd cwestiwn i’r sawl a’i dywedodd", "Its teller was asked a question"),
        Bilingual(
            "Mae gennym gwestiwn i chi cyn mynd ymhellach.",
            "We have a question for you before we go on.",
        ),
    ),
    Reason(
        "second_look",
        _HOLD,
        Bilingual("Rhaid i rywun arall ei darllen hefyd", "Someone else has to read it too"),
        Bilingual(
            "Bydd rhywun arall yn ei darllen cyn i ni benderfynu.",
            "Another person will read it before we decide.",
        ),
    ),
    Reason(
        "legal",
        _BOTH,
        Bilingual("Mae achos neu ymchwiliad ar y gweill", "A court case or an inquiry is going on"),
        Bilingual(
            "Gallai ei chyhoeddi effeithio ar achos llys neu ymchwiliad.",
            "Publishing it could affect a court case or an inquiry.",
        ),
    ),
    Reason(
        "threat",
        _BOTH,
        Bilingual("Mae’n bygwth neu’n casáu rhywun", "It threatens or shows hatred of someone"),
        Bilingual(
            "Mae ynddi eiriau sy’n bygwth pobl neu’n dangos casineb tuag atyn nhw.",
            "It has words in it that threaten people or show hatred of them.",
        ),
    ),
    Reason(
        "advert",
        _DECLINE,
        Bilingual("Hysbyseb yw hi", "It is advertising"),
        Bilingual(
            "Mae’n edrych fel hysbyseb, a dim ond straeon sy’n cael eu cyhoeddi yma.",
            "It looks like advertising, and only stories are published here.",
        ),
    ),
    Reason(
        "no_story",
        _DECLINE,
        Bilingual("Nid stori yw hi", "It is not a story"),
        Bilingual(
            "Mae’n edrych fel prawf, neu’n destun heb stori ynddo.",
            "It looks like a test, or a text without a story in it.",
        ),
    ),
    Reason(
        "own_copy",
        _DECLINE,
        Bilingual("Anfonodd yr un person hi ddwywaith", "The same person sent it twice"),
        Bilingual(
            "Mae’r un stori gennym ni gennych chi eisoes.",
            "We already have the same story from you.",
        ),
    ),
    Reason(
        "other",
        _BOTH,
        Bilingual("Rheswm arall", "Another reason"),
        Bilingual(
            "Darllenodd aelod o staff y stori a phenderfynu peidio â’i chyhoeddi am y tro.",
            "A member of staff read it and decided not to publish it for now.",
        ),
    ),
)


def reasons_for(verdict: str) -> tuple[Reason, ...]:
    """Return the reasons that may be given for a verdict, in the order in which they are asked."""
    return tuple(reason for reason in REASONS if verdict in reason.verdicts)


def find_reason(reason_id: str) -> Reason:
    """Return the reason with that id.

    Raises:
        NotFound: there is none.
    """
    return find(REASONS, reason_id)
