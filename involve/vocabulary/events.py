"""The kinds of events of the audit trail, and who is behind them, in words; the kinds are `data/events.toml`."""

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import read_file
from involve.vocabulary.terms import Term, find, term

EVENT_KINDS: tuple[Term, ...] = tuple(
    Term(line["id"], Bilingual(line["cy"], line["en"])) for line in read_file("events")["event"]
)

# Who does something where no member of staff is named.
ACTORS: tuple[Term, ...] = (
    term("participant", "Cyfranogwr", "A participant"),
    term("staff", "Aelod o staff", "A member of staff"),
    term("machine", "Y feddalwedd", "The software"),
    term("command", "Gorchymyn ar y gweinydd", "A command on the server"),
)


def find_event_kind(kind_id: str) -> Term:
    """Return the words for a kind of event.

    Raises:
        NotFound: there is no such kind.
    """
    return find(EVENT_KINDS, kind_id)


def find_actor(actor_id: str) -> Term:
    """Return the words for who is behind an event.

    Raises:
        NotFound: there is no such actor.
    """
    return find(ACTORS, actor_id)
