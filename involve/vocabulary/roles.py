"""What people who work with stories can be, and what each role is for."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a member of staff can be given in a body or in one project of it."""

    id: str
    name: Bilingual
    purpose: Bilingual


ROLES: tuple[Role, ...] = (
    Role(
        "worker",
        Bilingual("Gweithiwr rheng flaen", "Front-line worker"),
        Bilingual(
            "Yn cofnodi’r hyn a glywir dro ar ôl tro yn y gwaith.",
            "Records what they keep hearing in their work.",
        ),
    ),
    Role(
        "intermediary",
        Bilingual("Cyfryngwr", "Intermediary"),
        Bilingual(
            "Yn casglu straeon gyda phobl sydd am gael rhywun i ymddiried ynddo.",
            "Gathers stories with people who want someone they can trust.",
        ),
    ),
    Role(
        "moderator",
        Bilingual("Cymedrolwr", "Moderator"),
        Bilingual(
            "Yn darllen straeon, yn cuddio’r hyn a all ddatgelu pwy yw rhywun, ac yn cyhoeddi.",
            "Reads stories, hides what may identify someone, and publishes.",
        ),
    ),
    Role(
        "analyst",
        Bilingual("Dadansoddwr", "Analyst"),
        Bilingual(
            "Yn adolygu tagiau a’r llyfr codau, ac yn chwilio am batrymau.",
            "Reviews tags and the codebook, and looks for patterns.",
        ),
    ),
    Role(
        "decision_maker",
        Bilingual("Penderfynwr", "Decision-maker"),
        Bilingual(
            "Yn pwyso a mesur y dystiolaeth, yn penderfynu ac yn ateb y bobl a ddywedodd straeon.",
            "Weighs the evidence, decides, and answers the people who told stories.",
        ),
    ),
    Role(
        "administrator",
        Bilingual("Gweinyddwr", "Administrator"),
        Bilingual(
            "Yn gofalu am brosiectau, aelodau a gosodiadau’r corff.",
            "Looks after the body’s projects, members and settings.",
        ),
    ),
)


def find_role(role_id: str) -> Role:
    """Return the role with that id.

    Raises:
        NotFound: there is none.
    """
    return find(ROLES, role_id)
