"""Answers that have not changed are not sent again, and change with the first word that is taken back."""

import pytest
from flask.testing import FlaskClient

from involve.models import Story
from involve.services.tellers.my_story import withdraw_story
from involve.web.site import Site
from tests.factories import NOW, make_project
from tests.pages import CheckedClient
from tests.publications import make_public

PATHS = [
    "/api/v1/stories?goal=healthier",
    "/api/v1/evidence",
    "/api/v1/what-changed",
    "/en/evidence.atom",
    "/cy/tystiolaeth.atom",
    "/en/embed/evidence",
]


@pytest.fixture
def story(site: Site) -> int:
    """The number of one of two published stories."""
    with site.writing() as session:
        make_project(session)
        make_public(session, "The bus to the surgery is gone, and I worry about my health.")
        reference = make_public(session, "There is no bus to the hospital, which makes me ill.")
        return session.query(Story).filter_by(reference=reference).one().id


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_sent_once_until_a_story_is_withdrawn(
    client: CheckedClient, site: Site, story: int, path: str
) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "br"})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "no-cache"
    assert "Accept-Encoding" in first.headers["Vary"]
    assert "Last-Modified" not in first.headers
    with site.writing() as session:
        withdraw_story(session, story, NOW)
    after = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["ETag"] != first.headers["ETag"]


def test_each_filter_language_and_address_has_a_mark_of_its_own(client: CheckedClient, story: int) -> None:
    asked = [
        *PATHS,
        "/api/v1/stories?goal=equal",
        "/en/evidence.atom?goal=equal",
        "/en/embed/evidence?stance=idea",
    ]
    assert len({client.get(path).headers["ETag"] for path in asked}) == len(asked)


def test_what_varies_by_key_says_so_and_failures_have_no_mark(client: CheckedClient) -> None:
    assert "Authorization" in client.get("/api/v1/evidence").headers["Vary"]
    refused = client.get("/api/v1/evidence?goal=x", headers={"If-None-Match": "*"})
    assert (refused.status_code, "ETag" in refused.headers) == (422, False)
    assert client.head("/api/v1/evidence").headers["ETag"] == client.get("/api/v1/evidence").headers["ETag"]


def test_scripts_of_any_page_may_read_but_not_send(client: CheckedClient, story: int) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    for path in ("/api/v1/evidence", "/api/v1/stories?goal=unheard-of"):
        answer = client.get(path, headers=origin)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = {
        **origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    # No page: it has nothing to check.
    may_send = FlaskClient(client.application).options("/api/v1/stories", headers=asked)
    assert "Access-Control-Allow-Origin" not in may_send.headers
    assert "Access-Control-Allow-Origin" not in client.get("/en/evidence", headers=origin).headers
