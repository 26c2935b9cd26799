"""Reads the tables of facts in `data/`: each entry with its fields, and where each field comes from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypedDict, TypeVar, cast

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.provenance import CONFIDENCES, Provenance

DATA = Path(__file__).parent / "data"
Kind = TypeVar("Kind")


class NamedFields(TypedDict):
    """What every named thing has, ready to be passed to its class."""

    provenance: Mapping[str, Provenance]
    id: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Entry:
    """One block of a data file. Asking for a field that is absent or of another type is an error in the data."""

    fields: Mapping[str, Any]
    provenance: Mapping[str, Provenance]

    def named(self) -> NamedFields:
        """Return the id, the name and the provenance."""
        return {"provenance": self.provenance, "id": self.text("id"), "name": self.bilingual("name")}

    def text(self, key: str) -> str:
        """Return words that must be there."""
        return self._of(key, str)

    def number(self, key: str) -> int:
        """Return a whole number that must be there."""
        return self._of(key, int)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of words; nothing listed is an empty tuple."""
        return tuple(str(words) for words in self.fields.get(key, ()))

    def bilingual(self, stem: str) -> Bilingual:
        """Return the words under `stem_cy` and `stem_en`, both of which must be there."""
        return Bilingual(self.text(f"{stem}_cy"), self.text(f"{stem}_en"))

    def optional_text(self, key: str) -> str | None:
        """Return words, or None where they are unknown."""
        return self.text(key) if key in self.fields else None

    def optional_bilingual(self, stem: str) -> Bilingual | None:
        """Return the words under `stem_cy` and `stem_en`, or None where there are none in either language."""
        absent = f"{stem}_cy" not in self.fields and f"{stem}_en" not in self.fields
        return None if absent else self.bilingual(stem)

    def entries(self, key: str) -> tuple["Entry", ...]:
        """Return the blocks within this one, such as the rungs of a ladder; each has the provenance of its own."""
        return tuple(Entry(inner, _provenance(inner)) for inner in self.fields.get(key, ()))

    def _of(self, key: str, kind: type[Kind]) -> Kind:
        value = self.fields.get(key)
        if not isinstance(value, kind):
            raise TypeError(f"{self.fields.get('id')}: {key} should be {kind.__name__}, not {value!r}")
        return value


def read_file(name: str) -> Mapping[str, Any]:
    """Return all that the data file *name* holds."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def entries_of(data: Mapping[str, Any], table: str) -> tuple[Entry, ...]:
    """Return the entries of one table, in the order of the file.

    The table `[provenance.<table>]` holds for every entry; an entry's own `provenance` goes before it.
    """
    shared = _provenance({"provenance": data.get("provenance", {}).get(table, {})})
    return tuple(Entry(fields, _narrow({**shared, **_provenance(fields)}, fields)) for fields in data[table])


def _narrow(provenance: Mapping[str, Provenance], fields: Mapping[str, Any]) -> Mapping[str, Provenance]:
    """Return the provenance of the fields that an entry has: what is absent has no source and is never official."""
    stems = {key.removesuffix("_cy").removesuffix("_en") for key in fields} | set(fields)
    return MappingProxyType({key: found for key, found in provenance.items() if key.split(".")[0] in stems})


def read_entries(name: str, table: str) -> tuple[Entry, ...]:
    """Return the entries of the one table of the data file *name*."""
    return entries_of(read_file(name), table)


def _provenance(fields: Mapping[str, Any]) -> Mapping[str, Provenance]:
    """Return the provenance that a block states: `field = [source, confidence]`, perhaps with a note."""
    stated = cast(Mapping[str, list[str]], fields.get("provenance", {}))
    for key, (_source, confidence, *_note) in stated.items():
        if confidence not in CONFIDENCES:
            raise ValueError(f"{fields.get('id')}: {key} has the unknown confidence {confidence!r}")
    return MappingProxyType(
        {
            key: Provenance(source, confidence, *note)  # type: ignore[arg-type]
            for key, (source, confidence, *note) in stated.items()
        }
    )
