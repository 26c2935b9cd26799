"""Help is on the receipt at once, in the teller's language, whether or not a worker has read the story."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from involve.models import Concern, Job, Story
from involve.services.projects.signposts import seed_signposts
from involve.services.stories.understand import tag_story
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import NOW, make_staff
from tests.pages import Browser, CheckedClient
from tests.web.tell.telling import Teller

DANGER = {
    "cy": "Mae fy mhartner yn fy nharo bob nos ac mae arna i ofn mynd adref.",
    "en": "He hits me every night and I am afraid to go home.",
}
QUIET = {"cy": "Mae’r llyfrgell yn braf ac mae’r staff yn glên.", "en": "The library is lovely and warm."}
ALONE = {"cy": "ar eich pen eich hun", "en": "You do not have to carry this alone"}


@pytest.fixture(params=["request", "worker"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """A site that reads stories itself, and one whose worker is slow: nothing is read until a test says so."""
    return replace(settings, jobs=request.param)


@pytest.fixture(autouse=True)
def help_is_known(site: Site, project: str) -> None:
    with site.writing() as session:
        seed_signposts(session)
        make_staff(session, "administrator")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_receipt_shows_help_first_and_those_on_duty_are_told(
    page: Browser, site: Site, project: str, language: str
) -> None:
    teller = Teller(page, project, language)
    quiet = teller.tell(QUIET[language])
    assert not quiet.soup.select("main > .signposts")
    receipt = teller.tell(DANGER[language])
    assert receipt.status == 200
    assert receipt.soup.select("main > .signposts")
    assert "Samaritans" in receipt.one("main > .signposts").get_text() or "Samariaid" in receipt
    with site.writing() as session:
        concern = session.scalars(select(Concern)).one()
        story = session.get_one(Story, concern.story_id)
        assert (story.state, concern.told_at) == ("received", NOW)
        tag_story(session, story.id, NOW)
        assert session.scalars(select(Concern)).one().id == concern.id
        assert len(session.scalars(select(Job).where(Job.kind == "send_letter")).all()) == 1


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_program_is_given_the_help_to_show_and_else_the_answer_is_as_ever(
    client: CheckedClient, project: str, language: str
) -> None:
    def send(text: str) -> dict[str, object]:
        story = {
            "project": project,
            "text": text,
            "client_id": str(uuid4()),
            "consent": {"read": True},
            "reply_language": language,
        }
        answer = client.post("/api/v1/stories", json=story)
        assert answer.status_code == 201
        said: dict[str, object] = answer.json or {}
        return said

    assert set(send(QUIET[language])) == {"reference", "code", "language"}
    signposts = send(DANGER[language])["signposts"]
    assert isinstance(signposts, list)
    assert {"name", "purpose", "reach", "hours"} == set(signposts[0])
    assert set(signposts[0]["name"]) == {"cy", "en"}


@pytest.mark.parametrize("settings", ["worker"], indirect=True)
def test_the_receipt_stands_even_where_reading_fails(page: Browser, site: Site, project: str) -> None:
    with site.writing() as session:
        session.connection().exec_driver_sql("drop table concern_alert")
    receipt = Teller(page, project).tell(DANGER["en"])
    assert receipt.status == 200
    assert receipt.soup.select(".code__value")
