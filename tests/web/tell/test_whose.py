"""Whose story it is: the rule on age is stated, nobody is asked how old they are, and the right to tell is kept."""

import pytest
from sqlalchemy import select

from involve.models import Event, Story
from involve.web.site import Site
from tests.factories import make_project
from tests.pages import Browser
from tests.web.conftest import SignIn
from tests.web.tell.telling import Teller


@pytest.fixture
def project(site: Site) -> str:
    with site.writing() as session:
        return make_project(session)


@pytest.mark.parametrize(("language", "rule"), [("cy", "O 13 oed ymlaen"), ("en", "From the age of 13")])
def test_the_rule_on_age_is_stated_and_no_age_is_asked(
    page: Browser, project: str, language: str, rule: str
) -> None:
    teller = Teller(page, project, language)
    about = teller.go_on(teller.start(), story="No bus.")
    assert rule in about
    assert {name for name in about.fields("form#tell") if "age" in name or "birth" in name} == set()


@pytest.mark.parametrize(
    ("chosen", "told_as", "proxy", "cy", "en"),
    [
        ("own", "own", None, "Dywedwyd gan y person", "Told by the person whose story it is"),
        ("on_behalf", "on_behalf", "permission", "Gyda chaniatâd", "With the person’s permission"),
        ("child", "on_behalf", "child", "plentyn dan 13", "Parent or carer of a child under 13"),
        ("entitled", "on_behalf", "entitled", "siarad dros rywun", "Entitled to speak"),
    ],
)
def test_by_what_right_is_kept_and_shown_to_moderators(
    page: Browser,
    site: Site,
    sign_in: SignIn,
    project: str,
    chosen: str,
    told_as: str,
    proxy: str,
    cy: str,
    en: str,
) -> None:
    teller = Teller(page, project)
    about = teller.go_on(teller.start(), story="There is no bus after six.")
    check = teller.go_on(teller.go_on(about, told_as=chosen), read="y")
    teller.press(check, "sent")
    with site.reading() as session:
        story = session.scalars(select(Story)).one()
        assert (story.told_as, story.proxy) == (told_as, proxy)
        assert "13" not in str([event.detail for event in session.scalars(select(Event))])
        reference = story.reference
    moderator = sign_in("moderator")
    assert en in moderator.get(f"/en/staff/stories/{reference}")
    if chosen != "own":
        assert cy in moderator.get(f"/cy/staff/straeon/{reference}")


def test_a_right_that_is_none_is_refused_and_the_story_stays_typed(page: Browser, project: str) -> None:
    teller = Teller(page, project)
    about = teller.go_on(teller.start(), story="No bus.")
    refused = page.post(teller.address, {**about.fields("form#tell"), "told_as": "neighbour"})
    assert refused.status == 422
    assert refused.fields("form#tell")["story"] == "No bus."
