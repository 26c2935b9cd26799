"""Only published words are public: planted secrets are looked for in every answer, in the log and in the file."""

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Job, PublicationTag
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.moderation.replies import reply_to_stories
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import change_consent, withdraw_story
from involve.web.site import Site
from tests.answers import words_of
from tests.factories import NOW, make_staff, make_story
from tests.pages import CheckedClient

PART = re.compile(r"<[^>]*?(\w+)>")
# Each stands in one place only, and is a word that nothing else would say.
HIDDEN = "Gwenllianzeb"
SHOWN = "Bryngolauwyn"
WORDS = {
    state: f"Qwyr{state}zeb"
    for state in ("received", "held", "declined", "withdrawn", "unagreed", "retracted")
}
PRIVATE_REPLY = "Atebpreifatzeb"
STAFF_EMAIL = "cudd.zeb@corff.example"


@dataclass(frozen=True)
class Planted:
    """What was planted: all that no page may show, and the numbers by which a page could be asked for it."""

    secrets: tuple[str, ...]
    references: tuple[str, ...]
    public: str


@pytest.fixture
def planted(site: Site, project: str) -> Planted:
    """A site that holds a story in each state, one of them public with a name hidden."""
    with site.writing() as session:
        staff = make_staff(session, email=STAFF_EMAIL)
        told = {
            state: make_story(session, text=f"The bus is late, says {word}, and I am ill.")
            for state, word in WORDS.items()
        }
        public = plant_public(session, staff)
        for state in ("held", "declined"):
            decide_story(session, staff, told[state].reference, state, NOW)
        for state in ("withdrawn", "unagreed", "retracted"):
            decide_story(session, staff, told[state].reference, "published", NOW)
        withdraw_story(session, told["withdrawn"].story_id, NOW)
        change_consent(session, told["unagreed"].story_id, frozenset({"read"}), "en", NOW)
        decide_story(session, staff, told["retracted"].reference, "held", NOW)
        reply_to_stories(session, staff, [public.reference], PRIVATE_REPLY, PRIVATE_REPLY, NOW, public=False)
    receipts = (public, *told.values())
    codes = [receipt.code for receipt in receipts]
    bare = [code.replace("-", "") for code in codes]
    return Planted(
        (HIDDEN, *WORDS.values(), PRIVATE_REPLY, STAFF_EMAIL, *codes, *bare),
        tuple(receipt.reference for receipt in receipts),
        public.reference,
    )


def plant_public(session: Session, staff: Actor) -> Receipt:
    """Tell and publish a story whose name is hidden."""
    text = f"{HIDDEN} waits for the bus at {SHOWN} each morning, and I worry about my health."
    receipt = make_story(session, text=text)
    redact_story(session, staff, receipt.reference, ((0, len(HIDDEN), "name"),), NOW)
    decide_story(session, staff, receipt.reference, "published", NOW)
    return receipt


def addresses(app: Flask, planted: Planted) -> list[str]:
    """Return every address that can be fetched, for each story and project."""
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            for reference in planted.references if "reference" in rule.arguments else ("",):
                values = {"slug": "bywyd-da", "reference": reference}
                found.append(PART.sub(lambda part: values.get(part[1]) or "1", rule.rule))  # noqa: B023
    return found


def fetch_all(client: CheckedClient, paths: list[str]) -> str:
    """Return all that is answered to who fetches *paths*, bodies and headers."""
    answers = [client.get(path, follow_redirects=path.startswith("/static")) for path in paths]
    assert {answer.status_code for answer in answers} <= {200, 302, 303, 308, 400, 403, 404, 405, 422}
    return "\n".join(f"{answer.headers}\n{words_of(answer)}" for answer in answers)


def test_no_page_shows_what_is_not_published(
    app: Flask, client: CheckedClient, planted: Planted, caplog: pytest.LogCaptureFixture
) -> None:
    paths = addresses(app, planted)
    assert {
        "/",
        "/cy/tystiolaeth",
        "/en/evidence",
        "/api/v1/stories",
        f"/en/evidence/{planted.public}",
    } <= set(paths)
    with caplog.at_level(logging.INFO):
        said = fetch_all(client, paths)
    assert said.count(SHOWN) > 5
    assert [secret for secret in planted.secrets if secret in said or secret in caplog.text] == []


@pytest.mark.parametrize("path", ["/api/v1/stories", "/api/v1/evidence"])
def test_no_search_finds_what_is_not_published(client: CheckedClient, planted: Planted, path: str) -> None:
    for secret in planted.secrets:
        assert (client.get(path, query_string={"q": secret}).json or {})["total"] == 0, secret
    assert (client.get(path, query_string={"q": SHOWN}).json or {})["total"] == 1


def test_no_story_but_the_public_one_can_be_read(client: CheckedClient, planted: Planted) -> None:
    for reference in planted.references:
        expected = 200 if reference == planted.public else 404
        for path in ("/cy/tystiolaeth", "/en/evidence"):
            assert client.get(f"{path}/{reference}").status_code == expected


def test_an_unpublished_reference_and_an_unknown_one_get_the_very_same_page(
    client: CheckedClient, planted: Planted
) -> None:
    hidden = [reference for reference in planted.references if reference != planted.public]
    pages = {
        client.get(f"/en/evidence/{reference}").get_data(as_text=True).replace(reference, "")
        for reference in [*hidden, "0000-0000"]
    }
    assert len(pages) == 1


@pytest.mark.parametrize("table", ["job", "consent", "event"])
def test_a_failure_while_a_story_is_kept_puts_none_of_it_into_the_log_or_the_answer(
    site: Site, client: CheckedClient, project: str, caplog: pytest.LogCaptureFixture, table: str
) -> None:
    with site.writing() as session:
        session.connection().exec_driver_sql(f"drop table {table}")
    story = {
        "project": project,
        "text": f"Says {HIDDEN}.",
        "client_id": str(uuid4()),
        "consent": {"read": True},
    }
    with caplog.at_level(logging.INFO):
        response = client.post("/api/v1/stories", json=story)
    assert response.status_code == 500
    assert "OperationalError" in caplog.text
    assert HIDDEN not in caplog.text + response.get_data(as_text=True)
    assert story["client_id"] not in caplog.text


def test_a_failure_of_the_reading_leaves_the_story_kept_and_its_words_out_of_the_log(
    site: Site, client: CheckedClient, project: str, caplog: pytest.LogCaptureFixture
) -> None:
    with site.writing() as session:
        session.connection().exec_driver_sql("drop table tag")
    story = {
        "project": project,
        "text": f"Says {HIDDEN}.",
        "client_id": str(uuid4()),
        "consent": {"read": True},
    }
    with caplog.at_level(logging.INFO):
        response = client.post("/api/v1/stories", json=story)
    assert response.status_code == 201
    assert HIDDEN not in caplog.text
    with site.reading() as session:
        job = session.scalars(select(Job)).one()
        assert (job.state, job.last_error) == ("due", "OperationalError")


def test_nothing_of_a_withdrawn_story_is_left_in_the_file(
    site: Site, planted: Planted, data_dir: Path
) -> None:
    engine = site.factory.kw["bind"]
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    kept = (data_dir / "involve.sqlite3").read_bytes().lower()
    assert SHOWN.lower().encode() in kept
    assert WORDS["withdrawn"].lower().encode() not in kept


def test_words_that_are_hidden_after_publication_are_gone_from_the_index(
    site: Site, project: str, data_dir: Path
) -> None:
    with site.writing() as session:
        staff = make_staff(session)
        receipt = make_story(session, text=f"{HIDDEN} waits for the bus, and I worry.")
        decide_story(session, staff, receipt.reference, "published", NOW)
        redact_story(session, staff, receipt.reference, ((0, len(HIDDEN), "name"),), NOW)
    with site.factory.kw["bind"].connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    # Of the hidden word the file holds the original, which staff may read, and nothing that is searched.
    assert b"k" + HIDDEN.lower().encode() not in (data_dir / "involve.sqlite3").read_bytes()


def test_what_is_public_holds_no_passage_of_what_is_hidden(site: Site, planted: Planted) -> None:
    with site.reading() as session:
        rows = session.scalars(select(PublicationTag)).all()
        assert rows
        for row in rows:
            text = row.publication.text
            assert all(0 <= start < end <= len(text) for start, end in row.passages)
            assert HIDDEN not in text
            assert HIDDEN.lower() not in row.publication.keys
