"""Paper as a Word document (DOCX): the words of the PDF, with real headings, lists and tables, each in its language.

The HTML of `paper.write_html` is read element by element, so that nothing is written twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import segno
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import html as lxml_html

# What Word calls the languages of words.
WORD_LANGUAGES = {"cy": "cy-GB", "en": "en-GB"}
HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_FONT, _QUOTED = "Arial", "Quote"


@dataclass(frozen=True, slots=True)
class _Look:
    """How words look and in which language they are ("" where no single one fits)."""

    language: str
    bold: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that look alike, or the address of a picture with what it shows in words."""

    text: str
    look: _Look
    picture: str = ""


def write_docx(html: str) -> bytes:
    """Return the page of `paper.write_html` as a Word document, with its title and main language."""
    page = lxml_html.fromstring(html)
    language = page.get("lang", "en")
    document = Document()
    _prepare(document, page.findtext(".//title") or "", language)
    parts = page.xpath("//body/*")
    for number, part in enumerate(parts):
        before = len(document.paragraphs)
        _add_blocks(document, part, _Look(part.get("lang", language)))
        document.paragraphs[before].paragraph_format.page_break_before = number > 0
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _prepare(document: WordDocument, title: str, language: str) -> None:
    """Give the document its title, language, and styles that are black and large enough to read."""
    properties = document.core_properties
    properties.title, properties.language = title, WORD_LANGUAGES[language]
    properties.author = properties.comments = ""
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            _make_plain(style)
    document.styles["Normal"].font.size = Pt(11.5)
    default = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_language(default, language)


def _make_plain(style: Any) -> None:
    style.font.name = _FONT
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.find(qn("w:rFonts"))
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), _FONT)


def _add_blocks(document: WordDocument, element: Any, look: _Look) -> None:
    """Add what stands in an element, block by block."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        inner = _look_of(child, look)
        if child.tag in HEADINGS:
            _fill(document.add_heading(level=HEADINGS[child.tag]), _pieces(child, inner))
        elif child.tag == "p":
            style = _QUOTED if child.getparent().tag == "blockquote" else None
            _fill(document.add_paragraph(style=style), _pieces(child, inner))
        elif child.tag == "ul":
            for item in child.iterfind("li"):
                _fill(document.add_paragraph(style="List Bullet"), _pieces(item, _look_of(item, inner)))
        elif child.tag == "table":
            _add_table(document, child, inner)
        else:
            _add_blocks(document, child, inner)


def _add_table(document: WordDocument, element: Any, look: _Look) -> None:
    """Add a table with its caption before it; its first row repeats on every page as the header."""
    rows = element.findall(".//tr")
    caption = element.find("caption")
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    if caption is not None:
        paragraph = document.add_paragraph(style="Caption")
        _fill(paragraph, _pieces(caption, look))
        paragraph.paragraph_format.keep_with_next = True
        table._tbl.addprevious(paragraph._p)
        described = OxmlElement("w:tblCaption")
        described.set(qn("w:val"), " ".join(caption.text_content().split()))
        table._tbl.tblPr.append(described)
    for row, made in zip(rows, table.rows, strict=True):
        for cell, into in zip(row, made.cells, strict=True):
            inner = replace(_look_of(cell, look), bold=cell.tag == "th")
            _fill(into.paragraphs[0], _pieces(cell, inner))
        made._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _look_of(element: Any, look: _Look) -> _Look:
    return replace(
        look,
        language=element.get("lang", look.language),
        bold=look.bold or element.tag == "b",
        link=element.get("href", look.link) if element.tag == "a" else look.link,
    )


def _pieces(element: Any, look: _Look) -> Iterator[_Piece]:
    """Yield the words in an element, each with its look, as they stand in the source."""
    yield _Piece(element.text or "", look)
    for child in element:
        inner = _look_of(child, look)
        if child.tag == "img":
            yield _Piece(child.get("alt", ""), inner, child.get("data-address", ""))
        elif isinstance(child.tag, str):
            yield from _pieces(child, inner)
        yield _Piece(child.tail or "", look)


def _fill(paragraph: Paragraph, pieces: Iterator[_Piece]) -> None:
    """Put the pieces into a paragraph, with single spaces, and none at its ends."""
    found = list(pieces)
    texts = [f"{' ' * each.text[:1].isspace()}{' '.join(each.text.split())}" for each in found]
    texts = [
        f"{words} " if words.strip() and each.text[-1:].isspace() else words
        for words, each in zip(texts, found, strict=True)
    ]
    so_far = ""
    for words, each in zip(texts, found, strict=True):
        shown = words.lstrip() if not so_far or so_far.endswith(" ") else words
        if each.picture:
            _add_picture(paragraph, each)
        elif shown:
            _add_run(paragraph, shown, each.look)
            so_far += shown


def _add_run(paragraph: Paragraph, words: str, look: _Look) -> None:
    run = paragraph.add_run(words)
    run.bold = look.bold or None
    _set_language(run._r.get_or_add_rPr(), look.language)
    if look.link:
        _link(paragraph, run, look.link)


def _link(paragraph: Paragraph, run: Run, address: str) -> None:
    """Make a run that ends a paragraph a link."""
    run.underline = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)
    paragraph._p.append(link)


def _add_picture(paragraph: Paragraph, piece: _Piece) -> None:
    """Add the QR code of an address, with its words for those who do not see it."""
    drawing = BytesIO()
    segno.make(piece.picture, error="m", micro=False).save(drawing, kind="png", scale=8, border=2)
    drawing.seek(0)
    picture = paragraph.add_run().add_picture(drawing, width=Cm(3))
    picture._inline.docPr.set("descr", piece.text)


def _set_language(properties: Any, language: str) -> None:
    """Say in which language words are; of others than ours that it is none that a program should read out or check."""
    known = properties.find(qn("w:lang"))
    if known is None:
        known = OxmlElement("w:lang")
        properties.append(known)
    known.set(qn("w:val"), WORD_LANGUAGES.get(language, "und"))
