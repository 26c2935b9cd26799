"""What was learnt of a codebook's themes: weights by name of feature, kept as a file that a person can read."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from involve.errors import BadInput
from involve.text.concepts import Codebook

FORM = 1  # of the file; raised when an older program could no longer read it
_PLACES = 4  # decimals kept of a weight
_SMALLEST = 0.005  # weights nearer to nothing than this are left out


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of each theme that has enough examples; for the others the codebook alone decides.

    `codebook` is the mark of the codebook that it belongs to, `rows` how many stories it learnt from, `examples` how
    many of them each theme has. `always`: every story had a theme, `single`: exactly one. `scores` holds F1 by
    language from cross-validation ("all", "cy", …), empty where there was none.
    """

    codebook: str
    rows: int
    examples: Mapping[str, int]
    always: bool
    single: bool
    rarity: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    scores: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def mark_codebook(codebook: Codebook) -> str:
    """Return a mark that changes with the ids and cues of a codebook, and with nothing else."""
    said = [
        (concept.scheme, concept.id, [asdict(cue) for cue in concept.cues]) for concept in codebook.concepts
    ]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def save_model(model: Model, path: Path) -> None:
    """Write *model* as JSON; the same model gives the same bytes."""
    kept = {
        theme: {
            name: round(value, _PLACES) for name, value in sorted(weights.items()) if abs(value) >= _SMALLEST
        }
        for theme, weights in model.weights.items()
    }
    used = {name for weights in kept.values() for name in weights}
    rarity = {name: round(value, _PLACES) for name, value in sorted(model.rarity.items()) if name in used}
    table = {"form": FORM, **asdict(model), "rarity": rarity, "weights": kept}
    path.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def load_model(path: Path, codebook: Codebook) -> Model:
    """Return the model in a file, made for *codebook*.

    Raises:
        BadInput: it is no model, or was made for another codebook; the message says what to do.
    """
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path.name}: is not a model made by involve learn ({error})") from error
    if not isinstance(table, dict) or table.pop("form", None) != FORM:
        raise BadInput(
            f"{path.name}: is not a model that this version reads; make it again with involve learn"
        )
    model = _read(table, path.name)
    if model.codebook != mark_codebook(codebook):
        raise BadInput(
            f"{path.name}: was made for another version of the codebook; make it again with involve learn"
        )
    return model


def _read(table: dict[str, Any], name: str) -> Model:
    try:
        model = Model(**table)
        whole = isinstance(model.rarity, dict) and all(
            isinstance(value, float | int) for weights in model.weights.values() for value in weights.values()
        )
    except (TypeError, AttributeError):
        whole = False
    if not whole:
        raise BadInput(f"{name}: is damaged; make it again with involve learn")
    return model
