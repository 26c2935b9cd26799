"""Sending a story through the API: kept once, whatever is repeated, and refused in plain words in both languages."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from involve.models import Consent, Event, Job, Story
from involve.services.stories.codes import read_code
from involve.services.tellers.my_story import find_by_code, withdraw_story
from involve.web.site import Site
from tests.factories import CODE_KEY, NOW, Clock, make_project
from tests.pages import CheckedClient

STORY = "There is no bus after six, so I cannot see my friends."


def new_story(**changed: Any) -> dict[str, Any]:
    body = {"project": "bywyd-da", "text": STORY, "client_id": str(uuid4()), "consent": {"read": True}}
    return {name: value for name, value in {**body, **changed}.items() if value is not ...}


def send(client: CheckedClient, body: Any) -> TestResponse:
    return client.post("/api/v1/stories", json=body)


def counted(site: Site) -> list[int]:
    with site.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Story, Consent, Job, Event)
        ]


def assert_explained(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """Hold an error to its one shape: a code for programs, words for people in both languages."""
    assert (response.status_code, response.mimetype) == (status, "application/json")
    assert response.json is not None
    assert response.json["error"] == code
    for part in ("title", "advice"):
        assert set(response.json[part]) == {"cy", "en"}
        assert all(words.strip() for words in response.json[part].values())
    said: dict[str, Any] = response.json
    return said


def test_a_story_is_kept_with_what_was_agreed_to(client: CheckedClient, site: Site, project: str) -> None:
    consent = {"read": True, "publish": True, "quote": False}
    response = send(
        client, new_story(consent=consent, area="W06000002", told_as="on_behalf", reply_language="en")
    )
    assert response.status_code == 201
    assert response.json is not None
    assert set(response.json) == {"reference", "code", "language"}
    assert response.json["language"] == "en"
    with site.reading() as session:
        story = session.get_one(Story, find_by_code(session, read_code(response.json["code"]), CODE_KEY))
        assert (story.reference, story.text, story.area) == (response.json["reference"], STORY, "W06000002")
        assert (story.told_as, story.reply_language, story.tagged_at) == ("on_behalf", "en", NOW)
        assert {use.use for use in story.consents if use.given} == {"read", "publish"}


def test_what_is_left_out_is_one_s_own_answered_in_welsh_and_agreed_to_reading_only(
    client: CheckedClient, site: Site, project: str
) -> None:
    assert send(client, new_story()).status_code == 201
    with site.reading() as session:
        story = session.scalars(select(Story)).one()
        assert (story.told_as, story.reply_language, story.area) == ("own", "cy", None)
        assert {use.use for use in story.consents if use.given} == {"read"}


def test_by_what_right_a_story_is_told_for_somebody_may_be_said(
    client: CheckedClient, site: Site, project: str
) -> None:
    assert send(client, new_story(told_as="on_behalf", proxy="child")).status_code == 201
    with site.reading() as session:
        assert session.scalars(select(Story.proxy)).all() == ["child"]
    for wrong, status in (({"proxy": "child"}, 400), ({"told_as": "on_behalf", "proxy": "neighbour"}, 422)):
        assert send(client, new_story(**wrong)).status_code == status


def test_a_repeat_gives_the_same_receipt_and_keeps_nothing_new(
    client: CheckedClient, site: Site, project: str, clock: Clock
) -> None:
    body = new_story()
    first = send(client, body)
    kept = counted(site)
    clock.move(days=3)
    second = send(client, {**body, "consent": {"read": True, "publish": False}, "area": None})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert counted(site) == kept


def test_a_repeat_is_answered_after_the_stage_has_closed(
    client: CheckedClient, project: str, clock: Clock
) -> None:
    body = new_story()
    first = send(client, body)
    clock.move(days=400)
    assert send(client, body).json == first.json
    assert_explained(send(client, new_story()), 409, "stage_closed")


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Other words."},
        {"area": "W06000002"},
        {"told_as": "on_behalf"},
        {"consent": {"read": True, "publish": True}},
    ],
    ids=str,
)
def test_the_same_client_id_with_other_content_is_a_conflict(
    client: CheckedClient, site: Site, project: str, changed: dict[str, Any]
) -> None:
    body = new_story()
    send(client, body)
    kept = counted(site)
    assert_explained(send(client, {**body, **changed}), 409, "conflict")
    assert counted(site) == kept


def test_after_withdrawal_a_repeat_and_other_content_are_told_the_very_same(
    client: CheckedClient, site: Site, project: str
) -> None:
    body = new_story()
    code = (send(client, body).json or {})["code"]
    before = send(client, {**body, "text": "Other words."})
    with site.writing() as session:
        withdraw_story(session, find_by_code(session, read_code(code), CODE_KEY), NOW)
    after = [send(client, body), send(client, {**body, "text": "Other words."})]
    for response in after:
        assert_explained(response, 409, "conflict")
        assert response.data == before.data
    assert STORY not in before.get_data(as_text=True)


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"text": "x" * 20_001}, 422, "invalid"),
        ({"text": ""}, 422, "text_refused"),
        ({"text": " \n\t "}, 422, "text_refused"),
        ({"text": "one\0two"}, 422, "text_refused"),
        ({"text": "one \ud800 two"}, 422, "text_refused"),
        ({"text": 5}, 422, "invalid"),
        ({"text": None}, 422, "invalid"),
        ({"text": ...}, 422, "invalid"),
        ({"project": "nowhere"}, 404, "not_found"),
        ({"project": ""}, 404, "not_found"),
        ({"project": "\0"}, 404, "not_found"),
        ({"project": "\ud800"}, 404, "not_found"),
        ({"project": "x" * 10_000}, 404, "not_found"),
        ({"project": "wedi-cau"}, 409, "stage_closed"),
        ({"project": "eto-i-ddod"}, 409, "stage_closed"),
        ({"project": ...}, 422, "invalid"),
        ({"client_id": "1"}, 422, "invalid"),
        ({"client_id": None}, 422, "invalid"),
        ({"client_id": ...}, 422, "invalid"),
        ({"consent": ...}, 422, "invalid"),
        ({"consent": None}, 422, "invalid"),
        ({"consent": []}, 422, "invalid"),
        ({"consent": {}}, 422, "consent_missing"),
        ({"consent": {"publish": True}}, 422, "consent_missing"),
        ({"consent": {"read": False}}, 422, "consent_missing"),
        ({"consent": {"read": "yes"}}, 422, "invalid"),
        ({"consent": {"read": "true"}}, 422, "invalid"),
        ({"consent": {"read": None}}, 422, "invalid"),
        ({"consent": {"read": True, "sell": True}}, 422, "invalid"),
        ({"consent": {"read": True, "sell": False}}, 422, "invalid"),
        ({"contact": "mair"}, 422, "contact_refused"),
        ({"contact": "mair@example.org\r\nBcc: pawb@example.org"}, 422, "contact_refused"),
        ({"contact": {"email": "mair@"}}, 422, "contact_refused"),
        ({"contact": {"phone": "07700 900123"}}, 422, "invalid"),
        ({"contact": ["mair@example.org"]}, 422, "invalid"),
        ({"area": "Gwynedd"}, 422, "invalid"),
        ({"area": "\ud800"}, 422, "invalid"),
        ({"told_as": "gossip"}, 422, "invalid"),
        ({"reply_language": "fr"}, 422, "invalid"),
        ({"name": "Mair"}, 422, "invalid"),
    ],
    ids=lambda value: str(value)[:40].encode("ascii", "backslashreplace").decode(),
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_and_says_why(
    client: CheckedClient, site: Site, project: str, changed: dict[str, Any], status: int, code: str
) -> None:
    with site.writing() as session:
        make_project(session, "wedi-cau", opens=-30, closes=-2)
        make_project(session, "eto-i-ddod", opens=2, closes=20)
    said = assert_explained(send(client, new_story(**changed)), status, code)
    assert (code == "invalid") == ("detail" in said)
    assert counted(site)[0] == 0


def test_the_longest_story_is_kept_whole(client: CheckedClient, site: Site, project: str) -> None:
    text = "🚌" * 20_000
    assert send(client, new_story(text=text)).status_code == 201
    with site.reading() as session:
        assert session.scalars(select(Story)).one().text == text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": "x=1"}, 422),
        ({"json": [1]}, 422),
        ({"json": "words"}, 422),
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, 400),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 400),
        ({"data": "x" * 600_000, "content_type": "application/json"}, 413),
        ({}, 422),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_story_at_all_is_refused(
    client: CheckedClient, site: Site, project: str, sent: dict[str, Any], status: int
) -> None:
    response = client.post("/api/v1/stories", **sent)
    assert_explained(response, status, (response.json or {})["error"])
    assert counted(site)[0] == 0


def test_a_contact_that_is_empty_is_none(client: CheckedClient, project: str) -> None:
    assert send(client, new_story(contact=None)).status_code == 201
    assert send(client, new_story(contact="")).status_code == 201


def test_a_receipt_is_kept_by_nobody_on_the_way(client: CheckedClient, project: str) -> None:
    response = send(client, new_story())
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
