"""The 22 local authority areas of Wales: names, places on a tile map, who serves them, and Census 2021 figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from involve.errors import NotFound
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.data_file import Entry, entries_of, read_file
from involve.vocabulary.provenance import Named
from involve.vocabulary.terms import find

# The ages of the census figures, youngest first, each with both ends included.
AGE_BANDS: tuple[str, ...] = ("0-15", "16-24", "25-34", "35-49", "50-64", "65-74", "75+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Service(Named):
    """A body or region that serves areas. `gss` is its code where it has one."""

    gss: str | None


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell of the tile map, counted from the top left: a picture of Wales, not its geography."""

    column: int
    row: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Area(Named):
    """A local authority area, known by its GSS code.

    `within` and `from_place` are whole phrases with their mutations (ym Mhowys, o Bowys), for no page may put
    a preposition before a name. `neighbours` and `bridges` are GSS codes: a land border, or only a bridge.
    Which services cover an area is widely known but not verified.
    """

    gss: str
    short: Bilingual
    within: Bilingual
    from_place: Bilingual
    health_board: Service
    services_board: Service
    police: Service
    fire: Service
    region: Service
    tile: Tile
    neighbours: tuple[str, ...]
    bridges: tuple[str, ...]
    population_2021: int
    aged_3_plus_2021: int
    welsh_speakers_2021: int
    ages_2021: Mapping[str, int] = field(compare=False)

    @property
    def welsh_percent_2021(self) -> float:
        """The share of people aged 3 and over who can speak Welsh, in per cent with one decimal."""
        return round(100 * self.welsh_speakers_2021 / self.aged_3_plus_2021, 1)

    def age_percent_2021(self, band: str) -> float:
        """Return the share of one of `AGE_BANDS` among all residents, in per cent with one decimal."""
        return round(100 * self.ages_2021[band] / self.population_2021, 1)


def _services(data: Mapping[str, Any], table: str) -> tuple[Service, ...]:
    return tuple(
        Service(**entry.named(), gss=entry.optional_text("gss")) for entry in entries_of(data, table)
    )


_DATA = read_file("areas")
HEALTH_BOARDS: tuple[Service, ...] = _services(_DATA, "health_board")
SERVICES_BOARDS: tuple[Service, ...] = _services(_DATA, "services_board")
POLICE: tuple[Service, ...] = _services(_DATA, "police")
FIRE: tuple[Service, ...] = _services(_DATA, "fire")
REGIONS: tuple[Service, ...] = _services(_DATA, "region")


def _area(entry: Entry) -> Area:
    name, (column, row) = entry.bilingual("name"), entry.fields["tile"]
    return Area(
        **entry.named(),
        gss=entry.text("gss"),
        short=Bilingual(
            entry.optional_text("short_cy") or name.cy, entry.optional_text("short_en") or name.en
        ),
        within=entry.bilingual("in"),
        from_place=entry.bilingual("from"),
        health_board=find(HEALTH_BOARDS, entry.text("health_board")),
        services_board=find(SERVICES_BOARDS, entry.text("services_board")),
        police=find(POLICE, entry.text("police")),
        fire=find(FIRE, entry.text("fire")),
        region=find(REGIONS, entry.text("region")),
        tile=Tile(column, row),
        neighbours=entry.texts("neighbours"),
        bridges=entry.texts("bridges"),
        population_2021=entry.number("population_2021"),
        aged_3_plus_2021=entry.number("aged_3_plus_2021"),
        welsh_speakers_2021=entry.number("welsh_speakers_2021"),
        ages_2021=MappingProxyType(dict(zip(AGE_BANDS, entry.fields["ages_2021"], strict=True))),
    )


AREAS: tuple[Area, ...] = tuple(_area(entry) for entry in entries_of(_DATA, "area"))
_BY_CODE: Mapping[str, Area] = MappingProxyType({area.gss: area for area in AREAS})


def find_area(gss: str) -> Area:
    """Return the area with that GSS code.

    Raises:
        NotFound: no local authority of Wales has it.
    """
    if gss not in _BY_CODE:
        raise NotFound(gss)
    return _BY_CODE[gss]


def code_of(written: str) -> str:
    """Return the GSS code of the area that somebody wrote by its name in either language; anything else as it is."""
    name = written.strip().casefold()
    named = (area.gss for area in AREAS if name in (area.name.cy.casefold(), area.name.en.casefold()))
    return next(named, written)
