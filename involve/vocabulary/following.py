"""What anyone may follow without an account, by feed or by e-mail, and at which pace e-mails come."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import Term, find, term


@dataclass(frozen=True, slots=True)
class FollowKind:
    """A kind of thing to follow. `word` stands for it in addresses; without capitals, accents or spaces."""

    id: str
    name: Bilingual
    word: Bilingual


FOLLOW_KINDS: tuple[FollowKind, ...] = (
    FollowKind("everything", Bilingual("Popeth", "Everything"), Bilingual("popeth", "everything")),
    FollowKind("project", Bilingual("Prosiect", "Project"), Bilingual("prosiect", "project")),
    FollowKind("theme", Bilingual("Thema", "Theme"), Bilingual("thema", "theme")),
    FollowKind("goal", Bilingual("Nod llesiant", "Well-being goal"), Bilingual("nod", "goal")),
    FollowKind("area", Bilingual("Ardal", "Area"), Bilingual("ardal", "area")),
    FollowKind("body", Bilingual("Corff", "Body"), Bilingual("corff", "body")),
    FollowKind("decision", Bilingual("Penderfyniad", "Decision"), Bilingual("penderfyniad", "decision")),
)
# The one thing of the kind `everything`.
ALL = "all"

PACES: tuple[Term, ...] = (
    term(
        "at_once",
        "Wrth iddo ddigwydd, un e-bost yr awr ar y mwyaf",
        "As it happens, at most one e-mail an hour",
    ),
    term("daily", "Un e-bost y dydd ar y mwyaf", "At most one e-mail a day"),
    term("weekly", "Un e-bost yr wythnos ar y mwyaf", "At most one e-mail a week"),
    term("monthly", "Un e-bost y mis ar y mwyaf", "At most one e-mail a month"),
)


def find_follow_kind(kind_id: str) -> FollowKind:
    """Return the kind of thing with that id.

    Raises:
        NotFound: there is none.
    """
    return find(FOLLOW_KINDS, kind_id)


def find_pace(pace_id: str) -> Term:
    """Return the pace with that id.

    Raises:
        NotFound: there is none.
    """
    return find(PACES, pace_id)
