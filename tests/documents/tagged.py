"""What ISO 14289-1 (PDF/UA-1) asks of a file and a program can see: faults by number of their Matterhorn checkpoint."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


def find_faults(data: bytes) -> list[str]:
    """Return the faults of a PDF; none where all that is looked at here holds."""
    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root
        elements = list(walk(root.StructTreeRoot))
        with pdf.open_metadata() as metadata:
            part, title = metadata.get("pdfuaid:part"), metadata.get("dc:title")
        checks = {
            "01 content is real or an artifact": not any(map(has_loose_content, pdf.pages)),
            "02 roles are standard": "/RoleMap" not in root.StructTreeRoot,
            "06 metadata: PDF/UA identifier": part == "1",
            "06 metadata: title": bool(title),
            "07 the title is displayed": root.ViewerPreferences.DisplayDocTitle is True,
            "09 marked as tagged": root.MarkInfo.Marked is True,
            "11 language of the document": str(root.get("/Lang", "")) in ("cy", "en"),
            "13 pictures have words": all(each.get("/Alt") for each in of_kind(elements, "/Figure")),
            "14 headings without a gap": is_nested([str(each.S) for each in elements]),
            "14 headings have no empty words": all(len(each.K) for each in of_kind(elements, *HEADINGS)),
            "28 order of the keyboard": all(page.get("/Tabs") == "/S" for page in pdf.pages),
            "28 links are tagged and described": all(map(is_described, links(pdf))),
            "31 fonts are embedded and say their letters": all(map(is_readable, fonts(pdf))),
        }
    return [name for name, holds in checks.items() if not holds]


def walk(element: Any) -> Iterator[Any]:
    """Yield every structure element beneath one, in the order of reading."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def of_kind(elements: list[Any], *kinds: str) -> list[Any]:
    return [each for each in elements if str(each.S) in kinds]


def is_nested(kinds: list[str]) -> bool:
    """Whether the first heading is of the first level and no later one skips a level."""
    levels = [int(kind[2:]) for kind in kinds if kind in HEADINGS]
    steps = zip([0, *levels], levels, strict=False)
    return bool(levels) and all(after - before <= 1 for before, after in steps)


def has_loose_content(page: Any) -> bool:
    """Whether something is drawn outside of every tag and every artifact."""
    depth = 0
    for _operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        depth += (name in ("BDC", "BMC")) - (name == "EMC")
        if depth == 0 and name in ("Tj", "TJ", "S", "s", "f", "F", "f*", "B", "Do", "sh", "'", '"'):
            return True
    return False


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]


def is_described(link: Any) -> bool:
    return bool(link.get("/Contents")) and "/StructParent" in link


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
    ]


def is_readable(font: Any) -> bool:
    """Whether a font is in the file and maps to Unicode; a descendant's map is that of the font above it."""
    if "/DescendantFonts" in font:
        return "/ToUnicode" in font
    descriptor = font.get("/FontDescriptor", {})
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def languages_of(data: bytes) -> list[tuple[str, str]]:
    """Return the kinds and languages of those tags that say their language."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [(str(each.S), str(each.Lang)) for each in walk(pdf.Root.StructTreeRoot) if "/Lang" in each]
