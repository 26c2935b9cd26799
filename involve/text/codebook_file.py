"""Reads concepts from TOML, JSON or REFI-QDA files and says, all at once, everything that is wrong with them."""

import json
import tomllib
from pathlib import Path
from typing import cast

from involve.text.concepts import Bilingual, Concept, Cue, Pattern
from involve.text.findings import Findings, Problem, Table
from involve.text.refi import read_refi
from involve.text.types import Scheme, Stance

__all__ = [
    "Findings",
    "Problem",
    "Table",
    "parse_bytes",
    "parse_file",
    "read_concept",
    "read_cue",
    "read_themes",
]

_STANCES = ("strength", "concern", "idea", "mixed")
_LANGUAGES = ("cy", "en")
_CUE_FIELDS = frozenset({"cy", "en", "weight", "stance", "needs", "unless"})
_PATTERN_FIELDS = frozenset({"cy", "en", "weight", "stance"})
_THEME_FIELDS = frozenset({"id", "name", "definition", "includes", "excludes", "cues"})
HINT = 0.4  # weight of a hint: two make a suggestion, one does where there is nothing else
LONGEST_CUE = 200
_LONGEST_ID = 80


def parse_file(path: Path, found: Findings) -> Table | None:
    """Return the top table of a TOML, JSON or REFI-QDA file, or None after adding the error that prevents it.

    A file is REFI-QDA or JSON when its name ends so, or when it opens as such a file does, else TOML.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        found.refuse(path.name, f"cannot be read ({error.strerror})", "unreadable")
        return None
    return parse_bytes(data, path.name, found)


def parse_bytes(data: bytes, name: str, found: Findings) -> Table | None:
    """Return the top table of what a file called *name* holds, as `parse_file` does."""
    if name.lower().endswith(".qdc") or data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return read_refi(data, name, found)
    try:
        text = data.decode("utf-8-sig")
        is_json = name.lower().endswith(".json") or text.lstrip().startswith("{")
        table = json.loads(text) if is_json else tomllib.loads(text)
    except UnicodeDecodeError as error:
        found.refuse(name, f"is not UTF-8 (byte {error.start})", "not_utf8")
    except json.JSONDecodeError as error:
        found.refuse(f"line {error.lineno}", f"is not JSON: {error.msg}", "not_json")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found.refuse(name, f"is not TOML or JSON: {error}", "not_toml")
    else:
        if isinstance(table, dict):
            return table
        found.refuse(name, 'must be a table with "themes"', "no_themes")
    return None


def read_concept(table: Table, scheme: Scheme, concept_id: str, place: str, found: Findings) -> Concept:
    """Return one built-in concept from its file's *table*; what is wrong is added to *found*."""
    if (table.get("scheme"), table.get("id")) != (scheme, concept_id):
        found.refuse(place, f'must say scheme = "{scheme}" and id = "{concept_id}"')
    cues = table.get("cue", [])
    if not isinstance(cues, list):
        found.refuse(place, "[[cue]] must be a list of tables")
        cues = []
    return Concept(
        scheme=scheme,
        id=concept_id,
        version=str(table.get("version", "1")),
        definition=_read_bilingual(table, "definition", place, found),
        belongs=_read_bilingual(table, "belongs", place, found),
        excludes=_read_bilingual(table, "excludes", place, found),
        cues=tuple(read_cue(cue, f"{place}, cue {number}", found) for number, cue in enumerate(cues, 1))
        + _read_hints(table.get("hints", {}), f"{place}, hints", found),
        patterns=tuple(
            _read_pattern(pattern, f"{place}, pattern {number}", found)
            for number, pattern in enumerate(table.get("pattern", ()), 1)
        ),
    )


def _read_pattern(pattern: object, place: str, found: Findings) -> Pattern:
    """Return one turn of speech; the same fields as a cue's, without neighbours."""
    if not isinstance(pattern, dict) or pattern.keys() - _PATTERN_FIELDS:
        found.refuse(place, f"must be a table with no other fields than {', '.join(sorted(_PATTERN_FIELDS))}")
        return Pattern((), ())
    return Pattern(
        cy=tuple(pattern.get("cy", ())),
        en=tuple(pattern.get("en", ())),
        weight=_read_weight(pattern.get("weight", 1.0), place, found),
        stance=_read_stance(pattern.get("stance"), place, found),
    )


def _read_hints(hints: object, place: str, found: Findings) -> tuple[Cue, ...]:
    """Return a light cue for each word of two lists: words that prove little alone, and much together."""
    if not isinstance(hints, dict) or hints.keys() - set(_LANGUAGES):
        found.refuse(place, "must be a table with the lists cy and en")
        return ()
    welsh = _read_words(hints.get("cy", []), f"{place}.cy", found)
    english = _read_words(hints.get("en", []), f"{place}.en", found)
    return tuple(Cue((word,), (), HINT) for word in welsh) + tuple(Cue((), (word,), HINT) for word in english)


def read_themes(table: Table, found: Findings) -> tuple[Concept, ...]:
    """Return the themes of a project's codebook; what is wrong is added to *found*."""
    themes = table.get("themes")
    if not isinstance(themes, list) or not themes:
        found.refuse("themes", "must be a list of at least one theme", "no_themes")
        return ()
    read = [_read_theme(theme, f"theme {number}", found) for number, theme in enumerate(themes, 1)]
    seen: set[str] = set()
    for number, concept in enumerate(read, 1):
        if concept.id and concept.id in seen:
            found.refuse(f"theme {number}", f'the id "{concept.id}" is used twice', "twice")
        seen.add(concept.id)
    return tuple(read)


def _read_theme(theme: object, place: str, found: Findings) -> Concept:
    if not isinstance(theme, dict):
        found.refuse(place, "must be a table with id, name, definition and cues")
        return Concept("theme", "", ())
    theme_id = theme.get("id")
    if not isinstance(theme_id, str) or not 0 < len(theme_id) <= _LONGEST_ID or not theme_id.isprintable():
        found.refuse(f"{place}, id", f"must be a text of 1 to {_LONGEST_ID} characters", "id")
        theme_id = ""
    place = f'{place} ("{theme_id}")' if theme_id else place
    _warn_unknown(theme, _THEME_FIELDS, place, found)
    return Concept(
        scheme="theme",
        id=theme_id,
        name=_read_bilingual(theme, "name", place, found),
        definition=_read_bilingual(theme, "definition", place, found),
        belongs=_read_bilingual(theme, "includes", place, found),
        excludes=_read_bilingual(theme, "excludes", place, found),
        cues=_read_theme_cues(theme.get("cues", {}), f"{place}, cues", found),
    )


def _read_theme_cues(cues: object, place: str, found: Findings) -> tuple[Cue, ...]:
    """Return a cue for each word of a theme: its two lists are not paired notion by notion."""
    if not isinstance(cues, dict):
        found.refuse(place, "must be a table with the lists cy and en")
        return ()
    _warn_unknown(cues, frozenset(_LANGUAGES), place, found)
    welsh = _read_words(cues.get("cy", []), f"{place}.cy", found)
    english = _read_words(cues.get("en", []), f"{place}.en", found)
    return tuple(Cue((word,), ()) for word in welsh) + tuple(Cue((), (word,)) for word in english)


def read_cue(cue: object, place: str, found: Findings) -> Cue:
    """Return one notion from its table; what is wrong is added to *found*."""
    if not isinstance(cue, dict):
        found.refuse(place, "must be a table")
        return Cue((), ())
    for name in sorted(cue.keys() - _CUE_FIELDS):
        found.refuse(place, f'"{name}" is not a field of a cue')
    return Cue(
        cy=_read_words(cue.get("cy", []), f"{place}, cy", found),
        en=_read_words(cue.get("en", []), f"{place}, en", found),
        weight=_read_weight(cue.get("weight", 1.0), place, found),
        stance=_read_stance(cue.get("stance"), place, found),
        needs=_read_words(cue.get("needs", []), f"{place}, needs", found),
        unless=_read_words(cue.get("unless", []), f"{place}, unless", found),
    )


def _read_weight(weight: object, place: str, found: Findings) -> float:
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 5:
        found.refuse(f"{place}, weight", "must be a number above 0 and at most 5")
        return 1.0
    return float(weight)


def _read_stance(stance: object, place: str, found: Findings) -> Stance | None:
    if stance is not None and stance not in _STANCES:
        found.refuse(f"{place}, stance", f"must be one of {', '.join(_STANCES)}")
        return None
    return cast(Stance | None, stance)


def _read_bilingual(table: Table, name: str, place: str, found: Findings) -> Bilingual:
    value = table.get(name, {})
    if not isinstance(value, dict) or not all(isinstance(value.get(each, ""), str) for each in _LANGUAGES):
        found.refuse(f"{place}, {name}", "must be a table with the texts cy and en")
        return Bilingual()
    return Bilingual(cy=value.get("cy", ""), en=value.get("en", ""))


def _read_words(words: object, place: str, found: Findings) -> tuple[str, ...]:
    """Return a list of cues, each trimmed; those that cannot be used are refused one by one."""
    if not isinstance(words, list):
        found.refuse(place, "must be a list of texts")
        return ()
    read = []
    for number, word in enumerate(words, 1):
        reason = fault_of_cue(word)
        if reason:
            found.refuse(f"{place}, item {number}", reason, "cue")
        else:
            read.append(word.strip())
    return tuple(read)


def fault_of_cue(word: object) -> str:
    """Say why *word* cannot be a cue, or nothing."""
    if not isinstance(word, str):
        return "must be a text"
    if not any(character.isalnum() for character in word):
        return "holds no letter or digit"
    if len(word) > LONGEST_CUE or not word.strip().isprintable():
        return f"must be at most {LONGEST_CUE} characters, without line breaks or control characters"
    if any(len(part) > 1 and "*" in part[:-1] for part in word.split()) or "*" in word.split():
        return "may have a * only at the end of a word"
    return ""


def _warn_unknown(table: Table, known: frozenset[str], place: str, found: Findings) -> None:
    for name in sorted(str(key) for key in table.keys() - known):
        found.warn(place, f'"{name}" is not a field that is read', "unknown_field", name)
