"""Addresses: each page in both languages, in that language's words, and the way between them keeps the page."""

import pytest
from flask import Flask, url_for

from involve.web.addresses import PAGE, twin_address
from tests.pages import Browser, CheckedClient

# What the outside calls: Welsh and English of each page.
PROMISED = [
    ("/cy/", "/en/"),
    ("/cy/prosiectau", "/en/projects"),
    ("/cy/prosiectau/bywyd-da", "/en/projects/bywyd-da"),
    ("/cy/prosiectau/bywyd-da/dweud", "/en/projects/bywyd-da/tell"),
    ("/cy/fy-stori", "/en/my-story"),
    ("/cy/tystiolaeth", "/en/evidence"),
    ("/cy/beth-newidiodd", "/en/what-changed"),
]


@pytest.mark.parametrize(("welsh", "english"), PROMISED)
def test_the_promised_addresses_lead_to_pages_that_are_twins(
    app: Flask, client: CheckedClient, project: str, welsh: str, english: str
) -> None:
    for path, twin in ((welsh, english), (english, welsh)):
        assert client.get(path).status_code == 200
        with app.test_request_context(path):
            app.preprocess_request()
            assert twin_address() == twin


def test_every_page_stands_in_both_languages_under_its_own_words(app: Flask) -> None:
    pages: dict[str, dict[str, list[str]]] = {}
    for rule in app.url_map.iter_rules():
        if PAGE in (rule.defaults or {}):
            pages.setdefault(rule.endpoint, {}).setdefault(rule.defaults[PAGE], []).append(rule.rule)  # type: ignore[index]
    assert len(pages) > 20
    for endpoint, addresses in pages.items():
        assert set(addresses) == {"cy", "en"}, endpoint
        for language, rules in addresses.items():
            assert all(rule.startswith(f"/{language}/") for rule in rules), endpoint


def test_no_two_pages_share_an_address(app: Flask) -> None:
    pages: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        pages.setdefault(rule.rule, set()).add(rule.endpoint)
    # The API tells reading and sending apart by the method.
    shared = {address: names for address, names in pages.items() if len(names) > 1 and "/api/" not in address}
    assert shared == {}


def test_what_has_one_language_is_the_door_the_api_health_and_files(app: Flask) -> None:
    single = {rule.rule for rule in app.url_map.iter_rules() if PAGE not in (rule.defaults or {})}
    assert {rule for rule in single if not rule.startswith(("/api/v1/", "/static/"))} == {
        "/",
        "/healthz",
        "/readyz",
        # To which GOV.UK Notify says what became of a letter.
        "/notify/delivery",
        # To which the organisation's sign-in sends people back, whatever their language.
        "/oidc/return",
    }


def test_no_address_holds_a_story_code(app: Flask) -> None:
    assert not [rule for rule in app.url_map.iter_rules() if "code" in rule.arguments]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_addresses_that_are_made_stay_in_the_language_of_the_page(app: Flask, language: str) -> None:
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        for endpoint in ("projects.show_projects", "evidence.browse_evidence", "my_story.open_story"):
            assert url_for(endpoint).startswith(f"/{language}/")
        # A filter of the same name as the page's language is not taken for it.
        assert url_for("evidence.browse_evidence", language="en").endswith("?language=en")


@pytest.mark.parametrize(
    "query",
    ["q=b%C5%B5s+hwyr&goal=equal", "goal=a&goal=b", "_anchor=x&_external=1", "language=cy", "q=%26%3D%23"],
)
def test_the_way_to_the_other_language_keeps_the_question(app: Flask, page: Browser, query: str) -> None:
    with app.test_request_context(f"/en/evidence?{query}"):
        app.preprocess_request()
        assert twin_address() == f"/cy/tystiolaeth?{query}"
        assert twin_address("en") == f"/en/evidence?{query}"


@pytest.mark.parametrize(
    "path", ["/cy/evidence", "/en/tystiolaeth", "/fr/projects", "/EN/projects", "/cy/projects"]
)
def test_an_address_in_the_words_of_the_other_language_is_none(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/cy", "/en"])
def test_the_bare_language_leads_home(client: CheckedClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"].endswith(f"{path}/")) == (308, True)


@pytest.mark.parametrize("path", ["/cy/%00", "/%00", "/en/projects/%00", "/en/evidence/%00"])
def test_a_null_in_a_path_is_no_address(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/en/projects?x=%00", "/en/?x=a%00", "/api/v1/stories?q=%00"])
def test_a_null_in_a_question_is_bad_input(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/", "/cy/", "/en/evidence", "/healthz", "/readyz", "/api/v1/stories"])
def test_asking_for_the_head_alone_is_answered(client: CheckedClient, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.data) == (200, b"")


def test_readiness_asks_the_database(app: Flask, client: CheckedClient) -> None:
    assert (client.get("/healthz").json, client.get("/readyz").json) == ({"status": "ok"}, {"status": "ok"})
    with app.extensions["involve"].writing() as session:
        session.connection().exec_driver_sql("drop table alembic_version")
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
