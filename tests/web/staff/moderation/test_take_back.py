"""An administrator takes a story back for somebody who has no code: with a reason, after being asked once more."""

import pytest
from sqlalchemy import select

from involve.models import Event, Story
from involve.services.stories.tell import Receipt
from involve.vocabulary.consents import WORDING_VERSION, find_use, find_wording
from involve.web.site import Site
from tests.factories import WELSH_STORY, make_project, make_story
from tests.pages import Browser
from tests.web.conftest import SignIn

PATHS = {"cy": "/cy/staff/straeon/{}/tynnu-yn-ol", "en": "/en/staff/stories/{}/take-back"}


@pytest.fixture
def told(site: Site) -> Receipt:
    with site.writing() as session:
        make_project(session)
        make_story(session, text="Somebody else walks by the canal.")
        return make_story(session, text=WELSH_STORY)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_it_asks_for_a_reason_and_the_number_and_then_all_is_gone(
    sign_in: SignIn, site: Site, page: Browser, told: Receipt, language: str
) -> None:
    administrator = sign_in("administrator")
    path = PATHS[language].format(told.reference)
    assert path in administrator.get(path.rsplit("/", 1)[0]).html
    asked = administrator.get(path)
    for wrong in ({"typed": told.reference}, {"because": "asked"}, {"because": "asked", "typed": "X"}):
        refused = administrator.send(asked, form="#take-back", **wrong)
        assert refused.status == 422
        assert refused.fields("#take-back").get("typed", "") == wrong.get("typed", "")
    administrator.send(asked, form="#take-back", because="asked", typed=told.reference.lower())
    with site.reading() as session:
        assert session.get_one(Story, told.story_id).text == ""
        assert WELSH_STORY not in [story.text for story in session.scalars(select(Story))]
        event = session.scalars(select(Event).where(Event.kind == "withdrawn")).one()
        assert event.user_id
        assert event.detail == {"because": "asked"}
    assert administrator.get(path).status == 404
    assert site.withdrawals.mark(told.reference) in site.withdrawals.path.read_text()


@pytest.mark.parametrize("role", ["moderator", "decision_maker", "analyst"])
def test_nobody_else_can(sign_in: SignIn, site: Site, told: Receipt, role: str) -> None:
    staff = sign_in(role)
    path = PATHS["en"].format(told.reference)
    assert staff.get(path).status == 403
    assert path not in staff.get(path.rsplit("/", 1)[0]).html


@pytest.mark.parametrize(("language", "path"), [("cy", "/cy/staff/straeon/"), ("en", "/en/staff/stories/")])
def test_staff_read_what_exactly_was_agreed_to(
    sign_in: SignIn, told: Receipt, language: str, path: str
) -> None:
    page = sign_in("moderator").get(path + told.reference)
    for use in ("read", "share"):
        # The words stand in the language in which they were read.
        assert find_wording(use, WORDING_VERSION).en in page
    assert find_use("share").label.in_language(language) in page  # type: ignore[arg-type]
