"""What somebody tries who means harm: every public page, every parameter, every method, names with scripts in them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from involve.app import create_app
from involve.models import Event, Story
from involve.settings import Settings
from involve.web.rules import RULES
from involve.web.site import Site
from tests.factories import make_project, make_staff
from tests.pages import Browser, CheckedClient
from tests.publications import make_public
from tests.web.conftest import SignIn
from tests.web.test_secrets import PART

SCRIPT = "<script>alert('zeb')</script>"
NASTY = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "' or '1'='1' --",
    "1; drop table story; --",
    '%\' union select password from "user" --',
    "{{ 7 * 7 }}",
    "${7*7}",
    "../../../../etc/passwd",
    "zeb\r\nSet-Cookie: stolen=1",
    "javascript:alert(1)",
    "\u202ezeb\u2066",
    "9" * 40,
    "-1",
    "zeb" * 2_000,
)
PARAMETERS = (
    "q",
    "goal",
    "way",
    "area",
    "project",
    "language",
    "from",
    "to",
    "after",
    "limit",
    "state",
    "start",
    "next",
)
HEADERS = {
    "Host": "localhost",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "Forwarded": "host=evil.example",
}


def public_paths(app: Flask) -> Iterator[str]:
    """Yield every address that anyone may ask for."""
    for rule in app.url_map.iter_rules():
        stated = RULES.get(rule.endpoint)
        if stated is not None and stated.who in ("public", "teller") and "GET" in (rule.methods or ()):
            yield PART.sub(lambda part: {"slug": "bywyd-da"}.get(part[1]) or "1", rule.rule)


@pytest.fixture
def plain(app: Flask) -> FlaskClient:
    """A client whose pages are not checked: what an attacker sends need not give a good page."""
    app.test_client_class = FlaskClient
    return app.test_client()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sent=st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.one_of(st.sampled_from(NASTY), st.text(max_size=40)),
        min_size=1,
        max_size=4,
    )
)
def test_no_question_breaks_a_public_page_or_comes_back_as_markup(
    app: Flask, plain: FlaskClient, project: str, sent: dict[str, str]
) -> None:
    for path in (
        "/en/evidence",
        "/cy/prosiectau",
        "/api/v1/stories",
        "/en/what-changed",
        "/en/staff/sign-in",
    ):
        answer = plain.get(path, query_string=sent)
        said = answer.get_data(as_text=True)
        assert answer.status_code < 500, (path, sent)
        assert "Set-Cookie: stolen" not in str(answer.headers)
        if answer.mimetype == "text/html":
            assert SCRIPT not in said
            assert "<img src=x" not in said


@pytest.mark.parametrize("nasty", NASTY)
def test_no_word_in_an_address_breaks_anything(plain: FlaskClient, project: str, nasty: str) -> None:
    for path in (
        f"/en/projects/{nasty}",
        f"/cy/tystiolaeth/{nasty}",
        f"/static/{nasty}",
        f"/en/staff/invitation/{nasty}",
    ):
        answer = plain.get(path.replace("\r\n", "%0D%0A"))
        assert answer.status_code in (200, 303, 308, 400, 404, 414), path
        assert "root:" not in answer.get_data(as_text=True)


def test_every_public_page_refuses_the_methods_that_it_does_not_know(
    app: Flask, plain: FlaskClient, project: str
) -> None:
    for path in public_paths(app):
        for method in ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT"):
            answer = plain.open(path, method=method)
            assert answer.status_code in (404, 405), (method, path)


def test_a_forwarded_address_is_not_believed_without_a_proxy(
    app: Flask, plain: FlaskClient, project: str
) -> None:
    for path in ("/", "/en/projects", "/en/my-story", "/en/nothing"):
        answer = plain.get(path, headers=HEADERS)
        assert "evil.example" not in answer.get_data(as_text=True) + str(answer.headers)
        assert "Strict-Transport-Security" not in answer.headers


def test_limits_count_the_visitor_and_not_what_the_visitor_says(settings: Settings, project: str) -> None:
    app = create_app(replace(settings, limits=True))
    client = app.test_client()
    answers = [
        client.get("/api/v1/stories", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(130)
    ]
    assert 429 in answers
    app.extensions["involve"].factory.kw["bind"].dispose()


def test_a_script_in_a_name_is_words_wherever_the_name_is_shown(
    page: Browser, site: Site, sign_in: SignIn, project: str
) -> None:
    with site.writing() as session:
        public = make_public(session, f"{SCRIPT} There is no bus after six, and I am ill.")
    staff = sign_in("administrator")
    for browser, path in (
        (page, "/en/evidence"),
        (page, f"/cy/tystiolaeth/{public}"),
        (staff, f"/en/staff/stories/{public}"),
        (staff, "/en/staff"),
    ):
        shown = browser.get(path)
        assert not [each for each in shown.soup.find_all("script") if "alert" in each.get_text()]
        assert not shown.soup.select("[onerror], [onclick], [onload]")


def test_a_field_that_no_form_has_does_nothing(client: CheckedClient, site: Site, project: str) -> None:
    sent = {
        "project": project, "text": "There is no bus after six.", "client_id": str(uuid4()), "consent": {"read": True},
    }  # fmt: skip
    for more in ({"state": "published"}, {"id": 1}, {"reference": "0000-0000"}, {"at_risk": False}):
        assert client.post("/api/v1/stories", json={**sent, **more}).status_code == 422
    form = {"story": "There is no bus.", "read": "y", "client_id": str(uuid4()), "go": "sent", "told_as": "own",
            "reply_language": "en", "state": "published", "reference": "0000-0000", "project_id": "9"}  # fmt: skip
    client.post(f"/en/projects/{project}/tell", data=form)
    with site.reading() as session:
        story = session.scalars(select(Story)).one()
        assert (story.state, story.reference == "0000-0000") == ("received", False)


def test_a_field_that_is_sent_twice_counts_once(client: CheckedClient, site: Site, project: str) -> None:
    fields = [("story", "The first."), ("story", "The second."), ("read", "y"), ("client_id", str(uuid4())),
              ("go", "sent"), ("told_as", "own"), ("reply_language", "cy"), ("reply_language", "en")]  # fmt: skip
    body = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in fields)
    client.post(f"/en/projects/{project}/tell", data=body, content_type="application/x-www-form-urlencoded")
    with site.reading() as session:
        story = session.scalars(select(Story)).one()
        assert (story.text, story.reply_language) == ("The first.", "cy")


def test_no_form_of_staff_is_taken_from_another_site(sign_in: SignIn, site: Site, app: Flask) -> None:
    with site.writing() as session:
        make_project(session)
    browser = sign_in("administrator")
    asked = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("staff.") and "POST" in (rule.methods or ()):
            path = PART.sub(lambda part: {"slug": "bywyd-da"}.get(part[1]) or "1", rule.rule)
            answer = browser.client.post(path, headers={"Origin": "https://evil.example"})
            assert answer.status_code in (400, 403, 404), path
            asked += 1
    assert asked > 20


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/cy/staff\\..\\x", "javascript:x"],
)
def test_signing_in_leads_nowhere_else(page: Browser, site: Site, app: Flask, wanted: str) -> None:
    with app.app_context(), site.writing() as session:
        make_staff(
            session, email="mair@corff.example", password_hash=hash_password("pedwar gair gwahanol iawn")
        )
    form = page.get(f"/en/staff/sign-in?next={wanted}").fields("main form")
    answer = page.client.post(
        "/en/staff/sign-in",
        data={**form, "email": "mair@corff.example", "password": "pedwar gair gwahanol iawn", "next": wanted},
    )
    assert re.fullmatch(r"/(cy|en)/staff\S*", answer.headers["Location"])
    assert "\\" not in answer.headers["Location"]


def test_nothing_is_told_to_who_asks_for_what_is_another_bodys(sign_in: SignIn, site: Site) -> None:
    """A story of another body and one that never was are the same to a member of staff."""
    with site.writing() as session:
        make_project(session, "arall", body="corff-arall")
        foreign = make_public(session, "There is no bus after six, and I am ill.", project="arall")
    staff = sign_in("moderator")
    pages: set[Any] = set()
    for reference in (foreign, "0000-0000"):
        shown = staff.get(f"/en/staff/stories/{reference}")
        pages.add((shown.status, shown.text.replace(reference, "")))
    assert len(pages) == 1
    with site.reading() as session:
        assert not session.scalars(select(Event).where(Event.kind == "original_viewed")).all()


def test_words_that_look_like_a_template_are_shown_as_they_were_typed(page: Browser, project: str) -> None:
    shown = page.get("/en/evidence?q={{ 7 * 7 }}")
    assert shown.one("input[name=q]")["value"] == "{{ 7 * 7 }}"
