"""Files of translators: out, through a tool, and back as drafts; nothing hidden goes out, and no odd file does harm."""

from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree
from translate.storage.xliff import xlifffile

from involve.database import SessionFactory, transaction
from involve.services.evidence.evidence import get_story
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.translations.translating import check_translation, keep_translation, open_translation
from involve.services.translations.translation_files import TakenIn, export_list, import_list
from involve.services.translations.translation_list import ListFilter, list_waiting
from involve.services.translations.xliff import NAMESPACE, FileRefused, read_xliff
from tests.factories import NOW, make_project, make_staff, make_story
from tests.publications import publish_without

LATER = NOW + timedelta(days=3)
NAME = "Gwenllianzeb"
WELSH = (
    f'Mae {NAME} yn aros am y bws bob bore.\n\nMae’n oer, ac mae’r ŵyn yn y glaw â’r tŷ <ymhell> & "draw".'
)
MARK = "[enw · name]"
TARGETS = [f"{MARK} waits for the bus – every morning.", "It is cold: ŵ ŷ â é <far> & “away”."]


@pytest.fixture
def analyst(factory: SessionFactory) -> Actor:
    """Someone who reads no originals, in a body beside another with a published story."""
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "arall", body="corff-arall")
        other = make_story(session, "arall")
        decide_story(session, make_staff(session, body="corff-arall"), other.reference, "published", NOW)
        return make_staff(session, "analyst")


@pytest.fixture
def moderator(factory: SessionFactory, analyst: Actor) -> Actor:
    """Someone who hides and publishes."""
    with transaction(factory) as session:
        return make_staff(session)


@pytest.fixture
def told(factory: SessionFactory, moderator: Actor) -> Receipt:
    """A published Welsh story whose name is hidden, beside an English one."""
    with transaction(factory) as session:
        decide_story(session, moderator, make_story(session).reference, "published", NOW)
        receipt = make_story(session, text=WELSH)
        publish_without(session, moderator, receipt, WELSH, NAME)
        return receipt


def export(factory: SessionFactory, actor: Actor, **wanted: str) -> bytes:
    with transaction(factory) as session:
        return export_list(session, actor, ListFilter(**wanted), LATER)


def take_in(factory: SessionFactory, actor: Actor, data: bytes) -> TakenIn:
    with transaction(factory) as session:
        return import_list(session, actor, data, LATER)


def translate(data: bytes, targets: list[str] = TARGETS) -> bytes:
    """Translate a file as a tool of translators does."""
    store = xlifffile.parsestring(data)
    for unit, target in zip(store.units, targets, strict=False):
        unit.target = target
    return bytes(store)


def draft(factory: SessionFactory, actor: Actor, told: Receipt) -> str:
    with factory() as session:
        return open_translation(session, actor, told.reference, "en").text


def problems(taken: TakenIn) -> list[str]:
    return [each.problem for each in taken.skipped]


def test_a_file_goes_through_a_tool_and_comes_back_as_a_draft_letter_for_letter(
    factory: SessionFactory, analyst: Actor, told: Receipt
) -> None:
    data = export(factory, analyst, language="en")
    store = xlifffile.parsestring(data)
    assert [unit.source for unit in store.units] == WELSH.replace(NAME, MARK).split("\n\n")
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("cy", "en")
    taken = take_in(factory, analyst, translate(data))
    assert (taken.kept, taken.skipped) == (1, ())
    assert draft(factory, analyst, told) == "\n\n".join(TARGETS)
    with factory() as session:
        story = get_story(session, told.reference)
        assert story is not None
        assert story.translations == ()
        assert [each.state for each in list_waiting(session, analyst, ListFilter(language="en"))] == ["draft"]
    assert take_in(factory, analyst, translate(data)).known == 1


def test_a_mark_stands_in_an_element_that_tools_protect(
    factory: SessionFactory, analyst: Actor, told: Receipt
) -> None:
    root = etree.fromstring(export(factory, analyst, language="en"))
    assert [each.text for each in root.iter(f"{{{NAMESPACE}}}ph")] == [MARK]
    for mark in root.iter(f"{{{NAMESPACE}}}ph"):
        mark.text = None
    unit = next(root.iter(f"{{{NAMESPACE}}}trans-unit"))
    target = etree.SubElement(unit, f"{{{NAMESPACE}}}target")
    target.text = "Here "
    etree.SubElement(target, f"{{{NAMESPACE}}}x", id="1").tail = " waits."
    (story,) = read_xliff(etree.tostring(root))
    # A tool that empties the element in both places has no mark left to give back.
    assert story.units[0].target == "Here  waits."


def test_an_emptied_placeholder_in_the_target_is_the_mark_of_the_source(
    factory: SessionFactory, analyst: Actor, told: Receipt
) -> None:
    data = translate(export(factory, analyst, language="en")).replace(
        b">[enw \xc2\xb7 name] waits", b"><ph id='1'/> waits"
    )
    assert b"<ph id='1'/> waits" in data
    assert take_in(factory, analyst, data).kept == 1
    assert draft(factory, analyst, told) == "\n\n".join(TARGETS)


def test_the_whole_list_is_one_file_with_each_direction_and_only_one_s_own_projects(
    factory: SessionFactory, analyst: Actor, told: Receipt
) -> None:
    stories = read_xliff(export(factory, analyst))
    assert {(each.told_in, each.language) for each in stories} == {("cy", "en"), ("en", "cy")}
    assert told.reference in {each.reference for each in stories}
    assert len(stories) == 2


def test_no_file_holds_words_that_are_hidden_or_were_hidden_later(
    factory: SessionFactory, analyst: Actor, moderator: Actor, told: Receipt
) -> None:
    with transaction(factory) as session:
        version = open_translation(session, analyst, told.reference, "en").version
        keep_translation(
            session, analyst, told.reference, "en", f"{MARK} at Bryngolauwyn.\n\nCold.", version, NOW
        )
    assert b"Bryngolauwyn" in export(factory, analyst)
    with transaction(factory) as session:
        start, ours = WELSH.index("bws"), WELSH.index(NAME)
        spans = ((ours, ours + len(NAME), "name"), (start, start + 3, "other"))
        redact_story(session, moderator, told.reference, spans, NOW)
    data = export(factory, moderator)
    assert b"Bryngolauwyn" not in data
    assert NAME.encode() not in data


def changed(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode())


def test_what_cannot_be_taken_is_named_and_the_rest_goes_in(
    factory: SessionFactory, analyst: Actor, told: Receipt
) -> None:
    store = xlifffile.parsestring(export(factory, analyst))
    for unit in store.units:
        unit.target = MARK if MARK in unit.source else "Rhywbeth."
    data = changed(bytes(store), "bws", "trên")
    taken = take_in(factory, analyst, data)
    assert taken.kept == 1
    assert [(each.reference, each.problem) for each in taken.skipped] == [(told.reference, "changed")]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('target-language="en"', 'target-language="cy"', "language"),
        ('target-language="en"', 'target-language="fr"', "language"),
        ('source-language="cy"', 'source-language="en"', "language"),
        ("REFERENCE", "0000-0000", "unknown"),
        ("REFERENCE.2", "REFERENCE.9", "unit"),
        ("REFERENCE.2", "REFERENCE.1", "unit"),
        ("Mae’n oer", "Mae’n boeth", "changed"),
        ("waits for the bus", "[ffôn · phone] waits", "marks"),
        (TARGETS[1][:10], "", "partial"),
    ],
)
def test_each_thing_that_is_wrong_with_a_story_has_its_name(
    factory: SessionFactory, analyst: Actor, told: Receipt, old: str, new: str, problem: str
) -> None:
    targets = [TARGETS[0], "" if problem == "partial" else TARGETS[1]]
    data = translate(export(factory, analyst, language="en"), targets)
    if problem != "partial":
        data = changed(
            data, old.replace("REFERENCE", told.reference), new.replace("REFERENCE", told.reference)
        )
    assert problems(take_in(factory, analyst, data)) == [problem]
    assert draft(factory, analyst, told) == ""


def test_another_body_s_story_is_as_unknown_as_none(
    factory: SessionFactory, analyst: Actor, told: Receipt
) -> None:
    data = translate(export(factory, analyst, language="en"))
    with transaction(factory) as session:
        stranger = make_staff(session, "analyst", "corff-arall")
    assert problems(take_in(factory, stranger, data)) == ["unknown"]


def test_nothing_that_was_written_meanwhile_or_is_public_is_overwritten(
    factory: SessionFactory, analyst: Actor, moderator: Actor, told: Receipt
) -> None:
    data = translate(export(factory, analyst, language="en"))
    with transaction(factory) as session:
        version = open_translation(session, moderator, told.reference, "en").version
        keep_translation(
            session, moderator, told.reference, "en", f"{MARK}.\n\nMine.", version, LATER + timedelta(hours=1)
        )
    assert problems(take_in(factory, analyst, data)) == ["newer"]
    with transaction(factory) as session:
        version = open_translation(session, analyst, told.reference, "en").version
        check_translation(session, analyst, told.reference, "en", version, LATER)
    assert problems(take_in(factory, analyst, data)) == ["published"]
    assert draft(factory, analyst, told) == f"{MARK}.\n\nMine."


def bomb() -> bytes:
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lols}]><xliff version="1.2">&l9;</xliff>'.encode()


def outside(path: Path) -> bytes:
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{path.as_uri()}">]>'
    return f'{entity}<xliff version="1.2"><file original="&e;"/></xliff>'.encode()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not_xml"),
        (b"PK\x03\x04\x14\x00\xff\xff", "not_text"),
        (b"%PDF-1.7 hello", "not_xml"),
        (b"<xliff version='1.2'><file>", "not_xml"),
        (b"<html></html>", "not_xliff"),
        (b"<xliff version='2.0' xmlns='urn:oasis:names:tc:xliff:document:2.0'/>", "version"),
        (bomb(), "declares"),
        (bomb().decode().encode("utf-16"), "declares"),
        (outside(Path("/etc/hostname")), "declares"),
        (b"<xliff version='1.2'>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</xliff>", "not_xml"),
        (b"<xliff version='1.2'>" + b"<a/>" * 300_001 + b"</xliff>", "too_many"),
        (b"<xliff version='1.2'>" + b" " * (20 * 1024 * 1024) + b"</xliff>", "too_large"),
        (b"<xliff version='1.2'>\x00</xliff>", "not_xml"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value[:20]),
)
def test_a_file_that_is_not_what_it_says_is_refused_by_name(data: bytes, problem: str) -> None:
    with pytest.raises(FileRefused, match=problem):
        read_xliff(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<xliff version='1.2'/>",
        b"<xliff version='1.2'><file/></xliff>",
        b"<xliff version='1.2'><file original='x' date='never'><body><trans-unit/></body></file></xliff>",
        b"<?xml version='1.0' encoding='latin-1'?><xliff version='1.2'><!-- & --><?x y?></xliff>",
    ],
)
def test_a_file_with_little_in_it_does_no_harm(factory: SessionFactory, analyst: Actor, data: bytes) -> None:
    assert take_in(factory, analyst, data).kept == 0
