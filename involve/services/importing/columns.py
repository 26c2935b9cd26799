"""Which column is what: guessed from its name in either language, and rows made of what a person said of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from involve.errors import BadInput
from involve.services.evidence.import_plan import ImportRow, Refusal
from involve.services.importing.tables import TITLE_LINES, FileRefused, Line, Table
from involve.services.insights.insight_rows import read_row

FIELDS = ("text", "id")
# What only an insight says beside that.
INSIGHT_FIELDS = ("people", "how", "area", "try")
# Words that name a column, in order: the more telling first. Without case and what parts words.
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": (
            "text", "testun", "stori", "story", "profiad", "experience", "geiriau", "words", "sylw", "sylwadau",
            "comment", "comments", "ymateb", "response", "ateb", "answer", "comment body", "adborth", "feedback",
            "mewnwelediad", "insight", "disgrifiad", "description", "neges", "message",
        ),
        "id": (
            "id", "cyfeirnod", "reference", "ref", "rhif", "number", "response id", "respondent id", "rhif ymateb",
            "comment id", "no", "key", "allwedd",
        ),
        "people": ("people", "pobl", "how many", "faint o bobl", "nifer"),
        "how": ("how", "sut", "how heard", "sut y clywyd"),
        "area": ("area", "ardal", "local authority", "awdurdod lleol", "county", "sir"),
        "try": ("try", "rhoi cynnig", "idea", "syniad", "beth i roi cynnig arno"),
    }
)  # fmt: skip
_PARTS = re.compile(r"[\W_]+")
# Between the languages of a heading such as “Stori / Story”.
_LANGUAGES = re.compile(r"[/|]")


def find_headings(table: Table) -> int:
    """Return the number of the line that names the columns.

    It is the first that has a word for the stories in a cell of its own, else the first, but for titles of one cell
    above it.

    Raises:
        FileRefused: 'headings': there is no line beneath it.
    """
    first = [(line, cells or []) for line, cells in table.lines[: TITLE_LINES + 1]]
    known = (
        line for line, cells in first if any(not _forms(cell).isdisjoint(NAMES["text"]) for cell in cells)
    )
    several = (line for line, cells in first if sum(bool(cell.strip()) for cell in cells) > 1)
    heading = next(known, None) or next(several, first[0][0])
    if heading == table.lines[-1][0]:
        raise FileRefused("headings")
    return heading


def guess_columns(names: Sequence[str], rows: Sequence[Line]) -> dict[str, int]:
    """Return the place of each field that the names of columns give away.

    Where none names the words, they are in the column whose cells in *rows* are the longest.
    """
    forms = [_forms(name) for name in names]
    places = {
        field: at
        for field, known in NAMES.items()
        for at in [next((at for name in known for at, each in enumerate(forms) if name in each), None)]
        if at is not None
    }
    if "text" not in places and names:
        places["text"] = max(range(len(names)), key=lambda at: _letters(rows, at))
    return {field: places[field] for field in (*FIELDS, *INSIGHT_FIELDS) if field in places}


def _forms(name: str) -> frozenset[str]:
    """Return the names by which a column goes: its heading as a whole, and in each language that stands there."""
    return frozenset(_plain(part) for part in (name, *_LANGUAGES.split(name)))


def _plain(name: str) -> str:
    """Return the name of a column without case and what parts words."""
    return _PARTS.sub(" ", name.casefold()).strip()


def _letters(rows: Sequence[Line], at: int) -> int:
    """Return how much stands in a column."""
    return sum(len(cells[at]) for _, cells in rows if cells is not None and at < len(cells))


def make_row(line: Line, places: Mapping[str, int], insights_of: str | None) -> ImportRow | Refusal:
    """Return what a line says when *places* tell which cell is which; of a project's insights, or of stories.

    Its reason is 'csv' where the line could not be read, else that of `read_row`.
    """
    number, cells = line
    if cells is None:
        return Refusal(number, "csv")
    said = {field: cells[at] for field, at in places.items() if at < len(cells)}
    row = ImportRow(number, said.get("text", ""), said.get("id", "").strip() or None)
    if insights_of is None:
        return row
    try:
        draft = read_row(insights_of, {field: said.get(field, "") for field in ("text", *INSIGHT_FIELDS)})
    except BadInput as error:
        return Refusal(number, str(error))
    return replace(row, people=draft.people, insight=draft)
