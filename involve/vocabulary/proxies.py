"""By what right somebody tells a story for another person, and the rule on age, in plain words.

The age is that from which a child consents alone to an online service (UK GDPR article 8, Data Protection Act 2018
section 9). That rule binds only where consent is the lawful basis; for every project it is our own choice.
"""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find

ALONE_FROM_AGE = 13


@dataclass(frozen=True, slots=True)
class Proxy:
    """One such right: its name for staff, what the teller chooses, and what they confirm by it."""

    id: str
    name: Bilingual
    choice: Bilingual
    hint: Bilingual


PROXIES: tuple[Proxy, ...] = (
    Proxy(
        "permission",
        Bilingual("Gyda chaniatâd y person", "With the person’s permission"),
        Bilingual("Stori rhywun arall, gyda’u caniatâd", "Someone else’s, with their permission"),
        Bilingual(
            "Maen nhw’n gwybod eich bod yn ei hanfon, ac yn cytuno.",
            "They know that you are sending it, and agree.",
        ),
    ),
    Proxy(
        "child",
        Bilingual("Rhiant neu ofalwr plentyn dan 13 oed", "Parent or carer of a child under 13"),
        Bilingual("Stori plentyn dan 13 oed", "A child’s who is under 13"),
        Bilingual(
            "Mae gennych gyfrifoldeb rhiant. Mae’r plentyn yn gwybod, cyn belled ag y gall ddeall.",
            "You have parental responsibility. The child knows, as far as they can understand.",
        ),
    ),
    Proxy(
        "entitled",
        Bilingual(
            "Â hawl i siarad dros rywun na all benderfynu", "Entitled to speak for somebody who cannot decide"
        ),
        Bilingual(
            "Stori rhywun na all benderfynu drosto’i hun", "Someone’s who cannot decide for themselves"
        ),
        Bilingual(
            "Mae gennych hawl i siarad drostynt, er enghraifft fel atwrnai neu ddirprwy, neu rydych chi’n gofalu "
            "amdanynt ac mae hynny er eu lles.",
            "You have a right to speak for them, for example as an attorney or deputy, or you care for them and it "
            "is in their best interests.",
        ),
    ),
)

AGE_RULE = Bilingual(
    "Nid ydym yn gofyn eich oed. O 13 oed ymlaen gallwch ddweud eich stori eich hun. Os ydych chi’n iau na hynny, "
    "gofynnwch i riant neu ofalwr ei dweud gyda chi, a dewis yr ateb am blentyn.",
    "We do not ask your age. From the age of 13 you can tell your own story. If you are younger, ask a parent or carer "
    "to tell it with you and to choose the answer about a child.",
)


def find_proxy(proxy_id: str) -> Proxy:
    """Return the right with that id.

    Raises:
        NotFound: there is none.
    """
    return find(PROXIES, proxy_id)
