"""What is kept: of each table of whom, why and how long, and of each column what it holds, in both languages.

The facts are `data/kept.toml`; here are the words that they choose from. A test holds them to the models.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, read_entries
from involve.vocabulary.terms import Term, find, term

# What a column holds. People's own words may say sensitive things, whatever was asked.
HOLDS: tuple[Term, ...] = (
    term("words", "Geiriau pobl, fel y’u hysgrifennwyd", "People’s words, as they were written"),
    term("choice", "Yr hyn y mae pobl yn ei ddewis neu’n ei ateb", "What people choose or answer"),
    term("contact", "Manylion cysylltu, wedi’u selio", "Contact details, sealed"),
    term("found", "Yr hyn y mae’r feddalwedd yn sylwi arno", "What the software notices"),
    term("marked", "Yr hyn y mae staff yn ei nodi", "What staff mark"),
    term("place", "Ardal awdurdod lleol", "Local authority area"),
    term("language", "Iaith", "Language"),
    term("published", "Yr hyn sy’n gyhoeddus", "What is public"),
    term("wording", "Y geiriad a welwyd", "The wording that was seen"),
    term(
        "code",
        "Ffurf na ellir ei darllen yn ôl ar god, cyfrinair neu destun",
        "A scrambled form of a code, password or text",
    ),
    term("sealed", "Allwedd gyfrinachol, wedi’i selio", "A secret key, sealed"),
    term("browser", "Math o borwr, a’r ffordd o fewngofnodi", "Kind of browser, and how people signed in"),
    term("account", "Enw, swydd neu gyfeiriad gwaith", "Name, post or work address"),
    term("official", "Geiriau’r corff ei hun", "The body’s own words"),
    term("source", "O ble y daeth", "Where it came from"),
    term("figures", "Rhifau pobl, oriau neu bunnoedd", "Numbers of people, hours or pounds"),
    term("state", "Beth sydd wedi digwydd iddo", "What has happened to it"),
    term("link", "I ba stori y mae’n perthyn", "Which story it belongs to"),
    term("staff", "Pa aelod o staff", "Which member of staff"),
    term("when", "Dyddiadau ac amserau", "Dates and times"),
    term("frame", "Rhifau sy’n cysylltu’r cofnodion", "Numbers that connect the records"),
)

# Kinds that nearly every table holds, and that tell nothing by themselves.
EVERYWHERE = frozenset({"state", "link", "when", "frame"})

# Of whom a table holds anything.
PEOPLE: tuple[Term, ...] = (
    term("participants", "Pobl sy’n adrodd straeon", "People who tell stories"),
    term("spoken_of", "Pobl y sonnir amdanynt", "People who are spoken of"),
    term("followers", "Pobl sy’n dilyn drwy e-bost", "People who follow by e-mail"),
    term("staff", "Staff", "Staff"),
    term("visitors", "Pobl sy’n lawrlwytho straeon", "People who download stories"),
    term("nobody", "Neb", "Nobody"),
)

# How long.
UNTIL: tuple[Term, ...] = (
    term(
        "story",
        "Nes i’r stori gael ei thynnu’n ôl, neu i amser cadw’r prosiect ddod i ben.",
        "Until the story is withdrawn, or the project’s time for keeping stories is over.",
    ),
    term(
        "counted",
        "Nes i’r stori gael ei thynnu’n ôl. Pan gaiff ei geiriau eu dileu, mae’n aros i’w gyfrif, heb eiriau.",
        "Until the story is withdrawn. When its words are erased it stays to be counted, without words.",
    ),
    term(
        "row",
        "Nes i’r stori gael ei thynnu’n ôl, neu i amser y prosiect ddod i ben. Erys llinell heb eiriau.",
        "Until the story is withdrawn, or the project’s time is over. A line without words stays.",
    ),
    term(
        "contact",
        "Nes i’r sawl a’i gadawodd ei dynnu’n ôl, neu nes i’r stori gael ei thynnu’n ôl.",
        "Until whoever left it takes it away, or the story is withdrawn.",
    ),
    term(
        "follower",
        "Nes i’r sawl sy’n dilyn roi’r gorau iddi. Heb gadarnhad: 14 diwrnod. Pan nad oes dim yn cyrraedd: 30 diwrnod.",
        "Until whoever follows stops. Without a confirmation: 14 days. Where nothing arrives: 30 days.",
    ),
    term(
        "publish",
        "Tra bo’r sawl a ddywedodd y stori’n cytuno iddi fod yn gyhoeddus.",
        "As long as the teller agrees to the story being public.",
    ),
    term(
        "leave",
        "Tra cytunir i’r feddalwedd ddysgu o’r straeon.",
        "As long as the software may learn from the stories.",
    ),
    term(
        "theme",
        "Cyhyd â’r prosiect. Mae thema nad oes neb arall yn cytuno â hi’n mynd gyda stori’r sawl a’i cynigiodd.",
        "As long as the project. A theme that nobody else agrees with goes with its proposer’s story.",
    ),
    term(
        "option",
        "Cyhyd â’r prosiect. Mae dewis na chafodd ei dderbyn yn mynd gyda stori’r sawl a’i cynigiodd.",
        "As long as the project. An option that was not accepted goes with its proposer’s story.",
    ),
    term(
        "reply",
        "Cyhyd â’r prosiect. Mae ateb preifat i un person yn mynd gyda’r stori.",
        "As long as the project. A private answer to one person goes with the story.",
    ),
    term(
        "insight",
        "Cyhyd ag y mae’r prosiect yn cadw geiriau, neu nes i’r sawl a’i cofnododd ei ddileu. Erys llinell heb eiriau.",
        "As long as the project keeps words, or until whoever logged it deletes it. A line without words stays.",
    ),
    term("project", "Cyhyd ag y bydd y prosiect ar y wefan hon.", "As long as the project is on this site."),
    term("draft", "Nes i’r prosiect gael ei gyhoeddi.", "Until the project is announced."),
    term("account", "Cyhyd ag y bydd y cyfrif.", "As long as there is the account."),
    term(
        "short",
        "Nes iddo gael ei ddefnyddio neu ddod i ben ohono’i hun.",
        "Until it is used or runs out by itself.",
    ),
    term("trail", "Mae’n aros.", "It stays."),
)


@dataclass(frozen=True, slots=True)
class KeptTable:
    """One table. `columns` gives for each column an id of `HOLDS`."""

    id: str
    name: Bilingual
    why: Bilingual
    people: tuple[Term, ...]
    until: Term
    columns: Mapping[str, str]

    @property
    def holds(self) -> tuple[Term, ...]:
        """What the table holds, each kind once, in the order of `HOLDS`."""
        return tuple(kind for kind in HOLDS if kind.id in self.columns.values())

    @property
    def tells(self) -> tuple[Term, ...]:
        """What it holds beside dates, states and numbers that connect records, which nearly all hold."""
        return tuple(kind for kind in self.holds if kind.id not in EVERYWHERE)

    @property
    def about_people(self) -> bool:
        """Whether it holds anything about anybody."""
        return any(each.id != "nobody" for each in self.people)


def _table(entry: Entry) -> KeptTable:
    stated: Mapping[str, list[str]] = entry.fields["columns"]
    return KeptTable(
        id=entry.text("id"),
        name=entry.bilingual("name"),
        why=entry.bilingual("why"),
        people=tuple(find(PEOPLE, each) for each in entry.texts("of")),
        until=find(UNTIL, entry.text("until")),
        columns={column: find(HOLDS, kind).id for kind, columns in stated.items() for column in columns},
    )


TABLES: tuple[KeptTable, ...] = tuple(_table(entry) for entry in read_entries("kept", "table"))


def find_kept_table(table_id: str) -> KeptTable:
    """Return what is kept in a table.

    Raises:
        NotFound: there is no such table.
    """
    return find(TABLES, table_id)
