"""Delivery receipts of GOV.UK Notify: believed only with the token, told nothing, taken once."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from involve.models import Letter
from involve.services.tellers.contacts import contact_fails
from involve.services.upkeep.letters import send_letter, tell_of_news
from involve.services.upkeep.marks import letter_mark
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import CODE_KEY, NOW, make_story
from tests.pages import CheckedClient

TOKEN = "a-token-of-twenty-signs"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, notify_callback_token=TOKEN)


@pytest.fixture
def mark(site: Site, project: str) -> str:
    """The reference of a letter that Notify carries."""
    with site.writing() as session:
        story = make_story(session, contact="07700 900123")
        tell_of_news(session, story.story_id, NOW)
        letter_id = session.scalars(select(Letter.id)).one()
    send_letter(site.factory, letter_id, NOW, lambda _envelope: "sending", CODE_KEY)
    return letter_mark(CODE_KEY, letter_id, NOW)


def receipt(mark: str | None, status: str = "permanent-failure", **changed: Any) -> dict[str, Any]:
    """Return a receipt as Notify sends it."""
    return {
        "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
        "reference": mark,
        "to": "07700900123",
        "status": status,
        "created_at": "2026-04-01T12:00:00.000000Z",
        "completed_at": "2026-04-01T12:00:05.000000Z",
        "sent_at": "2026-04-01T12:00:01.000000Z",
        "notification_type": "sms",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "template_version": 1,
        **changed,
    }


def send(client: CheckedClient, said: Any, token: str | None = TOKEN) -> int:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return client.post("/notify/delivery", json=said, headers=headers).status_code


def state(site: Site) -> tuple[str, str | None, bool]:
    with site.reading() as session:
        letter = session.scalars(select(Letter)).one()
        return letter.state, letter.delivery, contact_fails(session, 1)


@pytest.mark.parametrize("kind", ["sms", "email"])
def test_a_receipt_is_taken_and_a_replay_changes_nothing(
    client: CheckedClient, site: Site, mark: str, kind: str
) -> None:
    for _ in range(2):
        assert send(client, receipt(mark, notification_type=kind)) == 200
        assert state(site) == ("bounced", "permanent-failure", True)
    assert send(client, receipt(mark, "delivered")) == 200
    assert state(site)[0] == "bounced"


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x", "é"])
def test_without_the_token_nothing_is_taken(
    client: CheckedClient, site: Site, mark: str, token: str | None
) -> None:
    assert send(client, receipt(mark), token and token.encode().decode("latin-1")) == 401
    assert state(site) == ("sent", "sending", False)


@pytest.mark.parametrize("unknown", ["1-" + "0" * 32, "77-" + "a" * 32, "somebody else's", "", None])
def test_whether_a_letter_is_there_is_not_told(
    client: CheckedClient, site: Site, mark: str, unknown: str | None
) -> None:
    assert send(client, receipt(unknown)) == 200
    assert state(site) == ("sent", "sending", False)


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        "delivered",
        {},
        {"status": "permanent-failure"},
        receipt("x", "eaten"),
        receipt("x", notification_type="letter"),
        receipt("x", notification_type=[]),
        receipt("x", status={}),
        receipt("x", id=7),
        {**receipt("x"), "reference": ["x"]},
        # A text that somebody sent to us, which Notify reports elsewhere.
        {"id": "x", "source_number": "447700900111", "message": "STOP"},
    ],
)
def test_what_is_no_receipt_is_refused(client: CheckedClient, site: Site, mark: str, said: Any) -> None:
    assert send(client, said) == 400
    assert state(site) == ("sent", "sending", False)


def test_what_is_no_json_or_too_large_is_refused(client: CheckedClient, mark: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert client.post("/notify/delivery", data=b"\xff{", headers=headers).status_code == 400
    large = client.post("/notify/delivery", json=receipt("x" * 100_000), headers=headers)
    assert large.status_code == 413


class TestWithoutAToken:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, notify_callback_token="")

    def test_there_is_no_such_page(self, client: CheckedClient) -> None:
        assert send(client, receipt("x"), "") == 404
