"""Census 2021 shares for Wales, to set beside who took part. Never shown for a group that could point at a person."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, entries_of, read_file
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class Category:
    """One answer and how many people of Wales it holds for. The provenance is that of its characteristic."""

    id: str
    name: Bilingual
    count: int
    percent: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Characteristic(Named):
    """One thing the census asked. `universe` says of whom, `base` how many they are, `note` what to beware of."""

    universe: Bilingual
    base: int
    categories: tuple[Category, ...]
    note: Bilingual | None


def _category(entry: Entry, base: int) -> Category:
    count = entry.number("count")
    return Category(entry.text("id"), entry.bilingual("name"), count, round(100 * count / base, 1))


def _characteristic(entry: Entry) -> Characteristic:
    base = entry.number("base")
    return Characteristic(
        **entry.named(),
        universe=entry.bilingual("universe"),
        base=base,
        categories=tuple(_category(category, base) for category in entry.entries("category")),
        note=entry.optional_bilingual("note"),
    )


_DATA = read_file("demographics")
CHARACTERISTICS: tuple[Characteristic, ...] = tuple(
    _characteristic(entry) for entry in entries_of(_DATA, "characteristic")
)
# The published number; the tables above are perturbed and add up to slightly other totals.
USUAL_RESIDENTS_2021: int = _DATA["usual_residents_2021"]


def find_characteristic(characteristic_id: str) -> Characteristic:
    """Return the characteristic with that id.

    Raises:
        NotFound: there is none.
    """
    return find(CHARACTERISTICS, characteristic_id)
