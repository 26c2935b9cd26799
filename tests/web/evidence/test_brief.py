"""The brief as a page and as files: found from the list, honest where there is little, with the same words in all."""

from io import BytesIO
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from flask import Flask

from involve.documents.pack import BRIEFS, STORIES, query_of
from involve.services.evidence.filters import EvidenceFilter
from involve.web.evidence.asked import read_asked, write_address
from involve.web.site import Site
from tests.documents.tagged import find_faults, languages_of
from tests.factories import NOW
from tests.pages import Browser, CheckedClient
from tests.publications import Shown, add_rows

PAGES = {"cy": "/cy/tystiolaeth/briff", "en": "/en/evidence/brief"}
POWYS = "W06000023"
CONCERN = (("goal", "healthier", "concern"),)
STRENGTH = (("goal", "healthier", "strength"),)
LONELY = "I am lonely in the winter, because there is no bus."
UNIG = "Rwy’n unig yn y gaeaf, achos nid oes bws."
STORIES_TOLD = (
    Shown(LONELY, "en", POWYS, CONCERN, quotable=True),
    Shown(UNIG, "cy", POWYS, CONCERN, quotable=True, told_as="on_behalf"),
    Shown("My neighbours are kind and I am never lonely here.", "en", POWYS, STRENGTH, quotable=True),
    Shown("Nobody may quote that I am lonely, Cuddzebq.", "en", POWYS, CONCERN),
)  # fmt: skip


@pytest.fixture
def references(site: Site, project: str) -> list[str]:
    with site.writing() as session:
        return add_rows(session, project, STORIES_TOLD)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_search_in_a_place_named_in_words_has_a_brief_that_says_how_little_it_rests_on(
    page: Browser, references: list[str], language: str
) -> None:
    shown = page.get(f"{PAGES[language]}?q=loneliness&area=Powys")
    assert ("4 published stories fit." in shown, "4 stori gyhoeddedig" in shown) == (
        language == "en",
        language == "cy",
    )
    assert ("too few to say what is typical" in shown) == (language == "en")
    assert "Cuddzebq" not in shown
    quoted = {str(each["lang"]): each.get_text().strip() for each in shown.soup.select("blockquote.words")}
    assert quoted["cy"] == f"“{UNIG}”"
    links = {str(each["href"]) for each in shown.soup.select(".said a")}
    assert links == {f"{STORIES[language]}{each}" for each in references[:3]}  # type: ignore[index]


def test_the_list_leads_to_a_brief_on_the_same_stories(page: Browser, references: list[str]) -> None:
    shown = page.get(f"/en/evidence?q=lonely&area={POWYS}")
    (link,) = [each for each in shown.soup.select("main a") if "brief" in each.get_text()]
    assert link["href"] == f"{PAGES['en']}?area={POWYS}&q=lonely"
    assert page.get(str(link["href"])).one("nav.before a")["href"] == f"/en/evidence?area={POWYS}&q=lonely"


@pytest.mark.parametrize(
    "query", ["q=hippopotamus", "goal=culture", "happened=done", "topic=bus&from=2030-01-01", "theme=%25"]
)
def test_where_nothing_fits_the_page_says_so(page: Browser, references: list[str], query: str) -> None:
    assert "No published story fits." in page.get(f"{PAGES['en']}?{query}")


@pytest.mark.parametrize(
    "query",
    [
        "goal=nothing",
        "from=2026-03-01&to=2026-02-01",
        "from=2026-02-31",
        "area=Atlantis",
        f"q={'a' * 10_000}",
        "project=dim",
    ],
)
def test_what_cannot_be_used_is_said_and_makes_no_file(
    client: CheckedClient, page: Browser, project: str, query: str
) -> None:
    shown = page.get(f"{PAGES['en']}?{query}")
    assert (shown.status, shown.soup.select("main .notice") != []) == (400, True)
    assert client.get(f"/en/evidence/brief.pdf?{query}").status_code == 400
    assert client.get(f"/en/evidence/brief.docx?{query}").status_code == 400


def test_a_project_says_what_was_decided(page: Browser, references: list[str], project: str) -> None:
    whole = page.get(PAGES["en"])
    assert "Choose one project" in whole
    assert whole.soup.select_one(f"main li a[href$='brief?project={project}']")
    assert "Nothing has been decided yet." in page.get(f"{PAGES['en']}?project={project}")


def test_the_pdf_is_tagged_and_holds_each_quotation_in_its_language(
    client: CheckedClient, references: list[str]
) -> None:
    answer = client.get("/cy/tystiolaeth/briff.pdf?goal=healthier")
    data = answer.get_data()
    assert (answer.mimetype, find_faults(data)) == ("application/pdf", [])
    reader = pypdf.PdfReader(BytesIO(data))
    words = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
    assert reader.metadata is not None
    assert reader.metadata.title == "Briff tystiolaeth: Cymru iachach"
    assert (LONELY in words, UNIG in words, "Cuddzebq" in words) == (True, True, False)
    assert f"/cy/tystiolaeth/{references[0]}" in words.replace(" ", "")
    assert sorted(set(languages_of(data))) == [("/Art", "cy"), ("/Sect", "en")]
    tag = answer.headers["ETag"]
    again = client.get("/cy/tystiolaeth/briff.pdf?goal=healthier", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_the_word_file_has_headings_table_headers_languages_and_words_for_its_picture(
    client: CheckedClient, references: list[str]
) -> None:
    answer = client.get("/en/evidence/brief.docx?goal=healthier&both=1")
    document = docx.Document(BytesIO(answer.get_data()))
    assert (
        document.core_properties.title
        == "Briff tystiolaeth: Cymru iachach · Evidence brief: A healthier Wales"
    )
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["Briff tystiolaeth", "Evidence brief"]
    said = {
        run.text: language_of(run) for each in document.paragraphs for run in each.runs if run.text.strip()
    }
    assert (said[f"“{UNIG}”"], said[f"“{LONELY}”"]) == ("cy-GB", "en-GB")
    assert (said["Yn fyr"], said["In short"]) == ("cy-GB", "en-GB")
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in document.tables[0].rows[1].cells[:2]] == ["Straeon", "4"]
    pictures = document.element.body.findall(f".//{qn('wp:docPr')}")
    assert [bool(each.get("descr")) for each in pictures] == [True, True]
    links = document.part.rels.values()
    assert f"http://localhost/en/evidence/{references[0]}" in {
        each.target_ref for each in links if each.is_external
    }
    assert "Cuddzebq" not in "".join(document.element.itertext())


def language_of(run: Any) -> str:
    return str(run._r.rPr.find(qn("w:lang")).get(qn("w:val")))


def test_addresses_on_paper_are_those_of_the_site(app: Flask, project: str) -> None:
    adapter = app.url_map.bind("localhost")
    for language, path in BRIEFS.items():
        assert adapter.match(path)[0] == "evidence.show_brief", language
        assert adapter.match(f"{STORIES[language]}X-1")[0] == "evidence.read_story"
    wanted = EvidenceFilter(goal="equal", area=POWYS, words="a & b", since=NOW.date(), project=project)
    assert query_of(wanted) == write_address(wanted)
    assert read_asked(query_of(wanted), frozenset({project})).wanted == wanted
