"""What exactly somebody agreed to is known for every answer, whatever the words are today."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.models import Consent
from involve.services.projects.privacy import change_privacy
from involve.services.stories.tell import Receipt
from involve.services.tellers.agreed import agreed_now, list_agreed
from involve.services.tellers.my_story import change_consent
from involve.vocabulary.consents import EXPRESS, WORDING_VERSION, find_use
from tests.factories import NOW, make_project, make_staff, make_story
from tests.services.projects.test_privacy import PRIVACY

LATER = NOW + timedelta(days=3)


@pytest.fixture
def told(factory: SessionFactory) -> Receipt:
    with transaction(factory) as session:
        make_project(session)
        make_story(session, tagged=False)
        return make_story(session, tagged=False)


def test_each_answer_stands_with_the_words_of_its_day_and_language(
    factory: SessionFactory, told: Receipt
) -> None:
    with transaction(factory) as session:
        for row in session.scalars(select(Consent).where(Consent.story_id == told.story_id)):
            row.wording_version, row.wording_language = "2026-11-23", "cy"
        change_consent(session, told.story_id, frozenset({"read", "share"}), "en", LATER)
    with factory() as session:
        every = list_agreed(session, told.story_id)
    now = {each.use: each for each in agreed_now(every)}
    assert {use for use, each in now.items() if each.given} == {"read", "share"}
    assert now["read"].words == find_use("read").wordings[0].words.cy
    assert now["share"].words == find_use("share").wording.en
    assert [each.given for each in every if each.use == "publish"] == [False, True]


def test_reading_is_not_asked_again_and_keeps_the_words_that_were_read(
    factory: SessionFactory, told: Receipt
) -> None:
    with transaction(factory) as session:
        change_consent(session, told.story_id, frozenset({"read"}), "cy", LATER)
    with factory() as session:
        answers = [each for each in list_agreed(session, told.story_id) if each.use == "read"]
    assert [(each.given, each.language) for each in answers] == [(True, "en")]


def test_who_was_asked_expressly_is_known(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        admin = make_staff(session, "administrator")
        change_privacy(session, admin, "bywyd-da", {**PRIVACY, "condition": "explicit_consent"}, NOW)
        asked = make_story(session, tagged=False)
    with factory() as session:
        versions = {each.use: each.version for each in list_agreed(session, asked.story_id)}
        before = {each.use: each.version for each in list_agreed(session, told.story_id)}
        [words] = [each.words for each in list_agreed(session, asked.story_id) if each.use == "read"]
    assert (versions["read"], versions["quote"]) == (WORDING_VERSION + EXPRESS, WORDING_VERSION)
    assert before["read"] == WORDING_VERSION
    assert words is not None
    assert "expressly agree" in words
