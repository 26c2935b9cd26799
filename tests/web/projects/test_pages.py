"""Projects: open ones first, and on each what is asked, on which rung, and what is promised."""

import pytest

from involve.services.projects.projects import find_project
from involve.web.site import Site
from tests.factories import Clock, make_project
from tests.pages import Browser, words_of
from tests.publications import make_public

PATHS = ("/cy/prosiectau", "/en/projects")


@pytest.fixture
def several(site: Site) -> None:
    """A project of each kind, the open one added last."""
    with site.writing() as session:
        make_project(session, "wedi-cau", opens=-30, closes=-2)
        make_project(session, "eto-i-ddod", opens=2, closes=20)
        make_project(session, "heb-restr")
        find_project(session, "heb-restr").listed = False
        make_project(session, "ar-agor")


@pytest.mark.parametrize("path", PATHS)
def test_open_projects_stand_first_and_unlisted_ones_nowhere(page: Browser, several: None, path: str) -> None:
    links = page.get(path).soup.select("article.card h2 a")
    assert [str(link["href"]).split("/")[-1] for link in links] == ["ar-agor", "eto-i-ddod", "wedi-cau"]


@pytest.mark.parametrize(
    ("slug", "open_now"), [("ar-agor", True), ("heb-restr", True), ("wedi-cau", False), ("eto-i-ddod", False)]
)
@pytest.mark.parametrize("path", PATHS)
def test_a_project_takes_stories_only_while_it_is_open(
    page: Browser, several: None, path: str, slug: str, open_now: bool
) -> None:
    shown = page.get(f"{path}/{slug}")
    assert shown.status == 200
    assert len(shown.soup.select(".ask a.button")) == int(open_now)


def test_a_project_closes_after_its_last_day(page: Browser, project: str, clock: Clock) -> None:
    clock.move(days=20)
    assert page.get(f"/en/projects/{project}").soup.select(".ask a.button")
    clock.move(days=1)
    assert not page.get(f"/en/projects/{project}").soup.select(".ask a.button")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "/en/projects/bywyd-da",
            ("What matters to you where you live?", "Which buses run in the evening.", "1 June 2026"),
        ),
        ("/cy/prosiectau/bywyd-da", ("Beth sy’n bwysig i chi", "Pa fysiau sy’n rhedeg", "1 Mehefin 2026")),
    ],
)
def test_a_project_says_what_it_asks_what_is_open_and_by_when_it_answers(
    page: Browser, project: str, path: str, words: tuple[str, ...]
) -> None:
    shown = page.get(path)
    for each in words:
        assert each in shown
    assert len(shown.soup.select(".ask")) == 1


def test_a_project_shows_its_newest_stories_and_how_many_there_are(
    page: Browser, site: Site, project: str
) -> None:
    with site.writing() as session:
        make_project(session, "prosiect-arall")
        for number in range(4):
            make_public(session, f"Story number {number} about the bus.")
        make_public(session, "From another project.", project="prosiect-arall")
    shown = page.get(f"/en/projects/{project}")
    assert len(shown.soup.select("article.story")) == 3
    assert "From another project" not in shown
    (more,) = shown.soup.select(f'main a[href="/en/evidence?project={project}"]')
    assert words_of(more) == "Read all 4 published stories"


@pytest.mark.parametrize(
    "slug", ["unheard-of", "%00", "%FF", "..", "a" * 5_000, "BYWYD-DA", "bywyd-da%20", "%D9%85"]
)
@pytest.mark.parametrize("path", PATHS)
def test_an_unknown_project_is_a_page_that_says_so(page: Browser, project: str, path: str, slug: str) -> None:
    assert page.get(f"{path}/{slug}").status == 404


def test_no_project_at_all_says_so(page: Browser) -> None:
    for path in PATHS:
        assert page.get(path).soup.select(".empty")


@pytest.mark.parametrize(
    ("path", "ahead", "late"),
    [
        ("/cy/prosiectau", "Cewch ateb erbyn", "Roedd disgwyl ateb erbyn"),
        ("/en/projects", "You get an answer by", "An answer was due by"),
    ],
)
def test_a_day_that_has_passed_is_not_promised_as_if_it_were_to_come(
    page: Browser, project: str, clock: Clock, path: str, ahead: str, late: str
) -> None:
    shown = page.get(f"{path}/{project}")
    assert ahead in shown
    assert late not in shown
    clock.move(days=100)
    shown = page.get(f"{path}/{project}")
    assert late in shown
    assert ahead not in shown
