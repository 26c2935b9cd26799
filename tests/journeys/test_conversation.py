"""Two-way without an account: asked, answered on a phone, and a correction offered, accepted and public."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.citizen import ADDRESSES, Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.looking import WALKED_IN, look
from tests.journeys.staff import Moderator

WORDS = {
    "cy": "Mae’r bws olaf o’r pentre yn gadel am chwech, felly dydw i ddim yn gweld fy ffrindiau gyda’r nos.",
    "en": "The last bus from the vilage leaves at six, so I do not see my friends in the evenings.",
}
SLIP = {"cy": ("gadel", "gadael"), "en": ("vilage", "village")}
QUESTION = {
    "cy": "O ba bentref yr ydych chi’n teithio gyda’r nos?",
    "en": "Which way do you travel in the evening?",
}
ANSWER = {"cy": "O’r cwm i’r dre, bob nos Fawrth.", "en": "From the valley into town, every Tuesday."}
CORRECTED = {"cy": "Cafodd ychydig eiriau eu cywiro", "en": "A few words were corrected"}


@pytest.mark.parametrize("language", WALKED_IN)
def test_staff_ask_the_teller_answers_and_a_correction_is_made(
    phone: Page, desk: Page, running_site: RunningSite, language: str
) -> None:
    citizen = Citizen(phone, language)
    citizen.choose_project()
    code = citizen.tell(WORDS[language])
    citizen.read_what_was_understood()
    found = re.search(r"\d{4}-\d{4}", phone.locator("main").inner_text())
    assert found is not None
    reference = found[0]

    moderator = Moderator(desk)
    moderator.sign_in(*running_site.passwords["moderator"])
    moderator.publish(reference, hide="chwech" if language == "cy" else "six")
    desk.goto(f"/en/staff/stories/{reference}/conversation")
    desk.fill("textarea[name=text]", QUESTION[language])
    look(desk, f"staff-ask-{language}")
    desk.click("button[name=go][value=ask]")
    desk.wait_for_selector(".talk")

    phone.context.clear_cookies()
    citizen.come_back(code)
    phone.click('.notice a[href="#conversation"]')
    phone.click(".talk a.button")
    phone.fill("textarea[name=text]", ANSWER[language])
    citizen.see("answer")
    phone.click("button[name=go][value=send]")
    phone.wait_for_selector(".talk__said--own")
    citizen.see("answered")

    desk.goto("/en/staff")
    assert reference in desk.locator(".notice", has_text="wrote something new").inner_text()
    desk.goto(f"/en/staff/stories/{reference}")
    said = desk.locator(".talk p[lang]").last
    assert (said.inner_text(), said.get_attribute("lang")) == (ANSWER[language], language)
    look(desk, f"staff-answered-{language}")
    desk.goto(f"/en/staff/stories/{reference}/corrections")
    desk.fill("input[name=old]", SLIP[language][0])
    desk.fill("input[name=new]", SLIP[language][1])
    desk.check("input[name=reason][value=slip]")
    desk.click("#correction button")
    desk.wait_for_selector(".notice--good")
    look(desk, f"staff-correction-{language}")

    phone.goto(ADDRESSES[language]["my_story"])
    phone.click('.notice a[href="#corrections"]')
    phone.click("section[aria-labelledby=corrections] a.button")
    citizen.see("correction")
    assert phone.locator(".pane mark").all_inner_texts() == list(SLIP[language])
    phone.click("button[name=answer][value=accepted]")
    phone.wait_for_selector(".state--good")
    citizen.see("correction-accepted")

    phone.goto(f"{ADDRESSES[language]['evidence']}/{reference}")
    public = phone.locator("main").inner_text()
    assert SLIP[language][1] in public
    assert SLIP[language][0] not in public.split()
    assert CORRECTED[language] in public
    citizen.see("corrected")
