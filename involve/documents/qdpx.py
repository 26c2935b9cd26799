"""A project's published stories as a file for qualitative research: REFI-QDA Project 1.0 (`.qdpx`), with tags as codes.

The file is a ZIP of `project.qde` (XML) and one text for each story. Positions are code points, the end not included,
as the standard has it. What people agreed to and what the software only suggests are codings of two users.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from lxml import etree

from involve import __version__
from involve.documents.archive import Archive
from involve.services.evidence.public_story import PublicStory, PublicTag
from involve.text.concepts import Bilingual as Said
from involve.text.refi import GROUPS, Code, add_codes, guid_of
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import GOALS
from involve.vocabulary.states import STANCES
from involve.vocabulary.ways import WAYS

NAMESPACE = "urn:QDA-XML:project:1.0"
PEOPLE, SOFTWARE = "Pobl · People", "Y feddalwedd · The software"
Codes = dict[str, dict[str, Said]]
# By kind, in the order of the groups.
KNOWN = {"goal": GOALS, "way": WAYS, "theme": (), "stance": STANCES}


def write_qdpx(place: Path | IO[bytes], name: str, stories: Iterable[PublicStory], now: datetime) -> None:
    """Write the stories to *place* under the project's *name*. The same stories give the same ids every time."""
    moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    codes: Codes = {kind: {each.id: _said(each.name) for each in known} for kind, known in KNOWN.items()}
    day = (now.year, now.month, now.day, 0, 0, 0)
    with Archive(place) as archive, TemporaryFile() as sources:
        for story in stories:
            for tag in story.tags:
                named = tag.name or Bilingual(tag.concept, tag.concept)
                codes[tag.scheme].setdefault(tag.concept, _said(named))
            archive.add(f"sources/{guid_of('story', story.reference)}.txt", story.text.encode(), day)
            sources.write(etree.tostring(_source(story, moment), encoding="utf-8", pretty_print=True))
        # The codes stand before the sources, and are known when all of these were seen.
        head, _, tail = _project(name, codes, moment).partition(b"<Sources/>")
        # The schema knows no empty list of sources.
        before, after = (b"<Sources>", b"</Sources>") if sources.tell() else (b"", b"")
        sources.seek(0)
        with archive.open("project.qde", "w", force_zip64=True) as file:
            file.write(head + before)
            copyfileobj(sources, file)
            file.write(after + tail)


def _project(name: str, codes: Codes, moment: str) -> bytes:
    """Return the description of the whole: users, codes, and an empty element for the sources."""
    about = {"name": name, "origin": f"Involve {__version__}", "creatingUserGUID": guid_of("user", PEOPLE)}
    root = etree.Element(_tag("Project"), about, nsmap={None: NAMESPACE}, creationDateTime=moment)
    users = etree.SubElement(root, _tag("Users"))
    for user in (PEOPLE, SOFTWARE):
        etree.SubElement(users, _tag("User"), guid=guid_of("user", user), name=user)
    add_codes(etree.SubElement(root, _tag("CodeBook")), list(_groups(codes)), NAMESPACE)
    etree.SubElement(root, _tag("Sources"))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _groups(codes: Codes) -> Iterator[Code]:
    """Yield the groups of codes, which are no codes themselves, with the codes in them."""
    for kind, group in GROUPS.items():
        parts = tuple(Code(kind, id_, name) for id_, name in codes[kind].items())
        if parts:
            yield Code("group", kind, group, parts=parts)


def _said(words: Bilingual) -> Said:
    """Return words as the text floor has them."""
    return Said(words.cy, words.en)


def _source(story: PublicStory, moment: str) -> etree._Element:
    """Return a story with its coded passages."""
    guid = guid_of("story", story.reference)
    made = {"creatingUser": guid_of("user", PEOPLE), "creationDateTime": moment}
    source = etree.Element(_tag("TextSource"), nsmap={None: NAMESPACE}, guid=guid, name=story.reference)
    source.attrib.update({"plainTextPath": f"internal://{guid}.txt", **made})
    facts = (story.language, story.area or "", story.told_as, story.published_on.isoformat())
    etree.SubElement(source, _tag("Description")).text = " · ".join(filter(None, facts))
    for number, (tag, start, end) in enumerate(_passages(story)):
        source.append(_selection(story, number, tag, (start, end), moment))
    return source


def _passages(story: PublicStory) -> Iterator[tuple[PublicTag, int, int]]:
    """Yield each passage of each tag; what a person tagged without one is about the whole story."""
    for tag in story.tags:
        for start, end in tag.passages or ((0, len(story.text)),):
            yield tag, start, end


def _selection(
    story: PublicStory, number: int, tag: PublicTag, place: tuple[int, int], moment: str
) -> etree._Element:
    """Return one passage, coded with its concept and its stance."""
    by = {"creatingUser": guid_of("user", PEOPLE if tag.agreed else SOFTWARE), "creationDateTime": moment}
    seed = f"{story.reference} {number}"
    selection = etree.Element(_tag("PlainTextSelection"), guid=guid_of("passage", seed), name=seed)
    selection.attrib.update({"startPosition": str(place[0]), "endPosition": str(place[1]), **by})
    for scheme, concept in ((tag.scheme, tag.concept), ("stance", tag.stance)):
        coding = etree.SubElement(selection, _tag("Coding"), guid=guid_of("coding", f"{seed} {scheme}"))
        coding.attrib.update(by)
        etree.SubElement(coding, _tag("CodeRef"), targetGUID=guid_of(scheme, concept))
    return selection


def _tag(name: str) -> str:
    """Return the name of an element in its namespace."""
    return f"{{{NAMESPACE}}}{name}"
