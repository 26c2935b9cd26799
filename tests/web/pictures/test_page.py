"""The page of pictures: each with its sentence and its table, in both languages, by the evidence page’s filters."""

import re
from datetime import timedelta

import pytest

from involve.vocabulary.goals import GOALS
from involve.web.site import Site
from tests.factories import NOW, make_project
from tests.pages import Browser, Page, words_of
from tests.publications import Shown, add_rows

PAGES = {"cy": "/cy/tystiolaeth/lluniau", "en": "/en/evidence/pictures"}
PICTURES = ("goals", "over-time", "areas", "together", "rising")


@pytest.fixture
def published(site: Site, project: str) -> None:
    """Stories of a year in two projects: the newest speak of floods."""
    concern = (("goal", "healthier", "concern"), ("goal", "equal", "idea"))
    with site.writing() as session:
        make_project(session, "arall")
        rows = [
            Shown(
                "The surgery is closed.", "en", "W06000001", concern[: 1 + at % 2], NOW + timedelta(days=at)
            )
            for at in range(30)
        ]
        rows += [
            Shown("Daeth y llifogydd i’r tŷ.", "cy", None, (), NOW + timedelta(days=50 + at % 10))
            for at in range(30)
        ]
        add_rows(session, "bywyd-da", rows)
        add_rows(session, "arall", [Shown("The bus is late.", tags=concern)] * 2)


def table(page: Page, picture: str) -> list[list[str]]:
    """Return the rows of the first table of a picture."""
    rows = page.soup.select(f"section[aria-labelledby={picture}] table")[0].select("tbody tr")
    return [[words_of(cell) for cell in row.select("th, td")] for row in rows]


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.usefixtures("published")
def test_each_picture_is_named_told_and_written_down(page: Browser, language: str) -> None:
    shown = page.get(PAGES[language])
    for picture in PICTURES:
        section = shown.one(f"section[aria-labelledby={picture}]")
        svg = section.select("svg[role=img]")
        assert len(svg) == 1, picture
        name, told = str(svg[0]["aria-labelledby"]), str(svg[0]["aria-describedby"])
        assert words_of(shown.one(f"#{name}")) == words_of(section.select("h2")[0])
        assert len(words_of(shown.one(f"#{told}")).split()) > 4
        assert section.select("details table tbody tr"), picture
    project = page.get({"cy": "/cy/prosiectau/bywyd-da", "en": "/en/projects/bywyd-da"}[language])
    assert words_of(project.one("#goals-says")) != words_of(shown.one("#goals-says"))
    assert project.one("section[aria-labelledby=goals] svg[role=img]")
    assert shown.response.headers["Content-Security-Policy"].count("unsafe") == 0


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.usefixtures("published")
def test_the_table_says_what_the_picture_says_and_leads_to_the_stories(page: Browser, language: str) -> None:
    shown = page.get(PAGES[language])
    rows = table(shown, "goals")
    assert [row[0] for row in rows] == [goal.short.in_language(language) for goal in GOALS]
    healthier = next(row for row in rows if row[0] == GOALS[2].short.in_language(language))
    assert healthier[1:] == ["32", "0", "32", "0", "0"]
    drawn = " ".join(words_of(each) for each in shown.soup.select("section[aria-labelledby=goals] svg text"))
    assert [row[1] for row in rows if f" {row[1]}" not in f" {drawn}"] == []
    for link in shown.soup.select("section[aria-labelledby=goals] td a")[:12]:
        assert words_of(page.get(str(link["href"])).one(".count-line")).split()[0] == words_of(link)
    assert sum(int(row[1]) for row in table(shown, "over-time")) == 62
    assert [row[1] for row in table(shown, "areas")[:2]] == ["30", "0"]


@pytest.mark.usefixtures("published")
def test_what_goes_together_and_what_rises_leads_to_the_stories(page: Browser) -> None:
    shown = page.get(PAGES["en"])
    links = shown.soup.select("section[aria-labelledby=together] td a, section[aria-labelledby=rising] td a")
    numbers = {str(link["href"]): re.split("[ ,(]", words_of(link))[0] for link in links}
    assert any("topic=flooding" in href for href in numbers)
    for href in [href for href, number in numbers.items() if number != "0"][:6]:
        assert words_of(page.get(href).one(".count-line")).split()[0] == numbers[href], href


@pytest.mark.usefixtures("published")
def test_the_sentences_name_what_is_most_and_what_rose(page: Browser) -> None:
    said = page.get(PAGES["en"])
    assert "Most stories are about: Healthier (32 stories)." in words_of(said.one("#goals-says"))
    assert "32 stories name no area." in words_of(said.one("#areas-says"))
    assert "Rose most clearly: Flooding, from 0% of the stories to 100% of them." in words_of(
        said.one("#rising-says")
    )
    welsh = page.get(PAGES["cy"] + "?project=arall")
    assert "Y nod sydd â’r mwyaf o straeon: Iachach · Mwy cyfartal (2 stori)." in words_of(
        welsh.one("#goals-says")
    )
    assert "Gofynnwyd mewn 1 cam." in words_of(welsh.one("#timeline-says"))
    assert words_of(welsh.one("#rising-says")).startswith("Rhy ychydig i ddweud")


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.usefixtures("published")
def test_the_filters_of_the_evidence_page_hold_here_too(page: Browser, language: str) -> None:
    asked = "?project=bywyd-da&goal=equal&stance=idea&from=2026-01-01&q=surgery"
    shown = page.get(PAGES[language] + asked)
    assert words_of(shown.one(".count-line")).split()[0] == "15"
    evidence = page.get(str(shown.one(".count-line a")["href"]))
    assert words_of(evidence.one(".count-line")).split()[0] == "15"
    back = next(
        str(link["href"]) for link in evidence.soup.select("main a") if PAGES[language] in str(link["href"])
    )
    assert words_of(page.get(back).one(".count-line")).split()[0] == "15"
    assert len(shown.soup.select("a.remove")) == 5
    # Beside a goal that was chosen a number has no list of its own.
    assert not shown.soup.select("section[aria-labelledby=goals] td a")


@pytest.mark.parametrize("asked", ["goal=x", "from=2026-13-45", "q=" + "a" * 300, "area=%D9%85"])
def test_what_cannot_be_asked_is_told(page: Browser, project: str, asked: str) -> None:
    for path in PAGES.values():
        said = page.get(f"{path}?{asked}")
        assert said.status == 400
        assert said.soup.select(".notice li")


def test_where_nothing_fits_there_is_a_way_on(page: Browser, project: str) -> None:
    for path in PAGES.values():
        nothing = page.get(f"{path}?q=zzzz")
        assert (nothing.status, len(nothing.soup.select("svg[role=img]"))) == (200, 0)
        assert nothing.soup.select(".empty a")


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.usefixtures("published")
def test_a_word_that_no_topic_has_rises_once_in_all_its_forms(
    page: Browser, site: Site, language: str
) -> None:
    texts = ["The otters are back."] * 15 + ["The surgery has an otter."] * 10
    with site.writing() as session:
        add_rows(
            session,
            "bywyd-da",
            [
                Shown(text, "en", None, (), NOW + timedelta(days=50 + at % 10))
                for at, text in enumerate(texts)
            ],
        )
    shown = page.get(PAGES[language])
    rows = table(shown, "words")
    word = rows[0][0]
    assert rows[0][1:] == [{"cy": "Saesneg", "en": "English"}[language], "0 (0%)", "25 (100%)"]
    assert [row[0] for row in rows if row[0].startswith(("otter", "surgery"))] == [word]
    assert word in words_of(shown.one("#words-says"))
    link = shown.soup.select("section[aria-labelledby=words] tbody th a")[0]
    assert link["lang"] == "en"
    assert "25" in words_of(page.get(str(link["href"])).one(".count-line"))
