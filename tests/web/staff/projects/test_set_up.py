"""Setting a project up: left and resumed, both languages demanded, nothing overwritten, announced when it is whole."""

from datetime import date, timedelta
from typing import Any

import pytest

from involve.web.site import Site
from tests.factories import NOW, make_body, make_project, make_story
from tests.pages import Browser, Page
from tests.rotas import name_someone
from tests.services.projects.test_privacy import PRIVACY as STATED
from tests.web.conftest import SignIn

ABOUT = {
    "name_cy": "Bysiau’r fro",
    "name_en": "Local buses",
    "summary_cy": "Am fysiau.",
    "summary_en": "About buses.",
}
PROBLEM = {
    "problem_cy": "Dim bws gyda’r nos.",
    "problem_en": "No bus in the evening.",
    "source_cy": "Y clwb ieuenctid.",
    "source_en": "The youth club.",
}
GOALS = {
    "goals": ["healthier", "cohesive"],
    "aims_cy": "Cymunedau cysylltiedig.",
    "aims_en": "Connected communities.",
}
PEOPLE = {"reader": "Mair", "answerer_cy": "Ifan", "answerer_en": "Nia"}
PRIVACY = {**STATED, "keep_published": "no"}
STAGE = {
    "ladder_rung": "iap2:collaborate",
    "question_cy": "Pryd mae angen bws?",
    "question_en": "When do you need a bus?",
    "undecided_cy": "Yr amserlen.",
    "undecided_en": "The timetable.",
    "decided_cy": "Yr arian.",
    "decided_en": "The money.",
    "invited_cy": "Pawb sy’n byw yma.",
    "invited_en": "Everyone who lives here.",
}


def days(opens: int = 20, closes: int = 50, answer: int = 90) -> dict[str, str]:
    """Return the boxes of a stage's dates, counted from now."""
    typed = {}
    for name, after in (("opens_on", opens), ("closes_on", closes), ("answer_by", answer)):
        day: date = (NOW + timedelta(days=after)).date()
        typed |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return typed


@pytest.fixture
def decider(sign_in: SignIn, site: Site) -> Browser:
    """A decision-maker of a body that has no project yet."""
    with site.writing() as session:
        make_body(session)
        name_someone(session)
    return sign_in("decision_maker")


def begin(browser: Browser, slug: str = "bysiau") -> Page:
    return browser.send(browser.get("/en/staff/set-up"), form="#start", body="corff-prawf", slug=slug)


def fill(browser: Browser, section: str, draft: int = 1, **typed: Any) -> Page:
    return browser.send(browser.get(f"/en/staff/set-up/{draft}/{section}"), form="#section", **typed)


def fill_all(browser: Browser, **stage: str) -> Page:
    fill(browser, "about", **ABOUT)
    fill(browser, "problem", **PROBLEM)
    fill(browser, "goals", **GOALS)
    fill(browser, "people", **PEOPLE)
    fill(browser, "privacy", **PRIVACY)
    return fill(browser, "identification", **{**STAGE, **days(), **stage})


def announce(browser: Browser, draft: int = 1) -> Page:
    return browser.send(browser.get(f"/en/staff/set-up/{draft}"))


def test_a_project_is_set_up_section_by_section_and_then_public_in_both_languages(
    decider: Browser, page: Browser
) -> None:
    begin(decider)
    assert "Everything is there" in fill_all(decider)
    announced = announce(decider)
    assert "The project is public" in announced
    welsh, english = page.get("/cy/prosiectau/bysiau"), page.get("/en/projects/bysiau")
    for name in ("name", "summary"):
        assert ABOUT[f"{name}_cy"] in welsh
        assert ABOUT[f"{name}_en"] in english
    for name in ("question", "invited", "undecided"):
        assert STAGE[f"{name}_cy"] in welsh
        assert STAGE[f"{name}_en"] in english
    assert PROBLEM["source_cy"] in welsh
    assert PRIVACY["rests_on_cy"] in welsh
    assert PRIVACY["officer_en"] in english
    assert PEOPLE["reader"] not in english
    assert "Get the panel’s agreement" in page.get("/en/projects/bysiau/promise")


def test_what_is_half_written_is_kept_and_the_list_says_what_is_missing(
    decider: Browser, page: Browser
) -> None:
    begin(decider)
    fill(decider, "about", name_cy="Bysiau")
    again = decider.get("/en/staff/set-up/1/about")
    assert again.fields("#section")["name_cy"] == "Bysiau"
    refused = announce(decider)
    assert refused.status == 409
    for words in ("What it is called and what it is about", "Fill in at least one stage"):
        assert words in refused.one(".notice:not(.notice--good)").text
    assert page.get("/en/projects/bysiau").status == 404


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ({**days(20, 10, 90)}, "in another order"),
        ({**days(20, 50, 40)}, "in another order"),
        ({**days(-60, -30, 90)}, "closed already"),
        ({"question_cy": ""}, "Identification"),
        ({"ladder_rung": ""}, "Identification"),
        ({"decided_en": " "}, "Identification"),
    ],
)
def test_wrong_dates_and_missing_words_stop_it_with_a_reason(
    decider: Browser, stage: dict[str, str], words: str
) -> None:
    begin(decider)
    assert words in fill_all(decider, **stage).one(".notice:not(.notice--good)").text
    assert announce(decider).status == 409


def test_two_stages_may_not_be_open_on_one_day(decider: Browser) -> None:
    begin(decider)
    fill_all(decider)
    both = fill(decider, "planning_design", **{**STAGE, **days(50, 70, 90)})
    assert "open on the same day" in both.one(".notice:not(.notice--good)").text
    assert "Everything is there" in fill(decider, "planning_design", **{**STAGE, **days(51, 70, 90)})


def test_an_impossible_date_comes_back_with_all_that_was_typed(decider: Browser) -> None:
    begin(decider)
    typed = {**STAGE, **days(), "closes_on-day": "31", "closes_on-month": "2"}
    refused = fill(decider, "identification", **typed)
    assert refused.status == 422
    assert refused.fields("#section")["question_cy"].strip() == STAGE["question_cy"]
    assert refused.fields("#section")["closes_on-day"] == "31"


def test_a_rung_that_gives_no_say_is_not_offered(decider: Browser) -> None:
    begin(decider)
    offered = {
        str(option["value"])
        for option in decider.get("/en/staff/set-up/1/identification").soup.select("option")
    }
    assert "iap2:consult" in offered
    assert "arnstein:manipulation" not in offered
    refused = fill(decider, "identification", **{**STAGE, **days(), "ladder_rung": "arnstein:manipulation"})
    assert refused.status == 422


def test_two_people_in_one_section_overwrite_nothing_and_in_two_sections_do_not_meet(
    decider: Browser,
) -> None:
    begin(decider)
    mine, theirs = decider.get("/en/staff/set-up/1/about"), decider.get("/en/staff/set-up/1/about")
    other = decider.get("/en/staff/set-up/1/people")
    decider.send(theirs, form="#section", name_en="Theirs")
    stopped = decider.send(mine, form="#section", name_en="Mine")
    assert stopped.status == 409
    assert stopped.fields("#section")["name_en"] == "Mine"
    assert decider.get("/en/staff/set-up/1/about").fields("#section")["name_en"] == "Theirs"
    assert decider.send(other, form="#section", **PEOPLE).status == 200


def test_a_body_that_was_told_much_says_why_it_asks_again(decider: Browser, site: Site) -> None:
    from involve.services.moderation.moderate import decide_story
    from tests.factories import make_staff

    with site.writing() as session:
        make_project(session)
        told = make_story(session)
        decide_story(session, make_staff(session), told.reference, "published", NOW)
    begin(decider)
    typed = {"q": "bws", "again_cy": "Heb ei orffen"}
    found = decider.send(decider.get("/cy/staff/sefydlu/1/again"), {"go": "search"}, form="#section", **typed)
    assert "feel lonely in the evenings" in found
    assert found.fields("#section")["again_cy"].strip() == "Heb ei orffen"
    nothing = decider.send(found, form="#section", q="hofrennydd")
    assert "feel lonely" not in nothing
    assert "What people have already told you" in fill_all(decider).one(".notice:not(.notice--good)").text
    again = fill(decider, "again", again_cy="Mae’r arian yn newydd.", again_en="The money is new.")
    assert "Everything is there" in again


@pytest.mark.parametrize("slug", ["Bysiau", "a b", "-", "é", "bywyd-da", "x" * 81])
def test_an_address_that_cannot_be_is_refused_and_kept(decider: Browser, site: Site, slug: str) -> None:
    with site.writing() as session:
        make_project(session)
    refused = begin(decider, slug)
    assert refused.status == 422
    assert refused.fields("#start")["slug"] == slug


@pytest.mark.parametrize("role", ["worker", "moderator", "analyst"])
def test_who_may_not_set_projects_up_is_refused(sign_in: SignIn, decider: Browser, role: str) -> None:
    begin(decider)
    other = sign_in(role)
    for path in ("/en/staff/set-up", "/en/staff/set-up/1", "/cy/staff/sefydlu/1/about"):
        assert other.get(path).status == 403
    assert sign_in("administrator").get("/en/staff/set-up/9").status == 404
    assert decider.get("/en/staff/set-up/1/nothing").status == 404


@pytest.mark.parametrize(("language", "goal"), [("cy", "cydlynus"), ("en", "ohesive")])
def test_goals_objectives_and_partners_stand_on_the_public_page(
    decider: Browser, page: Browser, language: str, goal: str
) -> None:
    begin(decider)
    fill_all(decider)
    partners = {"partners_cy": "Y clwb ieuenctid", "partners_en": "The youth club"}
    fill(decider, "partners", **partners, outreach_hours="40", outreach_pounds="1500")
    announce(decider)
    shown = page.get({"cy": "/cy/prosiectau/bysiau", "en": "/en/projects/bysiau"}[language])
    for words in (goal, GOALS[f"aims_{language}"], partners[f"partners_{language}"], "40", "1,500"):
        assert words in shown


def test_partners_that_were_begun_are_finished_and_numbers_are_numbers(decider: Browser) -> None:
    begin(decider)
    fill_all(decider)
    refused = fill(decider, "partners", partners_cy="Y clwb", outreach_hours="forty")
    assert refused.status == 422
    assert refused.one('input[name="outreach_hours"]')["value"] == "forty"
    assert "Before it can be announced" in fill(decider, "partners", partners_cy="Y clwb")


ENDLESS = {
    "rhythm": "continuous",
    "answer_days": "30",
    "report_months": "3",
    **{f"{name}-{part}": "" for name in ("closes_on", "answer_by") for part in ("day", "month", "year")},
}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_dialogue_without_an_end_is_set_up_shown_and_ended(decider: Browser, language: str) -> None:
    begin(decider)
    fill_all(decider, **ENDLESS, **{f"opens_on-{part}": value for part, value in today().items()})
    announce(decider)
    public = decider.get({"cy": "/cy/prosiectau/bysiau", "en": "/en/projects/bysiau"}[language])
    open_end = {"cy": "heb ddyddiad cau", "en": "no closing date"}[language]
    assert open_end in public
    assert open_end in decider.get({"cy": "/cy/prosiectau", "en": "/en/projects"}[language])
    assert open_end in decider.get(
        {"cy": "/cy/prosiectau/bysiau/addewid", "en": "/en/projects/bysiau/promise"}[language]
    )
    address = {
        "cy": "/cy/staff/prosiectau/bysiau/camau/1/diwedd",
        "en": "/en/staff/projects/bysiau/stages/1/end",
    }
    ending = decider.get(address[language])
    soon = decider.send(ending, form="#end", **last_day(5))
    assert soon.status == 422
    assert soon.fields("#end")["last_day-year"] == last_day(5)["last_day-year"]
    decider.send(soon, form="#end", **last_day(30))
    assert open_end not in decider.get(str(public.response.request.path))


@pytest.mark.parametrize("wrong", [{"answer_days": "6"}, {"answer_days": "91"}, {"answer_days": "soon"}])
def test_days_that_cannot_be_promised_come_back(decider: Browser, wrong: dict[str, str]) -> None:
    begin(decider)
    refused = fill_all(decider, **{**ENDLESS, **wrong})
    assert refused.status == 422
    assert refused.fields("#section")["answer_days"] == wrong["answer_days"]


def test_a_dialogue_without_its_numbers_is_not_announced(decider: Browser) -> None:
    begin(decider)
    fill_all(decider, **{**ENDLESS, "report_months": ""})
    announce(decider)
    assert decider.get("/en/projects/bysiau").status == 404


def today() -> dict[str, str]:
    return {part: str(getattr(NOW, part)) for part in ("day", "month", "year")}


def last_day(after: int) -> dict[str, str]:
    day = NOW + timedelta(days=after)
    return {f"last_day-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
