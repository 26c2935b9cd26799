"""The public bodies that the Act binds. Dated facts: an administrator may know better than this list of mid-2024."""

from dataclasses import dataclass
from typing import Literal, cast

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, entries_of, read_file
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import Term, find

# Listed by the Act of 2015; joint committees added in 2021; bodies added from 30 June 2024.
Basis = Literal["act-2015", "cjc-2021", "regs-2024"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicBody(Named):
    """A body under the well-being duty. `areas` are GSS codes; empty for a body of all Wales or of a national park.

    `name` is the name in use; the Act says `statutory_name_en` where that is another one.
    """

    kind: str
    basis: Basis
    areas: tuple[str, ...]
    statutory_name_cy: str | None
    statutory_name_en: str | None
    trading_name: Bilingual | None
    note: Bilingual | None


def _body(entry: Entry) -> PublicBody:
    return PublicBody(
        **entry.named(),
        kind=entry.text("kind"),
        basis=cast(Basis, entry.text("basis")),
        areas=entry.texts("areas"),
        statutory_name_cy=entry.optional_text("statutory_name_cy"),
        statutory_name_en=entry.optional_text("statutory_name_en"),
        trading_name=entry.optional_bilingual("trading_name"),
        note=entry.optional_bilingual("note"),
    )


_DATA = read_file("bodies")
BODIES: tuple[PublicBody, ...] = tuple(_body(entry) for entry in entries_of(_DATA, "body"))
BODY_KINDS: tuple[Term, ...] = tuple(
    Term(entry.text("id"), entry.bilingual("name")) for entry in entries_of(_DATA, "kind")
)


def find_body(body_id: str) -> PublicBody:
    """Return the public body with that id.

    Raises:
        NotFound: there is none.
    """
    return find(BODIES, body_id)


def find_body_kind(kind_id: str) -> Term:
    """Return the words for a kind of body.

    Raises:
        NotFound: there is none.
    """
    return find(BODY_KINDS, kind_id)
