"""What is written into a table: its columns, how a story becomes a row, and its tags rows of their own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from involve.services.evidence.exporting import COLUMNS, TAG_COLUMNS, export_row, guard_cell, tag_rows
from involve.services.evidence.handing_on import SHARED_COLUMNS


@dataclass(frozen=True, slots=True)
class Shape:
    """How stories become rows. Without `tag_rows` a file has the one table of stories."""

    columns: tuple[str, ...]
    row: Callable[[Any], tuple[str, ...]]
    tag_rows: Callable[[Any], Iterable[tuple[str, ...]]] | None = None

    def header(self) -> list[str]:
        """Return the names of the columns."""
        return list(self.columns)

    def guarded(self, story: Any) -> list[str]:
        """Return the story as cells that a spreadsheet may open."""
        return [guard_cell(cell) for cell in self.row(story)]

    def guarded_tags(self, story: Any) -> Iterator[list[str]]:
        """Yield the tags of the story as rows of such cells."""
        for row in self.tag_rows(story) if self.tag_rows else ():
            yield [guard_cell(cell) for cell in row]


PUBLISHED = Shape(COLUMNS, export_row, tag_rows)
SHARED = Shape(SHARED_COLUMNS, lambda story: story.row)
TAG_HEADER = list(TAG_COLUMNS)
Writer = Callable[[IO[bytes], Iterable[Any], Shape], None]
