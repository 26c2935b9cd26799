"""A number given through the API: kept sealed and apart, told by text in the teller's language, and never shown."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from involve.documents.post import make_ask, make_post
from involve.models import Contact
from involve.services.moderation.replies import reply_to_stories
from involve.services.stories.codes import read_code
from involve.services.tellers.contacts import contact_of
from involve.services.tellers.my_story import find_by_code, withdraw_story
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.web.site import Site
from tests.factories import CODE_KEY, NOW, make_staff
from tests.notify_service import Notify, open_notify
from tests.pages import CheckedClient
from tests.services.rows import all_rows
from tests.web.api.test_send import STORY, assert_explained, new_story, send

TYPED, NUMBER = "07700 900123", "+447700900123"


@pytest.fixture
def notify(site: Site) -> Iterator[Notify]:
    """The site sends e-mails and texts by a Notify on this machine."""
    with open_notify() as notify:
        chosen = notify.settings()
        names = ("public_url", "mail_by", "text_by", "notify_api_key", "notify_url",
            "notify_email_template", "notify_text_template")  # fmt: skip
        changed = replace(site.settings, **{name: getattr(chosen, name) for name in names})
        object.__setattr__(site, "settings", changed)
        yield notify


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_number_is_kept_sealed_and_its_owner_is_told_by_text_that_there_is_an_answer(
    client: CheckedClient,
    site: Site,
    project: str,
    notify: Notify,
    caplog: pytest.LogCaptureFixture,
    language: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    kept = send(client, new_story(contact={"text": TYPED}, reply_language=language))
    assert kept.status_code == 201
    assert kept.json is not None
    with site.writing() as session:
        row = session.scalars(select(Contact)).one()
        assert (row.channel, row.language) == ("text", language)
        assert contact_of(session, row.story_id, CODE_KEY) == TYPED
        assert "900123" not in all_rows(session)
        reply_to_stories(session, make_staff(session), [kept.json["reference"]], "Diolch.", "Thanks.", NOW)
    settings = site.settings
    handlers = make_handlers(make_post(settings), CODE_KEY, make_ask(settings))
    run_due_jobs(site.factory, handlers, lambda: NOW)
    (text,) = notify.sent
    body = text["personalisation"]["body"]
    assert (text["type"], text["phone_number"]) == ("sms", NUMBER)
    assert body.startswith({"cy": "Mae rhywbeth newydd", "en": "There is something new"}[language])
    assert f"https://involve.example/{language}/" in body
    assert not any(word in body for word in ("Diolch", "Thanks", kept.json["code"], *STORY.split()[4:6]))
    assert "900123" not in kept.get_data(as_text=True) + caplog.text


def test_a_repeat_changes_no_number_and_the_number_goes_with_its_story(
    client: CheckedClient, site: Site, project: str, notify: Notify
) -> None:
    body = new_story(contact=TYPED)
    first = send(client, body)
    assert send(client, {**body, "contact": {"text": TYPED}}).json == first.json
    # Whoever repeats a request cannot turn somebody's letters elsewhere.
    assert_explained(send(client, {**body, "contact": "07700 900456"}), 409, "conflict")
    with site.writing() as session:
        row = session.scalars(select(Contact)).one()
        assert contact_of(session, row.story_id, CODE_KEY) == TYPED
        withdraw_story(session, find_by_code(session, read_code((first.json or {})["code"]), CODE_KEY), NOW)
        assert session.scalars(select(Contact)).all() == []


@pytest.mark.parametrize(
    "contact", ["020 7946 0018", "07700 9001", {"text": "mair"}, "07700 900123, 07700 900456"]
)
def test_what_takes_no_text_is_refused_and_no_story_is_kept(
    client: CheckedClient, site: Site, project: str, notify: Notify, contact: object
) -> None:
    assert_explained(send(client, new_story(contact=contact)), 422, "contact_refused")
    with site.reading() as session:
        assert session.scalars(select(Contact)).all() == []


def test_a_site_that_sends_no_texts_takes_no_number(client: CheckedClient, site: Site, project: str) -> None:
    said = assert_explained(send(client, new_story(contact={"text": TYPED})), 422, "contact_refused")
    assert "900123" not in str(said)
