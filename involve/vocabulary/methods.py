"""How options can be weighed: the two methods, told so that everyone who takes part can follow the count."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class Method:
    """A way of weighing options; all words are our own. `asks` is said to who votes, `counts` to who reads a result."""

    id: str
    name: Bilingual
    asks: Bilingual
    counts: Bilingual


APPROVAL = Method(
    "approval",
    Bilingual("Cymeradwyo", "Approval"),
    Bilingual(
        "Marciwch bob dewis y gallech chi fyw gydag ef.",
        "Mark every option that you could live with.",
    ),
    Bilingual(
        "Mae pawb yn marcio pob dewis y gallent fyw gydag ef. Y dewis â’r nifer mwyaf o farciau sy’n dod yn gyntaf. "
        "Os oes gan ddau ddewis yr un nifer, maent yn gyfartal, ac mae’r canlyniad yn dweud hynny.",
        "Everyone marks all the options that they could live with. The option with the most marks comes first. "
        "If two options have the same number they are tied, and the result says so.",
    ),
)
RANKED = Method(
    "ranked",
    Bilingual("Rhoi mewn trefn", "Ranking"),
    Bilingual(
        "Rhowch y dewisiadau mewn trefn: 1 yw’r gorau gennych. Cewch adael rhai heb rif: byddant yn dod ar ôl y "
        "lleill.",
        "Put the options in order: 1 is the one you like best. You may leave some without a number: they come after "
        "the others.",
    ),
    Bilingual(
        "Mae pawb yn rhoi’r dewisiadau mewn trefn. Caiff pob dewis ei gymharu â phob un arall: faint o bobl roddodd "
        "hwn o flaen y llall? Y dewis sy’n curo pob un arall sy’n dod yn gyntaf. Os yw’r dewisiadau’n curo ei gilydd "
        "mewn cylch, y cymariaethau â’r nifer mwyaf o bobl y tu ôl iddynt sy’n cyfrif (dull Schulze). Ni chaiff dim "
        "ei benderfynu ar hap: os yw dewisiadau’n gyfartal, mae’r canlyniad yn dweud hynny.",
        "Everyone puts the options in order. Each option is compared with each other one: how many people put this "
        "one before that one? The option that beats every other one comes first. If options beat each other in a "
        "circle, the comparisons with the most people behind them count (the Schulze method). Nothing is decided by "
        "chance: if options are tied, the result says so.",
    ),
)
METHODS: tuple[Method, ...] = (APPROVAL, RANKED)


def find_method(method_id: str) -> Method:
    """Return the method with that id.

    Raises:
        NotFound: there is none.
    """
    return find(METHODS, method_id)
