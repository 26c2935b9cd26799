"""A project's published stories as a file for qualitative research: REFI-QDA Project 1.0 (`.qdpx`), with tags as codes.

The file is a ZIP of `project.qde` (XML) and one text for each story. Positions are code points, the end not included,
as the standard has it. What people agreed to and what the software only suggests are codings of two users.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from involve import __version__
from involve.services.evidence.public_story import PublicStory, PublicTag
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.goals import GOALS
from involve.vocabulary.states import STANCES
from involve.vocabulary.ways import WAYS

NAMESPACE = "urn:QDA-XML:project:1.0"
PEOPLE, SOFTWARE = "Pobl · People", "Y feddalwedd · The software"
Codes = dict[tuple[str, str], Bilingual]
GROUPS = {
    "goal": Bilingual("Nodau llesiant", "Well-being goals"),
    "way": Bilingual("Ffyrdd o weithio", "Ways of working"),
    "theme": Bilingual("Themâu", "Themes"),
    "stance": Bilingual("Safbwynt", "Stance"),
}
KNOWN: Codes = {
    **{("goal", each.id): each.name for each in GOALS},
    **{("way", each.id): each.name for each in WAYS},
    **{("stance", each.id): each.name for each in STANCES},
}


def write_qdpx(path: Path, name: str, stories: Iterable[PublicStory], now: datetime) -> None:
    """Write the stories to *path* under the project's *name*. The same stories give the same ids every time."""
    codes, moment = dict(KNOWN), now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive, TemporaryFile() as sources:
        for story in stories:
            for tag in story.tags:
                named = tag.name or Bilingual(tag.concept, tag.concept)
                codes.setdefault((tag.scheme, tag.concept), named)
            archive.writestr(f"sources/{_guid('story', story.reference)}.txt", story.text.encode())
            sources.write(etree.tostring(_source(story, moment), encoding="utf-8", pretty_print=True))
        # The codes stand before the sources, and are known when all of these were seen.
        head, _, tail = _project(name, codes, moment).partition(b"<Sources/>")
        sources.seek(0)
        with archive.open("project.qde", "w", force_zip64=True) as file:
            file.write(head + b"<Sources>")
            copyfileobj(sources, file)
            file.write(b"</Sources>" + tail)


def _project(name: str, codes: Codes, moment: str) -> bytes:
    """Return the description of the whole: users, codes, and an empty element for the sources."""
    about = {"name": name, "origin": f"Involve {__version__}", "creatingUserGUID": _guid("user", PEOPLE)}
    root = etree.Element(_tag("Project"), about, nsmap={None: NAMESPACE}, creationDateTime=moment)
    users = etree.SubElement(root, _tag("Users"))
    for user in (PEOPLE, SOFTWARE):
        etree.SubElement(users, _tag("User"), guid=_guid("user", user), name=user)
    shelf = etree.SubElement(etree.SubElement(root, _tag("CodeBook")), _tag("Codes"))
    for scheme, group in GROUPS.items():
        if any(kind == scheme for kind, _ in codes):
            shelf.append(_group(scheme, group, codes))
    etree.SubElement(root, _tag("Sources"))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _group(scheme: str, name: Bilingual, codes: Codes) -> etree._Element:
    """Return a group of codes, which is no code itself, with the codes in it."""
    group = etree.Element(_tag("Code"), guid=_guid("group", scheme), name=_both(name), isCodable="false")
    for (kind, concept), words in codes.items():
        if kind == scheme:
            code = etree.SubElement(group, _tag("Code"), guid=_guid(scheme, concept))
            code.attrib.update({"name": _both(words), "isCodable": "true"})
    return group


def _source(story: PublicStory, moment: str) -> etree._Element:
    """Return a story with its coded passages."""
    guid = _guid("story", story.reference)
    made = {"creatingUser": _guid("user", PEOPLE), "creationDateTime": moment}
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
    by = {"creatingUser": _guid("user", PEOPLE if tag.agreed else SOFTWARE), "creationDateTime": moment}
    seed = f"{story.reference} {number}"
    selection = etree.Element(_tag("PlainTextSelection"), guid=_guid("passage", seed), name=seed)
    selection.attrib.update({"startPosition": str(place[0]), "endPosition": str(place[1]), **by})
    for scheme, concept in ((tag.scheme, tag.concept), ("stance", tag.stance)):
        coding = etree.SubElement(selection, _tag("Coding"), guid=_guid("coding", f"{seed} {scheme}"))
        coding.attrib.update(by)
        etree.SubElement(coding, _tag("CodeRef"), targetGUID=_guid(scheme, concept))
    return selection


def _tag(name: str) -> str:
    """Return the name of an element in its namespace."""
    return f"{{{NAMESPACE}}}{name}"


def _guid(kind: str, name: str) -> str:
    """Return an id that is the same for the same thing in every file."""
    return str(uuid5(NAMESPACE_URL, f"involve:{kind}:{name}"))


def _both(words: Bilingual) -> str:
    """Return a name in both languages, once where they are the same."""
    return words.cy if words.cy == words.en else f"{words.cy} · {words.en}"
