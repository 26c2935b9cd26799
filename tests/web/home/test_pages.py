"""The first pages: the choice of language, home, privacy, accessibility, where to turn at once."""

import pytest

from involve.services.projects.projects import find_project
from involve.services.projects.signposts import list_signposts, seed_signposts
from involve.vocabulary.kept import TABLES
from involve.web.site import Site
from tests.factories import make_project
from tests.pages import Browser, words_of
from tests.publications import make_public
from tests.returns import make_decision

PAGES = [
    ("/cy/", "/en/"),
    ("/cy/preifatrwydd", "/en/privacy"),
    ("/cy/preifatrwydd/beth-a-gedwir", "/en/privacy/what-is-kept"),
    ("/cy/hygyrchedd", "/en/accessibility"),
    ("/cy/cymorth", "/en/help-now"),
    ("/cy/sut-y-darllenir-straeon", "/en/how-stories-are-read"),
]


def test_the_choice_of_language_is_welsh_first_and_remembers_nothing(page: Browser) -> None:
    door = page.get("/", headers={"Accept-Language": "en-GB"})
    assert door.status == 200
    assert [str(link["href"]) for link in door.soup.select("main a")] == ["/cy/", "/en/"]
    assert [str(link["lang"]) for link in door.soup.select("main a")] == ["cy", "en"]
    assert str(door.one("html")["lang"]) == "cy"
    assert "Set-Cookie" not in door.response.headers


@pytest.mark.parametrize(("welsh", "english"), PAGES)
def test_each_page_has_its_twin(page: Browser, welsh: str, english: str) -> None:
    for path, twin, language in ((welsh, english, "en"), (english, welsh, "cy")):
        fetched = page.get(path)
        assert fetched.status == 200
        assert {str(link["href"]) for link in fetched.soup.select(f"a[hreflang={language}]")} == {twin}


def test_home_shows_three_open_projects_and_two_new_stories(page: Browser, site: Site, project: str) -> None:
    with site.writing() as session:
        for number in range(4):
            make_project(session, f"prosiect-{number}")
            make_public(session, f"Story number {number} about the bus.")
        make_project(session, "wedi-cau", opens=-30, closes=-2)
    home = page.get("/en/")
    assert len(home.soup.select("article.card")) == 3
    assert len(home.soup.select("article.story")) == 2
    assert "wedi-cau" not in home.html
    assert "Story number 3" in home
    assert "Story number 0" not in home


def test_home_shows_what_was_decided_last_and_leads_to_the_account(
    page: Browser, site: Site, project: str
) -> None:
    assert "What changed lately" not in page.get("/en/")
    with site.writing() as session:
        make_decision(session, state="draft")
        decision = make_decision(session)
    home = page.get("/en/")
    shown = home.one(f"article[aria-labelledby=decision-{decision}]")
    assert "There will be a bus at eight." in words_of(shown)
    assert str(home.one(f"#decision-{decision} a")["href"]) == f"/en/what-changed/projects/{project}"
    with site.writing() as session:
        find_project(session, project).listed = False
    assert "A bus at eight" not in page.get("/en/")


def test_home_without_projects_says_so(page: Browser) -> None:
    assert words_of(page.get("/en/").one(".empty h2")) == "No project is taking stories now"


def test_privacy_shows_each_use_with_its_whole_wording(page: Browser) -> None:
    for path in PAGES[1]:
        assert len(page.get(path).soup.select("dl.summary > div")) == 6


def test_what_is_kept_is_listed_table_by_table(page: Browser) -> None:
    for path, language in zip(PAGES[2], ("cy", "en"), strict=True):
        fetched = page.get(path)
        assert [words_of(row) for row in fetched.soup.select("tbody th")].count("") == 0
        assert len(fetched.soup.select("tbody tr")) == len(TABLES)
        for table in TABLES:
            assert table.why.in_language(language) in fetched  # type: ignore[arg-type]


def test_only_verified_services_are_shown_with_the_day_they_were_checked(page: Browser, site: Site) -> None:
    with site.writing() as session:
        seed_signposts(session)
        verified = list_signposts(session)
        hidden = [each for each in list_signposts(session, verified_only=False) if not each.verified]
    for path, language in zip(("/cy/cymorth", "/en/help-now"), ("cy", "en"), strict=True):
        shown = page.get(path)
        assert len(shown.soup.select(".signposts li")) == len(verified) > 0
        for each in verified:
            assert each.name.in_language(language) in shown  # type: ignore[arg-type]
        for each in hidden:
            assert each.name.in_language(language) not in shown  # type: ignore[arg-type]
