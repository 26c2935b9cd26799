"""What staff may be allowed to do, in words: one for each action of `services/access.py`. These are our own words."""

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import Term, find, term

ACTIONS: tuple[Term, ...] = (
    term(
        "read_queue",
        "Gweld y ciw a’r straeon cyhoeddedig ynddo",
        "See the queue, and the published stories in it",
    ),
    term("read_original", "Darllen geiriau gwreiddiol straeon", "Read the original words of stories"),
    term(
        "moderate",
        "Cuddio manylion personol, a chyhoeddi, dal neu wrthod straeon",
        "Hide personal details, and publish, hold or decline stories",
    ),
    term("tag", "Cadarnhau neu wrthod tagiau", "Confirm or reject tags"),
    term("reply", "Ateb y bobl a rannodd straeon", "Answer the people who told stories"),
    term(
        "converse",
        "Gofyn cwestiwn i’r sawl a rannodd stori, a darllen yr ateb",
        "Ask the person who told a story a question, and read the answer",
    ),
    term("collect", "Casglu straeon gyda phobl", "Gather stories with people"),
    term("log_outreach", "Cofnodi oriau a threuliau", "Log hours and expenses"),
    term("read_together", "Darllen ar y cyd â chyfranogwyr", "Read together with participants"),
    term(
        "promise",
        "Gofalu am addewidion a dyletswyddau prosiect",
        "Look after a project’s promises and duties",
    ),
    term("decide", "Cynnal pleidleisiau a gwneud penderfyniadau", "Hold votes and make decisions"),
    term("set_up", "Sefydlu ac archifo prosiectau", "Set up and archive projects"),
    term(
        "edit_signposts",
        "Newid y rhestr o leoedd i droi atynt am help",
        "Change the list of where to turn for help",
    ),
    term(
        "manage_members",
        "Gwahodd aelodau, newid eu rolau a diffodd eu mynediad",
        "Invite members, change their roles and switch off their access",
    ),
)


def find_action(action_id: str) -> Bilingual:
    """Return the words for an action.

    Raises:
        NotFound: there is no such action.
    """
    return find(ACTIONS, action_id).name
