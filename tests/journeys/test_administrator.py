"""An administrator invites somebody, who comes in on a phone; reads who looked at what; and shuts the door again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import RunningSite
from tests.journeys.looking import WALKED_IN, look

PASSWORD = "pedwar gair gwahanol iawn"
ADDRESSES = {
    "cy": {"staff": "/cy/staff", "members": "/cy/staff/aelodau", "queue": "/cy/staff", "invite": "gwahodd"},
    "en": {"staff": "/en/staff", "members": "/en/staff/members", "queue": "/en/staff", "invite": "invite"},
}
WORDS = {
    "cy": {"read": "Pwy ddarllenodd straeon gwreiddiol"},
    "en": {"read": "Who read original stories"},
}


def sign_in(page: Page, site: RunningSite, name: str, language: str) -> None:
    """Sign in as one of the demonstration's members of staff, in a language."""
    email, password = site.passwords[name]
    page.goto(ADDRESSES[language]["staff"])
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_function("!document.querySelector('input[name=password]')")


def open_members(page: Page, language: str) -> None:
    """Open the members of the first body that the administrator looks after."""
    page.goto(ADDRESSES[language]["members"])
    if page.locator("ul.tasks a").count():
        page.locator("ul.tasks a").first.click()
    page.wait_for_selector("tbody")


def invite(page: Page, language: str, email: str) -> str:
    """Invite somebody as a moderator of the whole body, and return the link that is shown once."""
    open_members(page, language)
    look(page, f"members-{language}")
    page.click(f"a.button[href$={ADDRESSES[language]['invite']}]")
    look(page, f"member-invite-{language}")
    page.fill("input[name=email]", email)
    page.check("input[name=role][value=moderator]")
    page.check(f"input[name=language][value={language}]")
    page.click("#invite button.button")
    look(page, f"member-invited-{language}")
    return page.locator("code.wrap").inner_text()


def take_up(page: Page, link: str, language: str) -> None:
    """Take up the invitation on a phone, and arrive at the queue."""
    page.goto(link)
    look(page, f"invitation-{language}")
    page.fill("input[name=name]", "Gwen Newydd")
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=password_again]", PASSWORD)
    page.click("main form button.button")
    page.wait_for_url(f"**/{language}/staff*")


def read_a_story(page: Page) -> str:
    """Open the first story of the queue, and return its reference."""
    first = page.locator("ul.tasks a").first
    reference = first.inner_text()
    first.click()
    page.wait_for_selector("h1")
    return reference


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", WALKED_IN)
def test_somebody_comes_in_is_seen_in_the_trail_and_goes(
    desk: Page, phone: Page, running_site: RunningSite, language: str
) -> None:
    email = f"gwen.{language}@enghraifft.example"
    sign_in(desk, running_site, "admin", language)
    take_up(phone, invite(desk, language, email), language)
    reference = read_a_story(phone)
    see_in_the_trail(desk, language, reference)
    switch_off(desk, language, email)
    phone.goto(ADDRESSES[language]["queue"])
    look(phone, f"switched-off-{language}")
    assert reference not in phone.content()
    assert phone.locator("ul.tasks").count() == 0


def see_in_the_trail(page: Page, language: str, reference: str) -> None:
    """See who read the original of a story."""
    open_members(page, language)
    page.click("main a[href$='trywydd'], main a[href$='audit']")
    look(page, f"trail-{language}")
    page.click(f"text={WORDS[language]['read']}")
    line = page.locator("tbody tr").first.inner_text()
    assert reference in line
    assert "Gwen Newydd" in line


def switch_off(page: Page, language: str, email: str) -> None:
    """Switch a member's access off."""
    open_members(page, language)
    row = page.locator("tbody tr", has_text=email)
    row.locator("a").first.click()
    look(page, f"member-{language}")
    page.click("button[name=off]")
    page.wait_for_selector(".notice--good")


REFUSED: dict[str, Callable[[str], str]] = {
    "collector": lambda language: ADDRESSES[language]["members"],
    "moderator": lambda language: ADDRESSES[language]["members"],
}


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(REFUSED))
@pytest.mark.parametrize("language", WALKED_IN)
def test_who_may_not_is_told_so_in_their_language(
    desk: Page, running_site: RunningSite, name: str, language: str
) -> None:
    sign_in(desk, running_site, name, language)
    answer = desk.goto(REFUSED[name](language))
    assert answer is not None
    assert answer.status == 403
    look(desk, f"refused-{name}-{language}")
    assert desk.locator("html").get_attribute("lang") == language
