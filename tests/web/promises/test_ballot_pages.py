"""A vote in public: what is weighed and how, then what came of it, without a number that could tell of one person."""

import pytest

from involve.services.staff.access import Actor
from involve.services.tellers.my_story import withdraw_story
from involve.web.site import Site
from tests.ballots import QUESTION, TITLES, make_ballot, make_draft_ballot, make_shared_project, vote
from tests.factories import NOW, Clock, make_staff
from tests.pages import Browser

PROMISE = {"cy": "/cy/prosiectau/bywyd-da/addewid", "en": "/en/projects/bywyd-da/promise"}
VOTE = {"cy": "/cy/prosiectau/bywyd-da/pleidleisiau/1", "en": "/en/projects/bywyd-da/votes/1"}


@pytest.fixture
def staff(site: Site) -> Actor:
    with site.writing() as session:
        make_shared_project(session)
        return make_staff(session, "decision_maker")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_anyone_sees_the_options_and_how_they_are_counted_but_no_result_yet(
    page: Browser, site: Site, staff: Actor, language: str
) -> None:
    with site.writing() as session:
        ballot = make_ballot(session, staff)
        vote(session, ballot, *[[1]] * 6)
        make_draft_ballot(session, staff)
    listed = page.get(PROMISE[language])
    assert [each["href"] for each in listed.soup.select('main a[href*="/1"]')] == [VOTE[language]]
    shown = page.get(VOTE[language])
    assert shown.h1 == QUESTION.in_language(language)
    assert all(title.in_language(language) in shown for title in TITLES)
    assert {"cy": "nifer mwyaf o farciau", "en": "most marks comes first"}[language] in shown
    assert not shown.soup.select("main table")
    assert page.get(VOTE[language].replace("1", "2")).status == 404
    assert page.get(VOTE[language].replace("bywyd-da", "arall")).status == 404


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        (
            "cy",
            [
                "Bws gyda’r nos 1 7",
                "Goleuadau ar y llwybr 2, yn gyfartal 5",
                "Neuadd gynnes 2, yn gyfartal 5",
            ],
        ),
        ("en", ["An evening bus 1 7", "Lights on the path 2, tied 5", "A warm hall 2, tied 5"]),
    ],
)
def test_the_result_of_marks_stands_in_a_table(
    page: Browser, site: Site, staff: Actor, clock: Clock, language: str, rows: list[str]
) -> None:
    with site.writing() as session:
        ballot = make_ballot(session, staff)
        vote(session, ballot, *[[1]] * 2, *[[1, 2]] * 5, *[[3]] * 5)
    clock.move(days=11)
    shown = page.get(VOTE[language])
    assert [" ".join(row.get_text(" ").split()) for row in shown.soup.select("tbody tr")] == rows
    assert {"cy": "Pleidleisiodd 12 o bobl.", "en": "12 people voted."}[language] in shown


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_ranking_shows_its_comparisons_and_hides_small_sides(
    page: Browser, site: Site, staff: Actor, clock: Clock, language: str
) -> None:
    with site.writing() as session:
        ballot = make_ballot(session, staff, method="ranked")
        vote(session, ballot, *[[1, 2, 3]] * 5, *[[1, 3, 2]] * 5, *[[3, 1, 2]] * 2)
    clock.move(days=11)
    shown = page.get(VOTE[language])
    cells = [
        [each.get_text(strip=True) for each in row.select("th, td")]
        for row in shown.soup.select("details tr")
    ]
    one, two, three = (title.in_language(language) for title in TITLES)
    hidden = {"cy": "rhy ychydig i’w dangos", "en": "too few to show"}[language]
    assert cells[1:] == [[one, two, one, "12–0"], [one, three, one, hidden], [two, three, three, "5–7"]]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_with_few_voters_only_what_came_first_is_told(
    page: Browser, site: Site, staff: Actor, clock: Clock, language: str
) -> None:
    with site.writing() as session:
        ballot = make_ballot(session, staff)
        voters = vote(session, ballot, *[[1, 2]] * 5)
        withdraw_story(session, voters[0], NOW)
    clock.move(days=11)
    shown = page.get(VOTE[language])
    assert not shown.soup.select("main table")
    assert {"cy": "Pleidleisiodd rhy ychydig", "en": "Too few people voted"}[language] in shown
    assert {"cy": "yn gyfartal yn y safle cyntaf", "en": "tied for first place"}[language] in shown


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_vote_in_which_nobody_voted_says_so(
    page: Browser, site: Site, staff: Actor, clock: Clock, language: str
) -> None:
    with site.writing() as session:
        make_ballot(session, staff, method="ranked")
    clock.move(days=11)
    assert {"cy": "Ni phleidleisiodd neb.", "en": "Nobody voted."}[language] in page.get(VOTE[language])
