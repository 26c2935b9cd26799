"""What staff may be allowed to do: our own words for each action of `services/staff/access.py`."""

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
    term("print_paper", "Argraffu posteri a chardiau prosiect", "Print a project’s posters and cards"),
    term("tag", "Cadarnhau neu wrthod tagiau", "Confirm or reject tags"),
    term(
        "code",
        "Cadw llyfr codau prosiect, a chodio straeon cyhoeddedig",
        "Keep a project’s codebook, and code published stories",
    ),
    term("reply", "Ateb y bobl a ddywedodd straeon", "Answer the people who told stories"),
    term(
        "converse",
        "Gofyn cwestiwn i’r sawl a ddywedodd stori, a darllen yr ateb",
        "Ask the person who told a story a question, and read the answer",
    ),
    term(
        "import_stories",
        "Mewnforio straeon o ffeiliau",
        "Bring in stories from files",
    ),
    term("translate", "Cyfieithu straeon cyhoeddedig", "Translate published stories"),
    term(
        "check_translation",
        "Gwirio a chyhoeddi cyfieithiadau pobl eraill",
        "Check and publish other people’s translations",
    ),
    term(
        "log_insight",
        "Cofnodi’r hyn a glywir dro ar ôl tro yn y gwaith",
        "Record what they keep hearing in their work",
    ),
    term("read_insights", "Darllen mewnwelediadau staff", "Read insights of staff"),
    term(
        "match_insights",
        "Cysylltu mewnwelediadau sy’n dweud yr un peth",
        "Match insights that say the same",
    ),
    term("answer_insights", "Ateb mewnwelediadau", "Answer insights"),
    term(
        "raise_concern",
        "Dweud y gallai rhywun mewn stori fod mewn perygl",
        "Say that someone in a story may be at risk",
    ),
    term(
        "safeguard",
        "Gweithredu pan allai rhywun fod mewn perygl",
        "Act when someone may be at risk",
    ),
    term(
        "name_duty",
        "Enwi pwy sydd ar ddyletswydd pan allai rhywun fod mewn perygl",
        "Name who is on duty when someone may be at risk",
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
        "take_back",
        "Tynnu stori’n ôl dros rywun nad oes ganddo god",
        "Take a story back for somebody who has no code",
    ),
    term(
        "edit_privacy",
        "Nodi pam y ceir cadw straeon prosiect, ac am ba hyd",
        "State why a project’s stories may be kept, and for how long",
    ),
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
    term(
        "manage_keys",
        "Creu a dirymu allweddi ar gyfer rhaglenni’r corff",
        "Make and revoke keys for the body’s programs",
    ),
    term(
        "read_trail",
        "Gweld pwy a edrychodd ar beth, a phob newid",
        "See who looked at what, and every change",
    ),
)


def find_action(action_id: str) -> Bilingual:
    """Return the words for an action.

    Raises:
        NotFound: there is no such action.
    """
    return find(ACTIONS, action_id).name
