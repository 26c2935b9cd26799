"""Results go back: twenty imported stories, a decision that follows and does not follow, and everyone finds it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.citizen import Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.decider import ADDRESSES, STAGES, Decider
from tests.journeys.gathering import SLUG, Teller, gather
from tests.journeys.looking import look, settle

TITLE = {"cy": "Bws saith o’r gloch", "en": "A bus at seven"}
DECISION = {
    "title_cy": TITLE["cy"],
    "title_en": TITLE["en"],
    "text_cy": "Bydd bws yn gadael am saith o’r gloch bob nos o fis Ionawr ymlaen.",
    "text_en": "From January a bus will leave at seven o’clock every evening.",
    "change_cy": "Bws chwech oedd ein cynllun; roedd pawb yn dweud bod hynny’n rhy gynnar.",
    "change_en": "We had planned a bus at six; everyone said that this is too early.",
}
REASON = {"cy": "Nid yw’r arian ar gael eleni.", "en": "The money is not there this year."}
ANSWER = {
    "cy": "Diolch am stori {cyfeirnod}. Bydd bws am saith.",
    "en": "Thank you for story {reference}. There will be a bus at seven.",
}
CAME = {"cy": "Mae’r bws yn rhedeg bob nos.", "en": "The bus runs every evening."}
WHAT_CHANGED = {"cy": "/cy/beth-newidiodd", "en": "/en/what-changed"}
TOO_FEW = {"cy": "mae rhy ychydig", "en": "too few people"}


@pytest.mark.browser
@pytest.mark.slow
def test_a_decision_goes_back_to_everyone_behind_it(
    phone: Page, desk: Page, running_site: RunningSite
) -> None:
    tellers = gather(running_site)
    assert len(tellers) == 20
    decider = Decider(desk, "cy")
    decider.sign_in(*running_site.passwords["decisions"])
    decision = decide(decider)
    tell_everyone(desk, decision)
    note_outcome(desk, decision)
    # Every page is the same but for its words: one in each language is looked at closely.
    shown = {each.language: each for each in tellers}.values()
    for teller in tellers:
        read_it(phone, teller, looks=teller in shown)
    see_in_public(phone)


def decide(decider: Decider) -> str:
    """Draft a decision, rely on words, follow the first thing that was heard and say why not the rest; publish it."""
    page = decider.page
    page.goto(f"{ADDRESSES['cy']['projects']}/{SLUG}")
    page.click(f"main a[href*='/{STAGES['cy']}/'] >> nth=0")
    for name, words in DECISION.items():
        page.fill(f"[name={name}]", words)
    page.click("#decision > button.button")
    page.wait_for_selector(".notice--good")
    decision = page.url
    decider.rely_on("meddygfa")
    heard = page.eval_on_selector_all("#heard ~ .tasks a", "links => links.map(each => each.href)")
    assert len(heard) > 1
    for number, address in enumerate(heard):
        judge(page, address, followed=number == 0)
    page.goto(decision)
    decider.move("publish")
    page.wait_for_selector(".notice--good")
    return decision


def judge(page: Page, address: str, followed: bool) -> None:
    """Say whether the decision follows what was heard; not to follow needs a reason, and what was chosen stays."""
    page.goto(address)
    page.check(f"input[name=judgement][value={'followed' if followed else 'not_followed'}]")
    if not followed:
        page.click("#judge button.button")
        look(page, "heard-without-reason-cy")
        assert page.is_checked("input[name=judgement][value=not_followed]")
        for language, words in REASON.items():
            page.fill(f"[name=reason_{language}]", words)
    page.click("#judge button.button")
    page.wait_for_selector(".notice--good")


def tell_everyone(page: Page, decision: str) -> None:
    """From the page of the decision, which says that twenty people are not told, answer them all at once."""
    page.goto(decision)
    look(page, "decision-untold-cy")
    page.click(".notice--warn a.button")
    look(page, "answer-many-cy")
    for language, words in ANSWER.items():
        page.fill(f"[name=text_{language}]", words)
    page.click("button[name=go][value=preview]")
    look(page, "answer-many-preview-cy")
    expect(page.locator("blockquote [lang=en]")).to_contain_text("There will be a bus at seven.")
    page.click("button[name=go][value=send]")
    look(page, "answer-many-sent-cy")
    page.goto(decision)
    expect(page.locator("a.button[href*='decision:'], a.button[href*='decision%3A']")).to_have_count(0)


def note_outcome(page: Page, decision: str) -> None:
    """Say what came of it, today."""
    page.goto(decision)
    page.click("main a[href$='/canlyniad'], main a[href$='/outcome']")
    look(page, "outcome-cy")
    page.check("input[name=status][value=done]")
    for language, words in CAME.items():
        page.fill(f"[name=text_{language}]", words)
    page.click("#outcome button.button")
    page.wait_for_selector(".notice--good")


def read_it(phone: Page, teller: Teller, looks: bool) -> None:
    """Come back by code: the answer, the decision and what came of it are there in the teller's own language."""
    phone.context.clear_cookies()
    citizen = Citizen(phone, teller.language, looks)
    citizen.come_back(teller.code)
    said = settle(phone).locator("main").inner_text()
    other = {"cy": "en", "en": "cy"}[teller.language]
    assert TITLE[teller.language] in said
    assert TITLE[other] not in said
    assert CAME[teller.language] in said
    assert re.sub(r"\{.*?\}", teller.reference, ANSWER[teller.language]) in said
    phone.click("button[name=changed][value=yes]")
    expect(phone.locator("button[name=changed][value=yes]")).to_have_attribute("aria-pressed", "true")


def see_in_public(phone: Page) -> None:
    """Anyone sees what was done, not done and why, with the claim beside what tellers say of it."""
    for language, address in WHAT_CHANGED.items():
        phone.goto(address)
        look(phone, f"what-changed-{language}")
        phone.goto(f"{address}/{ {'cy': 'prosiectau', 'en': 'projects'}[language] }/{SLUG}")
        look(phone, f"what-changed-project-{language}")
        said = phone.locator("main").inner_text()
        for words in (TITLE, CAME, REASON):
            assert words[language] in said
        # Numbers of what tellers say are counted by the week: until then it is said that they are not there.
        assert TOO_FEW[language] in said.casefold()
