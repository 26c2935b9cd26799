"""Keeping passages in place when what is hidden of a published story changes: each follows its own words."""

from collections.abc import Callable, Hashable, Iterable
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

# Beyond the end of any story.
_AWAY = 1_000_000


class Placed(Protocol):
    """A row that points at words of a published story."""

    start: int
    stop: int


Row = TypeVar("Row", bound=Placed)


def move_passages(
    session: Session, rows: Iterable[Row], old: str, new: str, owner: Callable[[Row], Hashable]
) -> None:
    """Move *rows* from where their words stood in *old* to where the same words stand in *new*.

    One of which something was hidden is deleted: nobody may see it, and what is left is another sentence. So is one
    that would come to stand where another of the same *owner* does.
    """
    kept: dict[tuple[Hashable, int], tuple[Row, int]] = {}
    for row in rows:
        words = old[row.start : row.stop]
        start = min(_places(new, words), key=lambda at: abs(at - row.start), default=-1)
        if start < 0 or (owner(row), start) in kept:
            session.delete(row)
        else:
            kept[owner(row), start] = (row, start + len(words))
    # All leave their old places first, as no two may stand in one place even for a moment.
    session.flush()
    for row, _stop in kept.values():
        row.start, row.stop = row.start + _AWAY, row.stop + _AWAY
    session.flush()
    for (_owner, start), (row, stop) in kept.items():
        row.start, row.stop = start, stop
    session.flush()


def _places(text: str, words: str) -> list[int]:
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
