"""What the public account of moderation counts of the stories that came in a month, and in which language."""

from involve.vocabulary.reasons import reasons_for
from involve.vocabulary.terms import Term, find, term

# Each has a column on the page. Between them lie sums: see `services/account/counting.py`.
MEASURES: tuple[Term, ...] = (
    term("arrived", "Wedi cyrraedd", "Arrived"),
    term("in_time", "Wedi’u darllen mewn pryd", "Read in time"),
    term("published", "Wedi’u cyhoeddi", "Published"),
    term("held", "Yn dal i gael eu dal yn ôl", "Still held back"),
    term("declined", "Wedi’u gwrthod", "Declined"),
    term("waiting", "Yn aros am benderfyniad", "Waiting for a decision"),
    term("held_ever", "Wedi’u dal yn ôl ar ryw adeg", "Held back at some time"),
    term("appealed", "Apeliodd y sawl a’i dywedodd", "Appealed by the teller"),
    term("upheld", "Apêl: y penderfyniad yn sefyll", "Appeal: the decision stood"),
    term("overturned", "Apêl: y penderfyniad wedi’i newid", "Appeal: the decision was changed"),
    term("corrected", "Wedi’u cywiro gyda’r sawl a ddywedodd y stori", "Corrected together with the teller"),
)
# Parts that make a sum whole and tell nothing by themselves.
REST = ("late", "held_before", "appeal_open")
# For the comparison of languages, over several months.
PERIOD = ("period_arrived", "period_held")


def declined_because(reason_id: str) -> str:
    """Return the measure of the stories that were declined for a reason."""
    return f"declined:{reason_id}"


REASONS = tuple(declined_because(reason.id) for reason in reasons_for("declined"))
COUNTED = (*(each.id for each in MEASURES), *REST, *REASONS)


def find_measure(measure_id: str) -> Term:
    """Return the words for what is counted.

    Raises:
        NotFound: there is no such measure.
    """
    return find(MEASURES, measure_id)
