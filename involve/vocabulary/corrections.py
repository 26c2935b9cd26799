"""Why staff may offer a small correction of a published wording, and what its teller reads of the reason."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import Term, find, term


@dataclass(frozen=True, slots=True)
class CorrectionReason:
    """A reason: its name for staff, and the sentence that the teller reads beside the two wordings."""

    id: str
    name: Bilingual
    sentence: Bilingual


CORRECTION_REASONS: tuple[CorrectionReason, ...] = (
    CorrectionReason(
        "slip",
        Bilingual("Llithriad wrth deipio", "A slip of the thumb"),
        Bilingual(
            "Mae’n edrych fel petai llythyren neu air wedi mynd ar goll wrth deipio.",
            "It looks as if a letter or a word went astray in typing.",
        ),
    ),
    CorrectionReason(
        "name",
        Bilingual("Enw lle neu wasanaeth wedi’i gamsillafu", "The name of a place or service is misspelt"),
        Bilingual(
            "Mae’n edrych fel petai enw lle neu wasanaeth wedi’i gamsillafu.",
            "The name of a place or a service looks misspelt.",
        ),
    ),
    CorrectionReason(
        "neutral",
        Bilingual("Geiriau niwtral yn lle’r rhai a guddiwyd", "Neutral words in place of hidden ones"),
        Bilingual(
            "Cafodd rhai geiriau eu cuddio. Byddai geiriau niwtral yn eu lle yn haws eu darllen.",
            "Some words were hidden. Neutral words in their place would be easier to read.",
        ),
    ),
)

CORRECTION_STATES: tuple[Term, ...] = (
    term("offered", "Wedi’i gynnig", "Offered"),
    term("accepted", "Wedi’i dderbyn", "Accepted"),
    term("refused", "Wedi’i wrthod", "Refused"),
    term("undone", "Wedi’i ddadwneud", "Undone"),
    term("taken_back", "Wedi’i dynnu’n ôl gan staff", "Taken back by staff"),
)


def find_correction_reason(reason_id: str) -> CorrectionReason:
    """Return the reason with that id.

    Raises:
        NotFound: there is none.
    """
    return find(CORRECTION_REASONS, reason_id)


def find_correction_state(state_id: str) -> Term:
    """Return the words for a state of a correction.

    Raises:
        NotFound: there is no such state.
    """
    return find(CORRECTION_STATES, state_id)
