"""A file of stories on the pages: sent, matched, looked through, taken in, and every odd file answered plainly."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from sqlalchemy import select

from involve.models import Consent, Story
from involve.services.importing.taking import make_importer
from involve.services.upkeep.handlers import import_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.web.site import Site
from involve.web.staff.importing import steps
from tests.pages import Browser, Page
from tests.services.importing.files import BUS, WELSH, workbook
from tests.web.conftest import SignIn

START = {"en": "/en/staff/import", "cy": "/cy/staff/mewnforio"}
FILE = workbook(
    ["Rhif", "Stori", "Ardal"], [1, BUS, "x"], [2, WELSH, None], [3, "Ring me on 07700 900123.", None],
    [4, None, "=1+1"], [1, BUS, None], merge="C5:C6",
)  # fmt: skip


@pytest.fixture
def moderator(sign_in: SignIn, project: str) -> Browser:
    """A browser in which someone who reads originals is signed in."""
    return sign_in("moderator")


def send(browser: Browser, content: bytes, name: str = "arolwg.xlsx", language: str = "en") -> Page:
    at = browser.get(START[language])
    data = {**at.fields(), "table": (BytesIO(content), name)}
    answer = browser.client.post(START[language], data=data, content_type="multipart/form-data")
    # What is large was sent from a file of the test's own browser.
    answer.request.environ["wsgi.input"].close()
    return browser.get(answer.location) if answer.status_code == 303 else Page(answer)


def look(browser: Browser, at: Page, **said: Any) -> Page:
    return browser.send(at, {"do": "look"}, form="form#columns", **{"told_as": "own", **said})


def take(browser: Browser, seen: Page) -> Page:
    return browser.send(seen, {"do": "take"}, form="form#step")


def stories(site: Site) -> list[Story]:
    with site.reading() as session:
        return list(session.scalars(select(Story).order_by(Story.id)))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_workbook_goes_in_and_what_cannot_is_given_back(
    moderator: Browser, site: Site, language: str
) -> None:
    columns = send(moderator, FILE, language=language)
    chosen = columns.fields("form#columns")
    assert (chosen["text"], chosen["id"], chosen["source"]) == ("1", "0", "arolwg")
    assert BUS in columns
    assert {"en": "Some cells are merged", "cy": "celloedd wedi’u cyfuno"}[language] in columns
    seen = look(moderator, columns, uses=["publish"], source="Arolwg 2026")
    for words in {
        "en": (
            "3 rows would go in.",
            "1 row is there already",
            "1 row cannot be taken",
            "1 row seems to name",
        ),
        "cy": ("Byddai 3 rhes", "Mae 1 rhes yno’n barod", "derbyn 1 rhes", "bod 1 rhes yn enwi"),
    }[language]:
        assert words in seen
    assert stories(site) == []
    done = take(moderator, seen)
    assert {"en": "3 rows went in.", "cy": "Aeth 3 rhes i mewn."}[language] in done
    assert [(each.state, each.source, each.code_hash) for each in stories(site)] == [
        ("received", "Arolwg 2026", None)
    ] * 3
    with site.reading() as session:
        assert set(session.scalars(select(Consent.use).where(Consent.given))) == {"read", "publish"}
    answer = moderator.client.get(str(done.one("a[download]")["href"]))
    assert answer.headers["Cache-Control"] == "no-store"
    header, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert header[2:] == ["Rhif", "Stori", "Ardal"]
    assert [row[0] for row in rows] == ["5"]
    moderator.send(done, {"do": "delete"}, form="form#step")
    assert list(site.settings.resolved_import_dir.iterdir()) == []


def test_what_was_said_can_be_changed_before_anything_goes_in(moderator: Browser, site: Site) -> None:
    columns = send(moderator, f"a,b\n{BUS},1\n".encode(), "a.csv")
    seen = look(moderator, columns, text="1")
    again = moderator.get(str(seen.one('form#step a[href*="change"]')["href"]))
    assert again.fields("form#columns")["text"] == "1"
    take(moderator, look(moderator, again, text="0"))
    assert [each.text for each in stories(site)] == [BUS]


def test_many_rows_are_worked_on_beside_the_requests(
    moderator: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "LOOK_AT_ONCE", 1)
    monkeypatch.setattr(steps, "TAKE_AT_ONCE", 1)

    def work(at: Page) -> Page:
        assert at.one("progress")["max"] == "2"
        run_due_jobs(site.factory, import_handlers(make_importer(site.settings, site.clock)), site.clock)
        return moderator.get(str(at.one('a.button[href*="import"]')["href"]))

    seen = work(look(moderator, send(moderator, f"text\n{BUS}\n{WELSH}\n".encode(), "a.csv")))
    assert "2 rows went in." in work(take(moderator, seen))


def test_another_member_of_staff_finds_no_file(moderator: Browser, sign_in: SignIn) -> None:
    columns = send(moderator, f"text\n{BUS}\n".encode(), "a.csv")
    address = columns.response.request.path
    assert sign_in("administrator").get(address).status == 404


def test_a_form_that_lacks_something_comes_back_with_everything(moderator: Browser) -> None:
    columns = send(moderator, f"text,id\n{BUS},1\n".encode(), "a.csv")
    back = moderator.send(columns, {"do": "look"}, form="form#columns", source="", uses=["publish"], id="0")
    assert back.status == 422
    assert back.errors == [
        "This column is chosen for something else too", "Say where they come from", "Say whose words they are",
    ]  # fmt: skip
    assert (back.fields("form#columns")["uses"], back.fields("form#columns")["id"]) == ("publish", "0")
    back = look(moderator, back, told_as="insight", source="x", id="1")
    assert back.errors == ["An insight is second-hand: nobody’s agreement goes with it"]
    assert look(moderator, back, source="x", text="99").errors == ["Choose from the answers shown"]


BAD = {
    "none": (b"", "", "Choose a file"),
    "empty": (b"", "a.csv", "The file is empty"),
    "headings": (b"text,id\n", "a.csv", "There is no row beneath the names of the columns"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.csv", "This is not a text file, whatever its name says"),
    "broken": (FILE[:2000], "a.xlsx", "The file is damaged or was cut short"),
    "large": (b"text\n" + b"a" * 10_000_000, "a.csv", "The file is larger than 10 MB"),
}


@pytest.mark.parametrize(("content", "name", "said"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_read_is_told_of_on_the_page(
    moderator: Browser, site: Site, content: bytes, name: str, said: str
) -> None:
    back = send(moderator, content, name)
    assert (back.status, len(back.errors)) == (422, 1)
    assert back.errors[0].startswith(said)
    folder = site.settings.resolved_import_dir
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_file_of_200_megabytes_is_refused_unread(moderator: Browser) -> None:
    class Endless(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("nobody reads it")

    answer = moderator.client.post(
        START["en"],
        input_stream=Endless(),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "200000000"},
    )
    assert answer.status_code == 413
    assert "up to 10 MB and 10,000 rows" in Page(answer)


@pytest.mark.parametrize("name", ["../../x.csv", "a" * 400 + ".csv", "\u202e\0\x07.csv", "C:\\x\\dŵr.csv"])
def test_odd_names_of_files_and_columns_do_no_harm(moderator: Browser, site: Site, name: str) -> None:
    heading = "x<b>\x07te\u202ext</b>".encode() + b"x" * 300 + b",\xef\xbf\xbf"
    columns = send(moderator, heading + f"\n{BUS},=1+1\n".encode(), name)
    assert columns.status == 200
    assert columns.h1 == "Which column is what?"
    assert "3 " not in look(moderator, columns, source="x").h1
    assert all(
        path.parent == site.settings.resolved_import_dir
        for path in site.settings.resolved_import_dir.iterdir()
    )


def test_a_step_that_was_taken_twice_or_is_over_leads_to_where_the_file_stands(
    moderator: Browser, site: Site
) -> None:
    columns = send(moderator, f"text\n{BUS}\n".encode(), "a.csv")
    early = moderator.post(columns.response.request.path, {**columns.fields("form#columns"), "do": "take"})
    assert early.h1 == "Which column is what?"
    seen = look(moderator, columns)
    take(moderator, seen)
    for late in (take(moderator, seen), look(moderator, columns)):
        assert late.h1 == "The file is taken in"
    assert len(stories(site)) == 1
