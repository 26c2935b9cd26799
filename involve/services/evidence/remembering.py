"""What is remembered of the public evidence for as long as none of it changes.

Triggers mark each change of what public pages of evidence show (migrations 0037 and 0045). A process that finds a new
mark has new sets in its index, and with them forgets all that was made of the old ones.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session

from involve.services.evidence.facet_index import MEMORY, FacetIndex

_MEMORY = "evidence"
# Of each kind: more stories than people open in an hour, and all searches that are asked again.
_MOST = 2_000

Thing = TypeVar("Thing")


@dataclass(slots=True)
class _Remembered:
    """Things by kind and key, made while the sets of an index stood so."""

    sets: object
    kinds: dict[str, OrderedDict[Hashable, object]] = field(default_factory=dict)


def remember(
    session: Session,
    index: FacetIndex,
    kind: str,
    key: Hashable,
    make: Callable[[], Thing],
    most: int = _MOST,
) -> Thing:
    """Return what *make* makes, or made before for this key while the evidence stood as *index* has it.

    It must depend on nothing but what is marked. What a transaction alone can see is remembered for nobody. At *most*
    so many are kept of a kind, the newest.
    """
    things = recall(session, index, kind)
    if key in things:
        return cast(Thing, things[key])
    made = make()
    keep(things, {key: made}, most)
    return made


def keep(things: OrderedDict[Hashable, object], made: Mapping[Any, object], most: int = _MOST) -> None:
    """Remember more of one kind, and forget what has been remembered longest."""
    things.update(made)
    while len(things) > most:
        things.popitem(last=False)


def recall(session: Session, index: FacetIndex, kind: str) -> OrderedDict[Hashable, object]:
    """Return what is remembered of one kind; a mapping that is thrown away where nothing may be."""
    memory: dict[str, object] = session.info.setdefault("memory", {})
    if memory.get(MEMORY) is not index:
        return OrderedDict()
    known = memory.get(_MEMORY)
    if not isinstance(known, _Remembered) or known.sets is not index.sets:
        known = memory[_MEMORY] = _Remembered(index.sets)
    return known.kinds.setdefault(kind, OrderedDict())
