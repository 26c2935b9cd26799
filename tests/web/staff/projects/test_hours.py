"""Hours, expenses and time credits in pages: clear errors, nothing typed lost, and each sees what is theirs to see."""

from typing import Any

import pytest

from involve.services.staff.access import RULES
from involve.vocabulary.roles import ROLES
from involve.web.site import Site
from involve.web.staff.projects.hours_forms import read_pence, read_whole
from tests.factories import make_project
from tests.pages import Browser, Page
from tests.web.staff.conftest import SignIn

HOURS = {"cy": "/cy/staff/prosiectau/bywyd-da/oriau", "en": "/en/staff/projects/bywyd-da/hours"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])
TYPED = {"people": "12", "hours": "1", "minutes": "35", "expenses": "£1,012.5", "time_credits": "3"}


@pytest.fixture
def worker(sign_in: SignIn, site: Site) -> Browser:
    """A front-line worker of a body with a project."""
    with site.writing() as session:
        make_project(session)
    return sign_in("worker")


def log(browser: Browser, language: str = "en", **typed: Any) -> Page:
    return browser.send(browser.get(HOURS[language]), form="#log", **typed)


@BOTH
def test_a_day_of_work_is_logged_and_stands_in_the_list_and_the_sum(worker: Browser, language: str) -> None:
    logged = log(worker, language, **TYPED, note="Neuadd")
    assert logged.soup.select(".notice--good")
    second = log(worker, language, minutes="30")
    assert len(second.soup.select("tbody tr")) == 2
    assert "£1,012.50" in second.one("dl.stats").get_text()
    shown = second.one("dl.stats").get_text()
    assert ("2 awr 5 mun." if language == "cy" else "2 h 5 min") in shown
    assert "Neuadd" in second


@BOTH
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"people": "many"}, "people"),
        ({"hours": "1.5"}, "hours"),
        ({"minutes": "-5"}, "minutes"),
        ({"expenses": "12,50"}, "expenses"),
        ({"expenses": "10000.01"}, "expenses"),
        ({"time_credits": "½"}, "time_credits"),
        ({"hours": "25"}, "hours"),
        ({"on_day-year": "2027"}, "on_day-day"),
        ({"on_day-month": "13"}, "on_day-day"),
        ({"note": "x" * 1_001}, "note"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_everything_typed_stays(
    worker: Browser, language: str, wrong: dict[str, str], field: str
) -> None:
    typed = {**TYPED, "note": "Neuadd", **wrong}
    refused = log(worker, language, **typed)
    assert (refused.status, len(refused.errors)) == (422, 1)
    assert refused.one(".govuk-error-summary a")["href"] == f"#{field}"
    kept = refused.fields("#log")
    assert {name: kept[name].strip() for name in typed} == typed
    assert refused.soup.select("tbody tr") == []


def test_an_entry_of_nothing_and_one_sent_twice_are_refused_with_a_reason(worker: Browser) -> None:
    assert "at least one number" in log(worker).errors[0]
    log(worker, **TYPED)
    again = log(worker, **TYPED)
    assert "exactly this already" in again.errors[0]
    assert again.fields("#log")["expenses"] == TYPED["expenses"]
    assert len(again.soup.select("tbody tr")) == 1


def test_the_other_language_keeps_everything_typed(worker: Browser) -> None:
    english = worker.get(HOURS["en"])
    switch = english.one(".switch button")
    welsh = worker.post(str(switch["formaction"]), {**english.fields("#log"), **TYPED, "switch": "1"})
    assert (welsh.status, welsh.errors) == (200, [])
    assert welsh.one("html")["lang"] == "cy"
    assert {name: welsh.fields("#log")[name] for name in TYPED} == TYPED


def test_each_sees_their_own_and_who_answers_for_the_project_sees_all(
    worker: Browser, sign_in: SignIn
) -> None:
    log(worker, **TYPED)
    assert sign_in("intermediary").get(HOURS["en"]).soup.select("tbody tr") == []
    decider = sign_in("decision_maker")
    seen = decider.get(HOURS["en"])
    assert len(seen.soup.select("tbody tr")) == 1
    assert seen.soup.select("tbody form") == []
    assert "collector’s help" in seen
    assert "collector’s help" not in worker.get(HOURS["en"])
    assert decider.get("/en/staff/projects/bywyd-da").soup.select(f'main a[href="{HOURS["en"]}"]')


def test_a_wrong_entry_is_removed_by_who_made_it_alone(worker: Browser, sign_in: SignIn) -> None:
    logged = log(worker, **TYPED)
    action = str(logged.one("tbody form")["action"])
    other = sign_in("administrator")
    token = other.get(HOURS["en"]).fields("#log")["csrf_token"]
    assert other.post(action, {"csrf_token": token}).status == 404
    removed = worker.send(logged, form="tbody form")
    assert removed.soup.select("tbody tr") == []
    assert worker.send(logged, form="tbody form").status == 404


@pytest.mark.parametrize("role", [role.id for role in ROLES])
def test_each_role_logs_or_is_refused_as_the_rules_say(worker: Browser, sign_in: SignIn, role: str) -> None:
    allowed = role in RULES["log_outreach"]
    assert sign_in(role).get(HOURS["cy"]).status == (200 if allowed else 403)
    # What is another body's is not there.
    assert sign_in(role, "corff-arall").get(HOURS["en"]).status == (404 if allowed else 403)
    assert sign_in("administrator").get("/en/staff/projects/nowhere/hours").status == 404


@pytest.mark.parametrize(
    ("typed", "pence"), [("", 0), ("12", 1200), ("12.5", 1250), ("£ 12.05", 1205), ("1,200.00", 120_000)]
)
def test_amounts_are_read_as_people_write_them(typed: str, pence: int) -> None:
    assert read_pence(typed) == pence


@pytest.mark.parametrize("typed", ["12,50", "1.234", "12.", "-1", "£", "١٢", "1e3", "1 000", "99999999"])
def test_what_is_no_amount_and_no_number_is_refused(typed: str) -> None:
    for read in (read_pence, read_whole):
        with pytest.raises(ValueError, match=r".*"):
            read(typed)
