"""XLIFF 1.2, the file that translators' tools read and write: stories in paragraphs, out and in. No database.

What comes in is anybody's file: it is parsed without a document type, entities, network or limitless depth, and every
failure is one of a few plain problems.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from involve.errors import BadInput
from involve.services.publishing.hidden_words import split_marks

LARGEST_FILE = 20 * 1024 * 1024
MOST_ELEMENTS = 300_000
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_LANG, _SPACE = "{http://www.w3.org/XML/1998/namespace}lang", "{http://www.w3.org/XML/1998/namespace}space"
_DECLARATIONS = re.compile(r"<!(?:DOCTYPE|ENTITY)")
# What XML cannot hold.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FileRefused(BadInput):
    """The file cannot be read as XLIFF; `problem` is 'too_large', 'not_text', 'declares', 'not_xml', 'not_xliff',
    'version' or 'too_many'."""

    code = "file_refused"

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, and what was made of it; None where nothing was yet."""

    id: str
    source: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class StoryUnits:
    """The paragraphs of one story on their way into `language`. `made_at` is when the file was made, if it says so."""

    reference: str
    told_in: str
    language: str
    units: tuple[Unit, ...]
    note: str = ""
    made_at: datetime | None = None


def write_xliff(stories: Iterable[StoryUnits], made_at: datetime) -> bytes:
    """Return a file of *stories*, each a `file` of its own with its two languages; marks stand in `ph` elements."""
    root = etree.Element(_name("xliff"), nsmap={None: NAMESPACE}, version="1.2")
    for story in stories:
        languages = {"source-language": story.told_in, "target-language": story.language}
        file = etree.SubElement(
            root,
            _name("file"),
            attrib=languages
            | {"original": story.reference, "datatype": "plaintext", "date": made_at.isoformat()},
        )
        etree.SubElement(etree.SubElement(file, _name("header")), _name("note")).text = _writable(story.note)
        body = etree.SubElement(file, _name("body"))
        for unit in story.units:
            _write_unit(body, story, unit)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)
    return written


def read_xliff(data: bytes) -> tuple[StoryUnits, ...]:
    """Return the stories of a file.

    Raises:
        FileRefused: it is too large, no text, no XML, declares types or entities, or is no XLIFF 1.2.
    """
    root = _parse(_decode(data))
    if etree.QName(root).localname != "xliff":
        raise FileRefused("not_xliff")
    if not str(root.get("version", "")).startswith("1."):
        raise FileRefused("version")
    return tuple(_read_story(file) for file in root.iterfind("{*}file"))


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for spaces and for what XML cannot hold: tools change these."""
    return _writable(one).split() == _writable(other).split()


def _decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark."""
    if len(data) > LARGEST_FILE:
        raise FileRefused("too_large")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("not_text") from None
    if _DECLARATIONS.search(text):
        raise FileRefused("declares")
    return text


def _parse(text: str) -> Any:
    """Return the root element; reading stops at once where there are too many elements."""
    found = etree.iterparse(
        BytesIO(text.encode()),
        events=("start",),
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for number, _event in enumerate(found):
            if number > MOST_ELEMENTS:
                raise FileRefused("too_many")
    except (etree.XMLSyntaxError, ValueError):
        raise FileRefused("not_xml") from None
    if found.root is None:
        raise FileRefused("not_xml")
    return found.root


def _read_story(file: Any) -> StoryUnits:
    """Return what a `file` element holds."""
    return StoryUnits(
        reference=file.get("original", ""),
        told_in=_language(file.get("source-language")),
        language=_language(file.get("target-language")),
        units=tuple(_read_units(file)),
        made_at=_moment(file.get("date")),
    )


def _read_units(file: Any) -> Iterator[Unit]:
    """Yield the units of a `file`, wherever a tool has put them."""
    for each in file.iter("{*}trans-unit"):
        source, target = each.find("{*}source"), each.find("{*}target")
        marks = (
            {} if source is None else {ph.get("id"): "".join(ph.itertext()) for ph in source.iter("{*}ph")}
        )
        said = None if target is None else _words_of(target, marks).strip()
        yield Unit(each.get("id", ""), "" if source is None else _words_of(source, marks), said or None)


def _words_of(element: Any, marks: Mapping[str, str]) -> str:
    """Return the text of an element; a placeholder that a tool has emptied stands for the mark of the source."""
    words = element.text or ""
    for child in element:
        inner = _words_of(child, marks)
        if not inner and etree.QName(child).localname in ("ph", "x"):
            inner = marks.get(child.get("id"), "")
        words += inner + (child.tail or "")
    return words


def _write_unit(body: Any, story: StoryUnits, unit: Unit) -> None:
    """Add a paragraph, with what was made of it if anything was."""
    each = etree.SubElement(body, _name("trans-unit"), attrib={"id": unit.id, _SPACE: "preserve"})
    _write_words(each, "source", story.told_in, unit.source)
    if unit.target is not None:
        _write_words(each, "target", story.language, unit.target)
    etree.SubElement(each, _name("note")).text = story.reference


def _write_words(unit: Any, name: str, language: str, words: str) -> None:
    """Add words, with each mark in an element that tools protect."""
    element = etree.SubElement(unit, _name(name), attrib={_LANG: language})
    last = None
    number = 0
    for piece, is_mark in split_marks(_writable(words)):
        if is_mark:
            number += 1
            last = etree.SubElement(element, _name("ph"), attrib={"id": str(number), "ctype": "x-hidden"})
            last.text = piece
        elif last is None:
            element.text = piece
        else:
            last.tail = piece


def _name(local: str) -> str:
    """Return the full name of an element."""
    return f"{{{NAMESPACE}}}{local}"


def _writable(text: str) -> str:
    """Return *text* with a sign in place of what XML cannot hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _language(tag: str | None) -> str:
    """Return the language of a tag such as `cy-GB`, which tools like to write."""
    return (tag or "").replace("_", "-").split("-")[0].lower()


def _moment(written: str | None) -> datetime | None:
    """Return the moment that a file names; None where it names none, or none with a zone."""
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
