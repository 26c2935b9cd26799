"""Headers and cookies: nothing inline, nothing from elsewhere, nothing remembered of who only reads or tells."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from involve.app import create_app
from involve.settings import Settings
from involve.web.site import Site
from tests.pages import Browser, CheckedClient
from tests.publications import make_public

PUBLIC = (
    "/", "/cy/", "/en/", "/cy/prosiectau", "/en/projects", "/cy/prosiectau/bywyd-da", "/en/projects/bywyd-da",
    "/cy/tystiolaeth", "/en/evidence", "/en/evidence?q=bus", "/cy/beth-newidiodd", "/en/what-changed",
    "/cy/preifatrwydd", "/en/privacy", "/en/accessibility", "/en/help-now",
    "/api/v1/stories", "/api/v1/evidence", "/api/v1/decisions", "/api/v1/what-changed", "/api/v1/openapi.json",
)  # fmt: skip
TELLING = ("/cy/prosiectau/bywyd-da/dweud", "/en/projects/bywyd-da/tell", "/cy/fy-stori", "/en/my-story")
STAFF = ("/en/staff", "/en/staff/sign-in", "/cy/staff")
MISSING = (
    "/nothing",
    "/en/nothing",
    "/cy/tystiolaeth/0",
    "/api/v1/nothing",
    "/en/evidence?goal=x",
    "/static/nothing",
)


@pytest.mark.parametrize("path", [*PUBLIC, *TELLING, *MISSING])
def test_who_reads_or_tells_gets_no_cookie(client: CheckedClient, project: str, path: str) -> None:
    assert "Set-Cookie" not in client.get(path).headers


@pytest.mark.parametrize("path", [*PUBLIC, *TELLING, *STAFF, *MISSING])
def test_every_answer_is_guarded(client: CheckedClient, project: str, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers or "Werkzeug" not in headers["Server"]


@pytest.mark.parametrize("path", [*TELLING, *MISSING, "/en/staff/sign-in"])
def test_private_pages_and_errors_are_kept_by_nobody(client: CheckedClient, project: str, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_asked_for_each_time(client: CheckedClient, project: str, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-cache"


def test_strict_transport_is_asked_for_only_over_https(client: CheckedClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/cy/").headers
    asked = client.get("/cy/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert asked == "max-age=63072000; includeSubDomains"


def test_over_https_the_cookie_is_of_this_host_alone_and_no_script_reads_it(
    settings: Settings, project: str
) -> None:
    client = create_app(replace(settings, secure_cookies=True)).test_client()
    shown = client.get("/en/staff/sign-in", base_url="https://localhost")
    (cookie,) = shown.headers.getlist("Set-Cookie")
    name, *rules = cookie.split("; ")
    assert name.startswith("__Host-involve=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(rules)
    assert not any(rule.startswith("Domain") for rule in rules)


@pytest.mark.parametrize("path", [path for path in (*PUBLIC, *TELLING) if not path.startswith("/api")])
def test_pages_load_nothing_from_elsewhere(page: Browser, site: Site, project: str, path: str) -> None:
    with site.writing() as session:
        make_public(session, "There is no bus after six, and I am ill.")
    soup = page.get(path).soup
    loaded = [str(each["src"]) for each in soup.select("[src]")]
    loaded += [str(each["href"]) for each in soup.select("link[href]:not([rel=alternate])")]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert not soup.select("[style], style, script:not([src]), iframe, object, embed, base")


@pytest.mark.parametrize("path", [path for path in PUBLIC if not path.startswith("/api") and path != "/"])
def test_a_page_and_its_twin_link_each_other_and_say_their_language(
    page: Browser, project: str, path: str
) -> None:
    own = page.get(path)
    language = str(own.one("html")["lang"])
    other = "en" if language == "cy" else "cy"
    links = {str(link["href"]) for link in own.soup.select(f"a[hreflang={other}]")}
    assert len(links) == 1
    twin = page.get(links.pop())
    assert twin.status == own.status == 200
    assert str(twin.one("html")["lang"]) == other
    assert path in {str(link["href"]) for link in twin.soup.select(f"a[hreflang={language}]")}
    assert {str(link["hreflang"]) for link in own.soup.select("link[rel=alternate][hreflang]")} == {
        "cy",
        "en",
        "x-default",
    }


@pytest.mark.parametrize("path", TELLING)
def test_the_switch_of_a_page_with_a_form_takes_along_what_was_typed(
    page: Browser, project: str, path: str
) -> None:
    own = page.get(path)
    switch = own.one("[name=switch]")
    assert str(switch["form"]) in {str(form.get("id")) for form in own.soup.select("main form")}
    twin = page.get(str(switch["formaction"]))
    assert str(twin.one("[name=switch]")["formaction"]) == path
    assert str(twin.one("html")["lang"]) != str(own.one("html")["lang"])


@pytest.mark.parametrize(
    "path", ["/en/nothing", "/cy/nothing", "/nothing", "/en/projects/nothing", "/cy/evidence"]
)
def test_a_page_that_is_not_there_still_leads_to_the_other_language(page: Browser, path: str) -> None:
    lost = page.get(path)
    assert lost.status == 404
    language = "cy" if not path.startswith("/en") else "en"
    assert str(lost.one("html")["lang"]) == language
    other = "en" if language == "cy" else "cy"
    (address,) = {str(link["href"]) for link in lost.soup.select(f"a[hreflang={other}]")}
    assert str(page.get(address).one("html")["lang"]) == other


def test_style_and_script_have_a_name_of_their_content_and_are_kept_for_long(
    client: CheckedClient, page: Browser
) -> None:
    sheet = str(page.get("/en/").soup.select("link[rel=stylesheet]")[0]["href"])
    assert re.search(r"\.[0-9a-f]{8,}\.css$", sheet)
    with client.get(sheet) as response:
        assert response.status_code == 200
        assert "max-age=31536000" in response.headers["Cache-Control"]


def test_pages_are_packed_for_who_can_unpack_them(app: Flask, client: CheckedClient) -> None:
    app.test_client_class = None
    packed = app.test_client().get("/en/privacy", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in client.get("/en/privacy").headers["Vary"]
