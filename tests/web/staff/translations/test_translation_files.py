"""Files of translators on the pages: taken out, brought back, and every odd file answered with a plain sentence."""

from io import BytesIO

import pytest
from translate.storage.xliff import xlifffile

from involve.web.site import Site
from tests.factories import make_project, make_staff, make_story
from tests.pages import Browser, Page
from tests.publications import publish_without
from tests.web.conftest import SignIn

NAME = "Gwenllianzeb"
WELSH = f"Mae {NAME} yn aros am y bws bob bore, ac mae’r ŵyn yn y glaw â’r tŷ ymhell."
ENGLISH = "[enw · name] waits for the bus, and the lambs are in the rain."
PATHS = {"en": "/en/staff/translations", "cy": "/cy/staff/cyfieithu"}
IMPORTS = {"en": "/en/staff/translations/import", "cy": "/cy/staff/cyfieithu/mewnforio"}


@pytest.fixture
def analyst(sign_in: SignIn, site: Site) -> Browser:
    """A browser in which someone who reads no originals is signed in."""
    with site.writing() as session:
        make_project(session)
    return sign_in("analyst")


@pytest.fixture
def reference(site: Site, analyst: Browser) -> str:
    """A published Welsh story whose name is hidden."""
    with site.writing() as session:
        moderator = make_staff(session)
        told = make_story(session, text=WELSH)
        publish_without(session, moderator, told, WELSH, NAME)
        return told.reference


def take_out(browser: Browser, language: str = "en") -> bytes:
    link = browser.get(PATHS[language]).one('a[href*="xliff"]')
    answer = browser.client.get(str(link["href"]))
    assert answer.status_code == 200
    assert answer.mimetype == "application/xliff+xml"
    assert answer.headers["Content-Disposition"].endswith('-2026-04-02.xlf"')
    return answer.data


def bring(browser: Browser, data: bytes, language: str = "en", name: str = "x.xlf") -> Page:
    at = browser.get(IMPORTS[language])
    sent = {**at.fields(), "file": (BytesIO(data), name)}
    answer = browser.client.post(IMPORTS[language], data=sent, content_type="multipart/form-data")
    # What is large was sent from a file of the test's own browser.
    answer.request.environ["wsgi.input"].close()
    return Page(answer)


def translate(data: bytes, text: str = ENGLISH) -> bytes:
    store = xlifffile.parsestring(data)
    store.units[0].target = text
    return bytes(store)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_list_goes_out_and_comes_back_as_a_draft(
    analyst: Browser, reference: str, page: Browser, language: str
) -> None:
    data = take_out(analyst, language)
    assert NAME.encode() not in data
    brought = bring(analyst, translate(data), language)
    assert brought.status == 200
    assert {"en": "kept as a draft", "cy": "fel drafft"}[language] in brought
    assert ENGLISH in analyst.get(f"/en/staff/translations/{reference}/en")
    assert "lambs" not in page.get(f"/en/evidence/{reference}")


def test_what_is_left_out_is_listed_with_its_reason(analyst: Browser, reference: str) -> None:
    brought = bring(analyst, translate(take_out(analyst), "No mark here."))
    assert reference in brought
    assert "The marks of what is hidden are not those of the story" in brought


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Choose a file"),
        (b"PK\x03\x04\xff\xfe", "no text"),
        (b"<xliff", "cut short"),
        (
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff version="1.2">&e;</xliff>',
            "declares",
        ),
        (b"<xliff version='2.0'/>", "XLIFF 1.2"),
        (b"<html/>", "not an XLIFF"),
        (b"<xliff version='1.2'>" + b" " * (20 * 1024 * 1024), "larger than 20 MB"),
    ],
    ids=["empty", "zip", "cut", "entity", "version", "html", "large"],
)
def test_an_odd_file_is_answered_with_a_plain_sentence(analyst: Browser, data: bytes, said: str) -> None:
    if not data:
        at = analyst.get(IMPORTS["en"])
        brought = analyst.post(IMPORTS["en"], at.fields())
    else:
        brought = bring(analyst, data)
    assert brought.status == 422
    assert [line for line in brought.errors if said in line]
    assert "root:" not in brought.html


def test_names_in_a_file_are_shown_as_words(analyst: Browser, reference: str) -> None:
    odd = "&lt;script&gt;alert(1)&lt;/script&gt;"
    data = translate(take_out(analyst)).replace(reference.encode(), odd.encode())
    brought = bring(analyst, data, name="<b>.xlf")
    assert "<script>alert" not in brought.html
    assert "no such published story" in brought
