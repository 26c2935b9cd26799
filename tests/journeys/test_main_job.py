"""The main job, end to end: told in Welsh and in English, understood, corrected, published, found, answered."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.citizen import Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.staff import Moderator

WELSH = (
    "Does dim bws ar ôl chwech o’r gloch, felly dydi Mam ddim yn gallu mynd i’r feddygfa ar ei phen ei hun. "
    "Mi wnes i ffonio’r cyngor ond ddaeth neb yn ôl ata i. Mae Gwenllian drws nesa yn helpu."
)
ENGLISH = (
    "The library closed last spring and my children have nowhere warm to read after school. "
    "Nobody asked us. My neighbour Blodwen runs a book swap in the chapel instead."
)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_story_is_told_understood_and_corrected_on_a_phone(
    scripts: bool, phone: Page, plain_phone: Page
) -> None:
    citizen = Citizen(phone if scripts else plain_phone, "cy", looks=scripts)
    citizen.choose_project()
    citizen.tell(WELSH)
    citizen.read_what_was_understood()
    expect(citizen.page.locator("mark").filter(has_text="bws").first).to_be_visible()
    citizen.answer_tags(confirm="goal:cohesive", reject="goal:healthier")
    expect(citizen.page.locator(".tag-row--confirmed")).to_have_count(1)
    expect(citizen.page.locator(".tag-row--rejected")).to_have_count(1)


def test_two_stories_are_published_found_in_both_languages_and_answered(
    phone: Page, desk: Page, running_site: RunningSite
) -> None:
    told = {}
    for language, words in (("cy", WELSH), ("en", ENGLISH)):
        citizen = Citizen(phone, language)
        citizen.choose_project()
        code = citizen.tell(words)
        citizen.read_what_was_understood()
        reference = re.search(r"\d{4}-\d{4}", phone.locator("main").inner_text())
        assert reference is not None
        told[language] = (code, reference[0])

    moderator = Moderator(desk)
    moderator.sign_in(*running_site.passwords["moderator"])
    moderator.publish(told["cy"][1], hide="Gwenllian")
    moderator.publish(told["en"][1], hide="Blodwen")

    for language in ("cy", "en"):
        reader = Citizen(phone, language)
        [found] = [text for text in reader.search("meddygfa gyngor") if "drws nesa" in text]
        assert "Gwenllian" not in found
        [found] = [text for text in reader.search("libraries chapel") if "book swap" in text]
        assert "Blodwen" not in found

    moderator.answer(
        [told["cy"][1], told["en"][1]],
        "Diolch. Bydd bws saith o’r gloch o fis Ionawr ymlaen.",
        "Thank you. The library opens again two days a week from January.",
    )
    for language, answer in (("cy", "bws saith o’r gloch"), ("en", "two days a week")):
        citizen = Citizen(phone, language)
        phone.context.clear_cookies()
        citizen.come_back(told[language][0])
        assert answer in phone.locator("main").inner_text()


def test_the_keyboard_alone_is_enough_to_tell_a_story(phone: Page) -> None:
    phone.goto("/en/projects")
    phone.locator("main article a").first.press("Enter")
    phone.locator(".ask a.button").press("Enter")
    phone.locator("textarea[name=story]").focus()
    phone.keyboard.type("The bus stopped in May and I miss my friends.")
    press_until(phone, "#tell button.button--wide", "Enter")
    press_until(phone, "#tell button.button--wide", "Enter")
    press_until(phone, "input[name=read]", "Space")
    press_until(phone, "#tell button.button--wide", "Enter")
    press_until(phone, "#tell button[name=go][value=sent]", "Enter")
    phone.wait_for_selector(".code__value")


def press_until(page: Page, selector: str, key: str) -> None:
    """Press Tab until the focus is on what *selector* names, which must be seen to have it, then press *key*."""
    for _ in range(60):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            seen = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{seen}.outlineStyle !== 'none' || {seen}.boxShadow !== 'none'")
            if key == "Enter":
                with page.expect_navigation():
                    page.keyboard.press(key)
            else:
                page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")
