"""Paper is tagged as PDF/UA-1 asks, in the language of its words, and can be read out as text."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdf
import pytest

from involve.documents.paper import Paper, mark_of, write_html, write_pdf
from involve.i18n import LANGUAGES
from involve.services.projects.project_views import ProjectView, view_project
from involve.services.promises.reports import Reporting
from involve.services.returns.sheets import Quotation, Sheet
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.outcomes import find_status
from tests.documents.tagged import find_faults, languages_of, walk
from tests.factories import NOW, make_plan

ADDRESSES = {"cy": "https://cymru.example/cy/rhywle", "en": "https://cymru.example/en/somewhere"}
NAME = Bilingual("Dŵr, tŷ ac ŷd", "Water, a house and corn")


def make_view(name: Bilingual = NAME) -> ProjectView:
    """Return a project without a database."""
    from involve.models import Body, Project, Stage

    plan = make_plan("dwr")
    made = plan.stages[0]
    row = Project(
        id=1, slug="dwr", name_cy=name.cy, name_en=name.en, summary_cy="x", summary_en="x", goals=[]
    )
    row.body = Body(slug="corff", name_cy="Corff y Dŵr", name_en="Water Body")
    row.demonstration = False
    stage = Stage(id=1, kind=made.kind, ladder=made.ladder, rung=made.rung)
    for pair in ("question", "undecided", "decided"):
        words = getattr(made, pair)
        setattr(stage, f"{pair}_cy", words.cy)
        setattr(stage, f"{pair}_en", words.en)
    stage.opens_on, stage.closes_on, stage.answer_by = made.opens_on, made.closes_on, made.answer_by
    row.stages = [stage]
    return view_project(row, NOW.date())


def make_sheet(title: Bilingual = NAME, *quoted: Quotation) -> Sheet:
    """Return the sheet of a project in which nothing is decided."""
    view = make_view(title)
    return Sheet(
        title, "dwr", title, view.body, False, None, (view.current.question,), len(quoted), None, (), quoted,
        (), (), (), view.current, Reporting(None, date(2026, 6, 1)),
    )  # fmt: skip


def print_sheet(sheet: Sheet, *languages: str, large: bool = False) -> bytes:
    paper = Paper("sheet", sheet.title, languages or LANGUAGES, large)  # type: ignore[arg-type]
    values = {"more": ADDRESSES, "my_story": ADDRESSES, "find_status": find_status, "today": NOW.date()}
    return write_pdf(write_html(paper, sheet=sheet, **values))


def print_staff(template: str, copies: int, view: ProjectView) -> bytes:
    rung = find_rung(view.current.ladder, view.current.rung)
    paper = Paper(template, NAME, copies=copies)
    return write_pdf(write_html(paper, project=view, rung=rung, tell=ADDRESSES, my_story=ADDRESSES))


def read(data: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(("languages", "large"), [(("cy",), False), (("en",), True), (LANGUAGES, False)])
def test_a_sheet_is_tagged_as_the_standard_asks(languages: tuple[str, ...], large: bool) -> None:
    quoted = Quotation("CYM-1", "Mae’r tŷ yn oer.", "cy"), Quotation("CYM-2", "The house is cold.", "en")
    assert find_faults(print_sheet(make_sheet(NAME, *quoted), *languages, large=large)) == []


def test_faults_are_found_where_there_are_some() -> None:
    spoilt = BytesIO()
    with pikepdf.open(BytesIO(print_sheet(make_sheet(), "en"))) as pdf:
        pdf.Root.MarkInfo.Marked = False
        for each in walk(pdf.Root.StructTreeRoot):
            if each.S == "/Figure":
                del each.Alt
            if each.S == "/H2":
                each.S = pikepdf.Name("/H4")
        pdf.pages[0].Contents = pdf.make_stream(b"0 0 9 9 re f " + pdf.pages[0].Contents.read_bytes())
        pdf.save(spoilt)
    assert [fault[:2] for fault in find_faults(spoilt.getvalue())] == ["01", "09", "13", "14"]


@pytest.mark.parametrize(("template", "copies"), [("poster", 0), ("card_tell", 4), ("card_code", 8)])
def test_posters_and_cards_are_one_tagged_page_with_both_languages(template: str, copies: int) -> None:
    data = print_staff(template, copies, make_view())
    assert find_faults(data) == []
    assert len(pypdf.PdfReader(BytesIO(data)).pages) == 1
    kinds = languages_of(data)
    assert kinds.count(("/Art", "cy")) == kinds.count(("/Sect", "en")) == max(copies, 1)
    assert kinds[0] == ("/Art", "cy"), "Welsh comes first"


def test_letters_with_a_circumflex_come_out_as_text_in_welsh() -> None:
    assert "Dŵr, tŷ ac ŷd" in read(print_sheet(make_sheet(), "cy"))


def test_words_quoted_in_the_other_language_say_so() -> None:
    data = print_sheet(make_sheet(NAME, Quotation("CYM-2", "The house is cold.", "en")), "cy")
    assert languages_of(data) == [("/Art", "cy"), ("/Sect", "en")]
    assert "Stori CYM-2 · Dywedwyd yn Saesneg" in read(data)


def test_a_sheet_quotes_words_in_its_own_language_where_there_are_any() -> None:
    sheet = make_sheet(
        NAME, Quotation("A-1", "Mae’r tŷ yn oer.", "cy", "for"), Quotation("A-2", "The house is cold.", "en", "for"),
        Quotation("A-3", "It is warm.", "en", "against"),
    )  # fmt: skip
    welsh, english = (read(print_sheet(sheet, language)) for language in ("cy", "en"))
    assert ("A-1" in welsh, "A-2" in welsh, "A-3" in welsh) == (True, False, True)
    assert ("A-1" in english, "A-2" in english, "A-3" in english) == (False, True, True)


def test_nothing_decided_is_said_in_each_language() -> None:
    assert "Nothing has been decided yet." in read(print_sheet(make_sheet(), "en"))
    assert "Nid oes dim wedi’i benderfynu eto." in read(print_sheet(make_sheet(), "cy"))


def test_a_very_long_title_and_strange_words_break_nothing() -> None:
    title = Bilingual("Ŵ" * 400, "A very long title without an end " * 12)
    strange = Quotation("CYM-3", "<script>alert(1)</script> שלום עולם 😀 🚌 مرحبا", "en")
    data = print_sheet(make_sheet(title, strange))
    assert find_faults(data) == []
    assert "<script>alert(1)</script>" in read(data)
    assert len(pypdf.PdfReader(BytesIO(print_staff("poster", 0, make_view(title)))).pages) == 1


def test_nothing_is_fetched_from_outside_of_the_page() -> None:
    html = write_html(Paper("card_code", NAME, copies=8), my_story=ADDRESSES)
    spied = html.replace("</body>", '<img alt="x" src="file:///etc/passwd"></body>')
    assert b"root" not in write_pdf(spied)


def test_the_same_words_have_the_same_mark() -> None:
    def written(address: str) -> str:
        return write_html(Paper("card_code", NAME, copies=8), my_story=dict.fromkeys(LANGUAGES, address))

    assert mark_of(written("https://a.example")) == mark_of(written("https://a.example"))
    assert mark_of(written("https://a.example")) != mark_of(written("https://b.example"))
