"""Codebooks in the REFI-QDA standard 1.0 (`.qdc`), by which programs of qualitative research exchange their codes.

A code of the standard has one name and one description. Ours have both languages: the name says *Cymraeg · English*,
and the description has a labelled paragraph for each thing in each language, so that people can read it there and what
comes back is what went out.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from involve.text.concepts import Bilingual, Concept
from involve.text.findings import Findings, Table

SPACE = "urn:QDA-XML:codebook:1.0"
# The groups that are not a project's own: known again, they are no themes of it.
FIXED = ("goal", "way", "stance")
GROUPS = {
    "goal": Bilingual("Nodau llesiant", "Well-being goals"),
    "way": Bilingual("Ffyrdd o weithio", "Ways of working"),
    "theme": Bilingual("Themâu", "Themes"),
    "stance": Bilingual("Safbwynt", "Stance"),
}
LABELS = {
    "id": ("Id",),
    "name": ("Enw", "Name"),
    "definition": ("Diffiniad", "Definition"),
    "includes": ("Yn perthyn", "Belongs"),
    "excludes": ("Ddim yn perthyn", "Does not belong"),
    "cues": ("Ciwiau", "Cues"),
}
BETWEEN = " · "
LONGEST_KEY = 40
_FIELDS = {f"{label}:": (part, at) for part, labels in LABELS.items() for at, label in enumerate(labels)}
# What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Words of the description of a code begin a line with one of these.
_LABEL = re.compile(rf"({'|'.join(map(re.escape, _FIELDS))}) ?")
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Code:
    """A code as the standard knows it. One with `parts` is a group and codes nothing itself."""

    kind: str
    id: str
    name: Bilingual
    description: str = ""
    parts: tuple["Code", ...] = ()


def write_refi(codes: Sequence[Code], origin: str) -> bytes:
    """Return codes as a file; *origin* is the program that writes it. The same codes have the same ids every time."""
    root = etree.Element(f"{{{SPACE}}}CodeBook", {"origin": origin}, nsmap={None: SPACE})
    add_codes(root, codes, SPACE)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def add_codes(book: Any, codes: Sequence[Code], space: str) -> None:
    """Add codes to the element of a codebook, in the namespace of a codebook or of a project."""
    shelf = etree.SubElement(book, f"{{{space}}}Codes")
    for code in codes:
        _add_code(shelf, code, space)


def _add_code(shelf: Any, code: Code, space: str) -> None:
    about = {"guid": guid_of(code.kind, code.id), "name": _plain(both(code.name))}
    about["isCodable"] = "false" if code.parts else "true"
    element = etree.SubElement(shelf, f"{{{space}}}Code", about)
    if code.description:
        etree.SubElement(element, f"{{{space}}}Description").text = _plain(code.description)
    for part in code.parts:
        _add_code(element, part, space)


def code_of_theme(theme: Concept, key: str) -> Code:
    """Return a theme of a project, *key* in its codebook, as a code whose description holds all that is known of it."""
    cues = [[word for cue in theme.cues for word in getattr(cue, at)] for at in ("cy", "en")]
    said = {
        # The name alone may not say where one language ends.
        "name": theme.name if BETWEEN in theme.name.cy + theme.name.en else Bilingual(),
        "definition": theme.definition,
        "includes": theme.belongs,
        "excludes": theme.excludes,
        "cues": Bilingual("; ".join(cues[0]), "; ".join(cues[1])),
    }
    return Code("theme", theme.id, theme.name, describe(said, key))


def describe(said: dict[str, Bilingual], id_: str = "") -> str:
    """Return what is said of a code, Welsh first: a line for each thing, further lines of it set in."""
    lines = [("id", 0, id_)]
    lines += [
        (part, at, getattr(words, side))
        for at, side in enumerate(("cy", "en"))
        for part, words in said.items()
    ]
    return "\n".join(
        f"{LABELS[part][at]}: {words}".replace("\n", "\n  ") for part, at, words in lines if words
    )


def read_refi(data: bytes, name: str, found: Findings) -> Table | None:
    """Return the themes of a file called *name* as the table of a codebook, None after adding the error.

    Codes of another program become themes by their names; what they say in one language stands for both. Goals, ways
    and stances that we wrote ourselves are left out.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        found.refuse(name, f"is not XML: {str(error)[:200]}", "not_refi")
        return None
    if root.tag != f"{{{SPACE}}}CodeBook" or root.getroottree().docinfo.doctype:
        found.refuse(name, "is no codebook of REFI-QDA 1.0 (.qdc)", "not_refi")
        return None
    themes = [_read_code(code) for code in root.iter(f"{{{SPACE}}}Code") if _is_theme(code)]
    return {"themes": _with_ids(themes)}


def _is_theme(code: Any) -> bool:
    """Whether a code can be a theme of a project."""
    ours = {guid_of("group", kind) for kind in FIXED}
    groups = (each.get("guid", "").strip("{}").lower() for each in code.iterancestors(f"{{{SPACE}}}Code"))
    return code.get("isCodable", "true") in ("true", "1") and not ours & set(groups)


def _read_code(code: Any) -> dict[str, Any]:
    """Return a code as the table of a theme."""
    name = code.get("name", "")
    welsh, between, english = name.partition(BETWEEN)
    said = _read_description(code.findtext(f"{{{SPACE}}}Description") or "")
    table: dict[str, Any] = {
        "id": said.pop("id", {}).get("cy", ""),
        "name": {"cy": welsh, "en": english} if between else {"cy": name, "en": name},
    }
    cues = said.pop("cues", {})
    table["cues"] = {side: [word for word in cues.get(side, "").split("; ") if word] for side in ("cy", "en")}
    return {**table, **said}


def _read_description(description: str) -> dict[str, dict[str, str]]:
    """Return what the labels of a description say; one without labels is a definition, for both languages."""
    said: dict[str, dict[str, str]] = {}
    at: tuple[str, str] | None = None
    for line in description.split("\n"):
        label = _LABEL.match(line)
        if label:
            part, side = _FIELDS[label[1]]
            at = (part, ("cy", "en")[side])
            said.setdefault(part, {"cy": "", "en": ""})[at[1]] = line[label.end() :]
        elif at is None:
            words = description.strip()
            return {"definition": {"cy": words, "en": words}} if words else {}
        else:
            said[at[0]][at[1]] += "\n" + line.removeprefix("  ")
    return said


def _with_ids(themes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return themes each with an id of its own: that of our file, or one made from the name."""
    given, known = [], set[str]()
    for theme in themes:
        stem = theme["id"] or _slug(theme["name"]["en"]) or "theme"
        id_ = next(each for each in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if each not in known)
        known.add(id_)
        given.append({**theme, "id": id_})
    return given


def _slug(name: str) -> str:
    """Return a name in small letters, digits and hyphens."""
    bare = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return _NO_LETTER.sub("-", bare).strip("-")[:LONGEST_KEY].strip("-")


def guid_of(kind: str, name: str) -> str:
    """Return an id that is the same for the same thing in every file."""
    return str(uuid5(NAMESPACE_URL, f"involve:{kind}:{name}"))


def both(words: Any) -> str:
    """Return a name in both languages, once where they are the same."""
    return str(words.cy) if words.cy == words.en else f"{words.cy}{BETWEEN}{words.en}"


def _plain(words: str) -> str:
    """Return words as XML can hold them."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", words)
