"""Loads codebooks: the built-in one of goals and ways, and a project's own; and checks them."""

from functools import cache
from pathlib import Path

from involve.errors import BadInput
from involve.text.codebook_check import find_weaknesses
from involve.text.codebook_file import Findings, parse_file, read_concept, read_themes
from involve.text.concepts import Bilingual, Codebook, Concept, Cue
from involve.text.types import Scheme

__all__ = ["Bilingual", "Codebook", "Concept", "Cue", "check_codebook", "load_builtin", "load_codebook"]

_BUILTIN = Path(__file__).parent / "data" / "codebook"
_GOALS = ("prosperous", "resilient", "healthier", "equal", "cohesive", "culture", "global")
_WAYS = ("long_term", "prevention", "integration", "collaboration", "involvement")


@cache
def load_builtin() -> Codebook:
    """Return the built-in codebook: the seven goals, then the five ways of working; read once a process.

    Raises:
        BadInput: a file of the installation is damaged; the message lists every fault.
    """
    found = Findings()
    concepts = [_load_concept("goal", each, found) for each in _GOALS]
    concepts += [_load_concept("way", each, found) for each in _WAYS]
    _refuse_errors(found)
    return Codebook(tuple(concept for concept in concepts if concept))


def load_codebook(path: Path) -> Codebook:
    """Return a project's codebook from a TOML or JSON file; its concepts have the scheme "theme".

    Raises:
        BadInput: the message lists every error with its place and reason. A warning does not stop it.
    """
    found = Findings()
    table = parse_file(path, found)
    themes = () if table is None else read_themes(table, found)
    _refuse_errors(found, f"{path.name}: ")
    return Codebook(themes)


def check_codebook(path: Path) -> Findings:
    """Return everything there is to say about a project's codebook: errors, and warnings beside them.

    Errors (shape, ids) make `load_codebook` refuse. Warnings do not: a missing Welsh or English partner, a
    cue that two themes or two languages share, a repeated cue, a cue that another one makes needless.
    """
    found = Findings()
    table = parse_file(path, found)
    if table is not None:
        find_weaknesses(read_themes(table, found), found)
    return found


def _load_concept(scheme: Scheme, concept_id: str, found: Findings) -> Concept | None:
    path = _BUILTIN / f"{scheme}s" / f"{concept_id}.toml"
    table = parse_file(path, found)
    return None if table is None else read_concept(table, scheme, concept_id, path.name, found)


def _refuse_errors(found: Findings, name: str = "") -> None:
    if found.errors:
        raise BadInput(name + "; ".join(f"{each.place}: {each.reason}" for each in found.errors))
