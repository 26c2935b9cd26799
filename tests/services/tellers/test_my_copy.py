"""A copy of my data holds all that is kept about a story, nothing of anybody else, and no code."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import NotFound
from involve.models import Base, Concern, Publication, PublicationVector, Remark, Story
from involve.services.deciding.verdicts import MyVerdict, give_verdict
from involve.services.moderation.replies import reply_to_stories
from involve.services.stories.tell import Receipt
from involve.services.tellers.contacts import keep_contact
from involve.services.tellers.my_copy import StoryCopy, as_data, copy_story, leads_to_story
from involve.services.tellers.my_story import answer_tag, withdraw_story
from involve.services.trail.record import record
from involve.vocabulary.kept import TABLES
from tests.factories import CODE_KEY, NOW, WELSH_STORY, make_project, make_staff, make_story
from tests.publications import publish

LATER = NOW + timedelta(days=2)
# What participants are in without any row of one story: why there is nothing to copy.
NOBODYS = {
    "learnt": "numbers made of many stories",
    "story_import": "kept for an hour, before anything in the file is a story",
    "concern": "kept to protect somebody, perhaps from whoever holds the telephone",
}


@pytest.fixture
def told(factory: SessionFactory) -> Receipt:
    with transaction(factory) as session:
        make_project(session)
        noise = make_story(session, text="Somebody else walks by the canal.")
        told = make_story(session, text=WELSH_STORY)
        publish(session, told)
        number = session.scalars(select(Publication.id)).one()
        session.add(PublicationVector(publication_id=number, model="m", vector=b"\x7f\x81"))
        staff = make_staff(session)
        for receipt, words in ((noise, "For the canal."), (told, "Diolch am y stori.")):
            keep_contact(session, receipt.story_id, f"{receipt.reference}@post.example", "cy", NOW, CODE_KEY)
            reply_to_stories(session, staff, [receipt.reference], words, words, NOW)
            session.add(
                Remark(
                    story_id=receipt.story_id,
                    voice="staff",
                    kind="question",
                    text=f"Which bus, {receipt.reference}?",
                    language="en",
                    user_id=staff.user_id,
                    at=NOW,
                )
            )
        answer_tag(session, told.story_id, "goal", "healthier", "rejected", NOW)
        give_verdict(session, told.story_id, MyVerdict(changed="partly"), NOW)
        return told


def copied(factory: SessionFactory, receipt: Receipt) -> StoryCopy:
    with transaction(factory) as session:
        return copy_story(session, receipt.story_id, LATER, CODE_KEY)


def test_all_that_is_kept_is_in_it_and_nothing_of_anyone_else(factory: SessionFactory, told: Receipt) -> None:
    whole = json.dumps(as_data(copied(factory, told)), ensure_ascii=False)
    for words in (
        WELSH_STORY,
        f"{told.reference}@post.example",
        "Diolch am y stori.",
        f"Which bus, {told.reference}?",
        "rejected",
        "partly",
        "[127, -127]",
    ):
        assert words in whole
    for words in ("canal", "corff.example", told.code, told.code.replace("-", "")):
        assert words not in whole
    with factory() as session:
        story = session.get_one(Story, told.story_id)
        for mark in (story.code_hash, story.client_hash, story.content_hash):
            assert mark
            assert mark not in whole


def test_each_answer_about_consent_is_in_it_with_its_words(factory: SessionFactory, told: Receipt) -> None:
    agreed = as_data(copied(factory, told))["agreed"]
    assert {each["use"] for each in agreed if each["given"]} == {"read", "publish", "quote"}
    assert all(len(each["words"]) > 50 for each in agreed)


def test_what_staff_keep_to_protect_somebody_is_not_in_it(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        note = "Told the social services of the harm at home."
        session.add(
            Concern(story_id=told.story_id, raised_by="staff", reason="harm", note=note, raised_at=NOW)
        )
        record(session, "concern_raised", "story", told.story_id, NOW)
    whole = json.dumps(as_data(copied(factory, told)), ensure_ascii=False)
    assert note not in whole
    assert "concern" not in whole.replace("concern,", "").replace('"stance": "concern"', "")


def test_the_teller_sees_that_they_took_a_copy_and_who_looked_without_names(
    factory: SessionFactory, told: Receipt
) -> None:
    events = [row["kind"] for row in copied(factory, told).rows_of("event")]
    assert events[0] == "told"
    assert events[-1] == "data_copied"


def test_each_table_about_participants_is_in_the_copy_or_says_why_not() -> None:
    about = {table.id for table in TABLES if {"participants"} & {each.id for each in table.people}}
    copied = {name for name, rows in Base.metadata.tables.items() if leads_to_story(rows)}
    unsaid = about - copied - set(NOBODYS)
    assert not unsaid, (
        f"{', '.join(sorted(unsaid))}: a teller’s own copy leaves these out. Let the rows point at a story, or say in "
        "`THROUGH` of services/tellers/my_copy.py by which table they lead to one."
    )


def test_a_withdrawn_story_has_no_copy(factory: SessionFactory, told: Receipt) -> None:
    with transaction(factory) as session:
        withdraw_story(session, told.story_id, LATER)
    with pytest.raises(NotFound):
        copied(factory, told)
