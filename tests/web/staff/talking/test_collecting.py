"""Gathering stories on one device: the teller takes the code, and the collector can open the story no more."""

from typing import Any

import pytest

from involve.services.projects.projects import find_project
from involve.services.staff.access import RULES
from involve.services.stories.collect import count_collected
from involve.services.tellers.my_story import find_by_code
from involve.vocabulary.roles import ROLES
from involve.web.site import Site
from tests.factories import CODE_KEY, ENGLISH_STORY, WELSH_STORY, Clock, make_project
from tests.pages import Browser, Page
from tests.web.staff.conftest import SignIn
from tests.web.tell.telling import FORM, code_on, step_of, stories

COLLECT = {"cy": "/cy/staff/prosiectau/bywyd-da/casglu", "en": "/en/staff/projects/bywyd-da/collect"}
TOLD = {"cy": WELSH_STORY, "en": ENGLISH_STORY}
MY_STORY = {"cy": "/cy/fy-stori", "en": "/en/my-story"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@pytest.fixture
def collector(sign_in: SignIn, site: Site) -> Browser:
    """An intermediary of a body whose project takes stories."""
    with site.writing() as session:
        make_project(session)
    return sign_in("intermediary")


def begin(browser: Browser, language: str = "en") -> Page:
    return browser.send(browser.get(COLLECT[language]), {"go": "story"}, form="#next")


def to_the_last_page(browser: Browser, language: str = "en") -> Page:
    about = browser.send(begin(browser, language), form=FORM, story=TOLD[language])
    return browser.send(browser.send(about, form=FORM), form=FORM, read="y")


def tell(browser: Browser, language: str = "en") -> Page:
    return browser.send(to_the_last_page(browser, language), {"go": "sent"}, form=FORM)


def hand_over(browser: Browser, receipt: Page, **typed: Any) -> Page:
    return browser.send(receipt, {"go": "handed"}, form="#receipt", **{"has_code": "1", **typed})


def shows_nothing_of_it(page: Page, code: str) -> bool:
    return not any(
        secret in page.html for secret in (code, code.replace("-", ""), "bws olaf", "no bus after")
    )


@BOTH
def test_who_gathers_stories_finds_their_pages_after_signing_in(collector: Browser, language: str) -> None:
    arrived = collector.get(f"/{language}/staff")
    gather = arrived.soup.select('a[href$="/staff/casglu"], a[href$="/staff/collect"]')[0]
    first = collector.get(str(gather["href"]))
    assert first.soup.select(f'main a[href="{COLLECT[language]}"]')
    assert collector.get(COLLECT[language]).status == 200


@BOTH
def test_a_story_is_told_and_handed_over_and_the_next_one_begins_empty(
    collector: Browser, site: Site, language: str
) -> None:
    receipt = tell(collector, language)
    code = code_on(receipt)
    with site.reading() as session:
        story_id = find_by_code(session, code, CODE_KEY)
    assert receipt.response.headers["Cache-Control"] == "no-store"
    assert not receipt.soup.select(f'main form[action="{MY_STORY[language]}"]')
    assert not receipt.soup.select("button[value=copy], button[value=save]")
    done = hand_over(collector, receipt)
    assert done.response.request.path == COLLECT[language]
    assert done.soup.select(".notice--good")
    assert shows_nothing_of_it(done, code)
    following = begin(collector, language)
    assert step_of(following) == "story"
    assert following.fields(FORM)["story"].strip() == ""
    assert following.fields(FORM)["client_id"] != receipt.fields("#receipt")["client_id"]
    with site.reading() as session:
        assert count_collected(session, find_project(session, "bywyd-da").id) == 1
        assert find_by_code(session, code, CODE_KEY) == story_id


def test_without_the_tick_the_receipt_stays_with_its_code_and_says_what_is_missing(
    collector: Browser, site: Site
) -> None:
    receipt = tell(collector)
    stayed = hand_over(collector, receipt, has_code=None)
    assert (stayed.status, code_on(stayed)) == (422, code_on(receipt))
    assert stayed.errors == ["Tick the box when the teller has their code"]
    assert stayed.one("title").get_text().startswith("Error: ")
    assert hand_over(collector, stayed).response.request.path == COLLECT["en"]
    assert stories(site) == 1


def test_whatever_page_the_browser_sends_again_the_collector_sees_neither_code_nor_words(
    collector: Browser, site: Site
) -> None:
    last = to_the_last_page(collector)
    receipt = collector.send(last, {"go": "sent"}, form=FORM)
    code = code_on(receipt)
    hand_over(collector, receipt)
    again = [
        collector.send(last, {"go": "sent"}, form=FORM),
        collector.send(last, {"go": "story"}, form=FORM),
        collector.send(last, {"switch": "1"}, form=FORM),
        collector.send(receipt, form="#receipt"),
        collector.send(receipt, {"switch": "1"}, form="#receipt"),
        hand_over(collector, receipt),
        hand_over(collector, receipt, has_code=None),
        # Without the field that says who holds the device, the code stays away all the same.
        collector.send(receipt, form="#receipt", collecting=None),
    ]
    for page in again:
        assert page.response.request.path == COLLECT["en"]
        assert shows_nothing_of_it(page, code)
    assert stories(site) == 1
    assert "half an hour" not in collector.get("/en/my-story")
    assert shows_nothing_of_it(collector.get("/en/my-story"), code)


@BOTH
def test_a_story_that_its_teller_opened_on_this_device_is_closed_again(
    collector: Browser, language: str
) -> None:
    receipt = tell(collector, language)
    code = code_on(receipt)
    hand_over(collector, receipt)
    assert TOLD[language][:20] in collector.post(MY_STORY[language], {"code": code})
    collector.get(COLLECT[language])
    assert shows_nothing_of_it(collector.get(MY_STORY[language]), code)
    other = tell(collector, language)
    collector.post(MY_STORY[language], {"code": code_on(other)})
    hand_over(collector, other)
    assert shows_nothing_of_it(collector.get(MY_STORY[language]), code_on(other))


def test_handing_over_asks_the_browser_to_drop_what_it_kept(collector: Browser) -> None:
    receipt = tell(collector)
    fields = {**receipt.fields("#receipt"), "has_code": "1", "go": "handed"}
    answer = collector.client.post("/en/projects/bywyd-da/tell", data=fields)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_whole_way_works_in_the_other_language_from_any_page(collector: Browser) -> None:
    receipt = tell(collector)
    switch = receipt.one(".switch button")
    welsh = collector.post(str(switch["formaction"]), {**receipt.fields("#receipt"), "switch": "1"})
    assert code_on(welsh) == code_on(receipt)
    assert hand_over(collector, welsh).response.request.path == COLLECT["cy"]


def test_a_code_is_handed_over_only_for_a_story_that_was_shown_with_it(
    collector: Browser, site: Site
) -> None:
    last = to_the_last_page(collector)
    early = collector.send(last, {"go": "handed"}, form=FORM, has_code="1")
    without_tick = collector.send(last, {"go": "handed"}, form=FORM)
    assert [step_of(early), step_of(without_tick)] == ["check", "check"]
    assert stories(site) == 0


def test_who_may_read_stories_is_warned_not_to_leave_the_device(collector: Browser, sign_in: SignIn) -> None:
    warning = "do not leave anyone alone with it"
    assert warning in sign_in("administrator").get(COLLECT["en"])
    assert warning not in collector.get(COLLECT["en"])
    assert "you cannot open it on this device or anywhere else" in collector.get(COLLECT["en"])
    assert "you cannot open it" not in sign_in("administrator").get(COLLECT["en"])


def test_a_program_gets_the_code_no_more_either(collector: Browser) -> None:
    receipt = tell(collector)
    sent = receipt.fields("#receipt")
    wanted = {
        "project": "bywyd-da",
        "text": sent["story"],
        "client_id": sent["client_id"],
        "reply_language": "en",
        "consent": {"read": True},
    }
    before = collector.client.post("/api/v1/stories", json=wanted)
    assert (before.status_code, before.get_json()["code"]) == (200, code_on(receipt))
    hand_over(collector, receipt)
    answer = collector.client.post("/api/v1/stories", json=wanted)
    assert answer.status_code == 409
    assert code_on(receipt) not in answer.get_data(as_text=True)


def test_a_collector_whose_sign_in_ended_signs_in_again_and_the_story_is_closed(
    collector: Browser, page: Browser
) -> None:
    receipt = tell(collector)
    signed_out = hand_over(page, receipt)
    assert signed_out.soup.select("input[type=password]")
    assert shows_nothing_of_it(collector.send(receipt, form="#receipt"), code_on(receipt))


def test_a_project_that_closed_meanwhile_loses_nothing_and_starts_nothing(
    collector: Browser, site: Site, clock: Clock
) -> None:
    receipt, unsent = tell(collector), to_the_last_page(collector)
    clock.move(days=30)
    closed = collector.send(unsent, {"go": "sent"}, form=FORM)
    assert (closed.status, closed.one("textarea").get_text().strip()) == (409, ENGLISH_STORY)
    assert code_on(collector.send(receipt, form="#receipt")) == code_on(receipt)
    assert hand_over(collector, receipt).status == 200
    assert not collector.get(COLLECT["en"]).soup.select("#next")
    assert not collector.get("/en/staff/collect").soup.select(f'a[href="{COLLECT["en"]}"]')


@pytest.mark.parametrize("role", [role.id for role in ROLES])
def test_each_role_gathers_or_is_refused_as_the_rules_say(
    collector: Browser, sign_in: SignIn, role: str
) -> None:
    staff, stranger = sign_in(role), sign_in(role, "corff-arall")
    assert staff.get(COLLECT["cy"]).status == (200 if role in RULES["collect"] else 403)
    allowed = role in RULES["collect"]
    # What is another body's is not there; a role that never gathers gets no further than that.
    assert stranger.get(COLLECT["en"]).status == (404 if allowed else 403)
    listed = allowed or role in RULES["log_outreach"]
    assert staff.get("/en/staff/collect").status == (200 if listed else 403)
    assert staff.get("/en/staff/projects/nowhere/collect").status == (404 if allowed else 403)


def test_who_tells_for_themselves_meets_nothing_of_this(page: Browser, project: str) -> None:
    assert "collecting" not in page.get(f"/en/projects/{project}/tell").html
