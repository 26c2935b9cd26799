"""Many at once: a short list in which nothing is lost, and files of which most are not what their names say."""

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from involve.models import Insight
from involve.web.site import Site
from tests.pages import Browser, Page
from tests.web.insights.conftest import FORM, HEARD

SEVERAL = {"cy": "/cy/staff/mewnwelediadau/sawl", "en": "/en/staff/insights/several"}
FILE = {"cy": "/cy/staff/mewnwelediadau/ffeil", "en": "/en/staff/insights/file"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"


def kept(site: Site) -> list[Insight]:
    with site.reading() as session:
        return list(session.scalars(select(Insight).order_by(Insight.id)))


def send_file(browser: Browser, content: bytes, language: str = "en", **typed: Any) -> Page:
    form = browser.get(FILE[language]).fields(FORM)
    return browser.post(
        FILE[language],
        {**form, **typed, "table": (BytesIO(content), "insights.csv")},
        content_type="multipart/form-data",
    )


@BOTH
def test_each_line_is_an_insight_and_a_second_press_adds_none(
    worker: Browser, site: Site, language: str
) -> None:
    form = worker.get(SEVERAL[language])
    lines = f"{HEARD[language]}\r\n\r\n  Ail beth \r\n"
    for _press in range(2):
        mine = worker.send(form, form=FORM, lines=lines, how="several", area="W06000001")
    assert HEARD[language] in mine
    assert [(row.text, row.how, row.area) for row in kept(site)] == [
        (HEARD[language], "several", "W06000001"),
        ("Ail beth", "several", "W06000001"),
    ]


@BOTH
def test_a_list_with_a_mistake_comes_back_whole_and_logs_nothing(
    worker: Browser, site: Site, language: str
) -> None:
    for lines in ("", "a\n" * 11, "x" * 2_001 + "\ny", "a\x01b"):
        refused = worker.send(worker.get(SEVERAL[language]), form=FORM, lines=lines)
        assert (refused.status, len(refused.errors)) == (422, 1)
        assert refused.fields(FORM)["lines"].strip() == lines.strip().replace("\x01", "\ufffd")
    assert kept(site) == []


def test_lines_that_name_someone_are_shown_first_and_harm_says_what_to_do(
    worker: Browser, site: Site
) -> None:
    lines = "Mrs Gwenllian Jones says so.\nWomen say that their partner hits them."
    asked = worker.send(worker.get(SEVERAL["en"]), form=FORM, lines=lines)
    assert "Jones" in asked.one(".notice--warn").get_text()
    assert kept(site) == []
    mine = worker.send(asked, form=FORM)
    assert "999" in mine.one(".notice--warn").get_text()
    assert len(kept(site)) == 2


@BOTH
def test_a_file_goes_in_line_by_line_and_what_cannot_is_listed_with_its_reason(
    worker: Browser, site: Site, language: str
) -> None:
    content = "\n".join(
        [
            "Text,people,how,area,try,other",
            '"=SUM(A1,""bws"")",12,own,Powys,Bws mini,x',
            "Maen nhw’n sôn am ŵyn ar y ffordd,2-5,Cydweithiwr sy’n dweud wrtha i,sir benfro,,",
            ",3,,,,",
            "Too many zeros,000,,,,",
            "Formula for people,=1+1,,,,",
            "Heard in a dream,,dreamt,,,",
            "Elsewhere,,,Atlantis,,",
            '"a ""quote"" in order",,,,,',
            'broken "quote" stays text,,,,,',
            "Mrs Gwenllian Jones says so,,,,,",
            '"unclosed,,,,,',
        ]
    )
    shown = send_file(worker, content.encode(), language)
    rows = [(row.text, row.people, row.band, row.how, row.area) for row in kept(site)]
    assert rows == [
        ('=SUM(A1,"bws")', 12, "some", "own", "W06000023"),
        ("Maen nhw’n sôn am ŵyn ar y ffordd", None, "few", "colleague", "W06000009"),
        ('a "quote" in order', None, None, None, None),
        ('broken "quote" stays text', None, None, None, None),
    ]
    lines = [cell.get_text(strip=True) for cell in shown.soup.select("tbody th")]
    assert lines == ["4", "5", "6", "7", "8", "11", "12"]
    again = send_file(worker, content.encode(), language, named_too="y")
    assert len(kept(site)) == 5
    assert again.status == 200


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_what_spreadsheets_write_is_read(worker: Browser, site: Site, encoding: str, delimiter: str) -> None:
    content = f"people{delimiter}text\r\n3{delimiter}Dŵr yn y tŷ\r\n"
    send_file(worker, content.encode(encoding))
    assert [(row.text, row.people) for row in kept(site)] == [("Dŵr yn y tŷ", 3)]


@BOTH
def test_a_file_that_is_not_what_it_says_is_refused_with_what_to_do(
    worker: Browser, site: Site, language: str
) -> None:
    for content in (
        b"",
        b"  \n",
        PNG,
        b"PK\x03\x04 xlsx",
        "text\nDŵr".encode("cp1252", "replace").replace(b"?", b"\xff"),
        b"what,else\n1,2\n",
        b'"text\n',
        b"text\n" + b"line\n" * 201,
        b"text\n" + b"x" * 400_001,
        "text\nDŵr\n".encode("utf-16")[:-1],
        b"text\na\0b\n",
    ):
        refused = send_file(worker, content, language)
        assert (refused.status, len(refused.errors)) == (422, 1), content[:20]
    none = worker.send(worker.get(FILE[language]), form=FORM)
    assert (none.status, len(none.errors)) == (422, 1)
    assert kept(site) == []


@BOTH
def test_a_huge_file_is_refused_with_the_limit(worker: Browser, site: Site, language: str) -> None:
    head = b'--edge\r\nContent-Disposition: form-data; name="table"; filename="a.csv"\r\n\r\ntext\n'
    huge = worker.post(
        FILE[language],
        head + b"x" * 20_000_000 + b"\r\n--edge--\r\n",
        content_type="multipart/form-data; boundary=edge",
    )
    assert huge.status == 413
    assert "400 kB" in huge
    assert kept(site) == []
