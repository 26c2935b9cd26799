"""The form of a back-up: a ZIP with one file of JSON lines for each table, a manifest, and the manifest's seal.

`manifest.json` names the revision of the tables and, for each table in the order of restoring, how many rows there
are and the SHA-256 of its file. `seal` is an HMAC of the manifest under the code key, so that nobody without the key
can change anything unnoticed. `docs/backup.md` describes it for people.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import types

from involve.errors import BadInput

FORMAT = 1
MANIFEST, SEAL, NOTE = "manifest.json", "seal", "README.txt"
NOTE_TEXT = (
    "Copi wrth gefn o Involve. Mae’n cynnwys straeon yn union fel y cawsant eu dweud: cadwch ef dan glo.\n"
    "Nid yw INVOLVE_CODE_KEY ynddo. Heb yr allwedd honno ni fydd unrhyw god stori’n gweithio eto.\n\n"
    "A back-up of Involve. It holds stories exactly as they were told: keep it locked away.\n"
    "INVOLVE_CODE_KEY is not in it. Without that key no story code will ever work again.\n"
)


class ArchiveRefused(BadInput):
    """A file is no back-up of this site that can be trusted; the message says why."""

    code = "archive_refused"


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table in the manifest."""

    name: str
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        """The name of its file in the archive."""
        return member_of(self.name)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a back-up holds. `withdrawals` is how many lines the list of withdrawals had when it was made."""

    software: str
    made_at: str
    revision: str
    withdrawals: int
    tables: tuple[TableEntry, ...]

    def to_bytes(self) -> bytes:
        """Return the manifest as it stands in the archive."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest that *content* is.

    Raises:
        ArchiveRefused: it is none, or of a later format.
    """
    try:
        values = json.loads(content)
        if values.pop("format") != FORMAT:
            raise ArchiveRefused("The back-up is of another format than this version reads.")
        tables = tuple(TableEntry(**each) for each in values.pop("tables"))
        return Manifest(tables=tables, **values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ArchiveRefused("The manifest of the back-up cannot be read.") from error


def member_of(table: str) -> str:
    """Return the name of a table's file in the archive."""
    return f"rows/{table}.jsonl"


def encode_row(row: Mapping[str, Any]) -> bytes:
    """Return a row as one line of JSON."""
    values = {name: _encode(value) for name, value in row.items()}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def decode_row(line: bytes, kinds: Mapping[str, types.TypeEngine[Any]]) -> dict[str, Any]:
    """Return the row that a line is, with each value as its column wants it.

    Raises:
        ArchiveRefused: the line is no row of that table.
    """
    try:
        values = json.loads(line)
        return {name: _decode(value, kinds[name]) for name, value in values.items()}
    except (ValueError, KeyError, AttributeError) as error:
        raise ArchiveRefused("A row of the back-up does not fit its table.") from error


def _encode(value: Any) -> Any:
    """Return *value* as JSON can say it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value) if isinstance(value, Decimal) else value


def _decode(value: Any, kind: types.TypeEngine[Any]) -> Any:
    """Return what `_encode` was given, by the kind of its column."""
    if value is None or not isinstance(value, str):
        return value
    for known, read in _READERS:
        if isinstance(kind, known):
            return read(value)
    return value


_READERS = (
    (types.DateTime, datetime.fromisoformat),
    (types.Date, date.fromisoformat),
    (types.Time, time.fromisoformat),
    (types.LargeBinary, base64.b64decode),
    (types.Numeric, Decimal),
)
