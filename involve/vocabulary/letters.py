"""The kinds of letters that the site sends, and where the link in each leads."""

from dataclasses import dataclass

from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter. `paths` are the addresses that it names, by language; `{token}` is a mark made at sending.

    `detail` names what the words of such a letter may be given; nothing else is ever kept with one. `mark` is what the
    mark in the address is signed for, where that is not the kind of letter itself.
    """

    id: str
    paths: dict[str, str]
    detail: tuple[str, ...] = ()
    mark: str = ""


# What the mark in the address of the page is signed for on which a follower sees and changes what they follow.
FOLLOWER_MARK = "follower"
FOLLOWER_PATHS = {"cy": "/cy/dilyn/newid/{token}", "en": "/en/follow/change/{token}"}

LETTER_KINDS: tuple[LetterKind, ...] = (
    # To staff, about their own account: a link that works once, and what to do where it was somebody else.
    LetterKind(
        "reset_password", {"cy": "/cy/staff/cyfrinair-newydd/{token}", "en": "/en/staff/new-password/{token}"}
    ),
    LetterKind(
        "password_changed", {"cy": "/cy/staff/anghofio-cyfrinair", "en": "/en/staff/forgotten-password"}
    ),
    LetterKind("sign_in_changed", {"cy": "/cy/staff/fy-nghyfrif", "en": "/en/staff/my-account"}),
    # To a teller: that there is something new, and nothing of what it is.
    LetterKind("news", {"cy": "/cy/fy-stori", "en": "/en/my-story"}),
    # To somebody who never signed in yet; `body` is the name of the body that invites them.
    LetterKind(
        "invitation",
        {"cy": "/cy/staff/gwahoddiad/{token}", "en": "/en/staff/invitation/{token}"},
        ("body",),
    ),
    # To somebody who has an account, and one role more.
    LetterKind("new_role", {"cy": "/cy/staff/rolau", "en": "/en/staff/roles"}, ("body",)),
    # To staff on duty: that someone may be at risk, where to look, and no word of the story.
    LetterKind(
        "safeguarding_alert",
        {"cy": "/cy/staff/diogelu", "en": "/en/staff/safeguarding"},
        ("reference", "count", "project", "late"),
    ),
    # To whoever can be the second person: that a colleague wants to decline a story, and where; no word of it.
    LetterKind(
        "second_person",
        {"cy": "/cy/staff/straeon/{reference}", "en": "/en/staff/stories/{reference}"},
        ("reference",),
    ),
    # To a member of staff whose turn it is: what is late, each line a project, what, and the day it was due.
    LetterKind(
        "reminder", {"cy": "/cy/staff/yn-aros", "en": "/en/staff/waiting"}, ("count", "lines", "more")
    ),
    # To a member of staff who asked for it: that an insight of theirs was answered, and nothing of what it says.
    LetterKind("insight_answered", {"cy": "/cy/staff/fy-mewnwelediadau", "en": "/en/staff/my-insights"}),
    # To the same: that something came of a decision that an insight of theirs reached, and nothing of what.
    LetterKind("decision_outcome", {"cy": "/cy/staff/fy-mewnwelediadau", "en": "/en/staff/my-insights"}),
    # To somebody whose address was typed: whether they want to follow a thing; and that they do already.
    LetterKind("follow_asked", {"cy": "/cy/dilyn/cadarnhau/{token}", "en": "/en/follow/confirm/{token}"}),
    LetterKind("follow_known", FOLLOWER_PATHS, mark=FOLLOWER_MARK),
    # To a follower: what happened, in the public words of bodies.
    LetterKind("followed", FOLLOWER_PATHS, mark=FOLLOWER_MARK),
)
# With every letter to a teller: to have no more, in one press and without the story code.
# What the mark in that address is signed for.
STOP_MARK = "stop_letters"
STOP_PATHS = {"cy": "/cy/dim-mwy-o-lythyrau/{token}", "en": "/en/no-more-letters/{token}"}
# The same from a text, where every sign counts.
SHORT_STOP_PATHS = {"cy": "/cy/stop/{token}", "en": "/en/stop/{token}"}
# The same for whoever follows: their address goes, with all that they follow.
STOP_FOLLOWING_MARK = "stop_following"
STOP_FOLLOWING_PATHS = {"cy": "/cy/dilyn/dim-mwy/{token}", "en": "/en/follow/no-more/{token}"}


def find_letter_kind(kind_id: str) -> LetterKind:
    """Return the kind of letter with that id.

    Raises:
        NotFound: there is none.
    """
    return find(LETTER_KINDS, kind_id)
