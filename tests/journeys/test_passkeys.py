"""A passkey from end to end: a browser with a device that checks its owner, both languages, the strict policy."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.journeys.conftest import PHONE, RunningSite

PATHS = {
    "cy": ("/cy/staff/mewngofnodi", "/cy/staff/fy-nghyfrif/allweddi-mynediad", "Allweddi mynediad"),
    "en": ("/en/staff/sign-in", "/en/staff/my-account/passkeys", "Passkeys"),
}
SIGNED_IN = re.compile("/staff(?!/(sign-in|mewngofnodi))")
UNKNOWN = {"cy": "Nid yw’r allwedd mynediad", "en": "That passkey does not"}
REMOVED = {"cy": "Mae’r allwedd mynediad wedi’i dileu", "en": "The passkey is taken away"}
REFUSED = {"cy": "Ni ddefnyddiwyd allwedd mynediad", "en": "No passkey was used"}


@pytest.fixture
def device(chromium: Browser, running_site: RunningSite) -> Iterator[tuple[Page, CDPSession, str]]:
    """A phone with a device for passkeys. They belong to a name, so the site is opened by one."""
    address = running_site.address.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=address, viewport=PHONE)
    page = context.new_page()
    developer = context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = developer.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page, developer, added["authenticatorId"]
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_passkey_is_added_signs_in_without_an_address_and_is_taken_away(
    device: tuple[Page, CDPSession, str], running_site: RunningSite, language: str
) -> None:
    page, developer, authenticator = device
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    sign_in, own, heading = PATHS[language]
    email, password = running_site.passwords["collector"]
    page.goto(sign_in)
    page.fill("#email", email)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url(SIGNED_IN)
    page.goto(own)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.fill("#name", "Fy ffôn")
    page.click("form[data-passkey] button[type=submit]")
    expect(page.locator("table")).to_contain_text("Fy ffôn")
    assert (
        len(developer.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]) == 1
    )

    page.context.clear_cookies()
    page.goto(sign_in)
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url(SIGNED_IN)
    page.goto(own)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.click("td form button")
    expect(page.locator("main")).to_contain_text(REMOVED[language])
    expect(page.locator("table")).to_have_count(0)

    page.context.clear_cookies()
    page.goto(sign_in)
    page.click("form[data-passkey] button[type=submit]")
    expect(page.locator("main")).to_contain_text(UNKNOWN[language])
    assert faults == []


@pytest.mark.browser
def test_a_device_that_does_not_know_its_owner_opens_nothing_and_the_page_says_what_else_to_do(
    device: tuple[Page, CDPSession, str],
) -> None:
    page, developer, authenticator = device
    developer.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto(PATHS["en"][0])
    page.click("form[data-passkey] button[type=submit]")
    expect(page.locator("form[data-passkey] [role=status]")).to_contain_text(REFUSED["en"])
    expect(page.locator("#password")).to_be_visible()
