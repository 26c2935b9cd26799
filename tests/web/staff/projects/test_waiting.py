"""What waits for staff: said on their first page, and listed; reminders that can be switched off."""

import pytest

from involve.web.site import Site
from tests.factories import Clock, make_story
from tests.web.conftest import SignIn

WAITING = {"cy": "/cy/staff/yn-aros", "en": "/en/staff/waiting"}
LATE = {"cy": "diwrnod yn hwyr", "en": "days late"}


@pytest.fixture
def late(site: Site, project: str, clock: Clock) -> str:
    """A story that nobody has read or answered, days after it should have been."""
    with site.writing() as session:
        reference = make_story(session).reference
    clock.move(days=64)
    return reference


@pytest.mark.parametrize("language", ["cy", "en"])
def test_staff_see_what_is_late_on_their_first_page_and_find_where_to_do_it(
    sign_in: SignIn, late: str, language: str
) -> None:
    desk = sign_in("moderator")
    first = desk.get(f"/{language}/staff")
    assert first.soup.select(f'.notice a[href="{WAITING[language]}"]')
    page = desk.get(WAITING[language])
    assert LATE[language] in page
    links = [str(link["href"]) for link in page.soup.select(".tasks a")]
    assert len(links) == 2
    assert late in desk.get(next(link for link in links if "reason=late" in link))


def test_where_nothing_is_late_nothing_is_said(sign_in: SignIn, project: str) -> None:
    desk = sign_in("moderator")
    assert not desk.get("/en/staff").soup.select('.notice a[href="/en/staff/waiting"]')
    assert "Nothing waits for you" in desk.get("/en/staff/waiting")


def test_whoever_may_do_none_of_it_sees_none_of_it(sign_in: SignIn, late: str) -> None:
    assert "Nothing waits for you" in sign_in("worker").get("/en/staff/waiting")


def test_reminders_are_switched_off_in_ones_account_and_stay_so(sign_in: SignIn, project: str) -> None:
    desk = sign_in("moderator")
    form = desk.get("/en/staff/my-account/name")
    assert form.soup.select("input[name=reminders][checked]")
    desk.send(form, reminders=None)
    assert not desk.get("/en/staff/my-account/name").soup.select("input[name=reminders][checked]")
    assert "Reminders of what is late" in desk.get("/en/staff/my-account")
