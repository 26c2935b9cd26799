"""Single sign-on against a real provider on a port of this machine: who comes in, who does not, and what each reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from oidc_provider_mock import User as Claims
from oidc_provider_mock import run_server_in_thread
from sqlalchemy import select

from involve.app import create_app
from involve.models import Event, Identity, User
from involve.settings import Settings, from_environment
from involve.web.site import Site
from tests.factories import Clock
from tests.pages import Browser, CheckedClient, Page
from tests.web.accounts.conftest import EMAIL, Person

# The provider is a library of its own, which still calls what its libraries will drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
GO = {"cy": "/cy/staff/mewngofnodi/sefydliad", "en": "/en/staff/sign-in/organisation"}
PEOPLE = [
    Claims(sub="mair", claims={"email": EMAIL.upper(), "email_verified": True}),
    Claims(sub="another", claims={"email": EMAIL, "email_verified": True}),
    Claims(sub="unverified", claims={"email": EMAIL, "email_verified": False}),
    Claims(sub="said-in-words", claims={"email": EMAIL, "email_verified": "true"}),
    Claims(sub="stranger", claims={"email": "nobody@corff.example", "email_verified": True}),
    Claims(sub="nameless", claims={}),
]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that knows these people."""
    with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


def with_provider(settings: Settings, issuer: str) -> Settings:
    return replace(
        settings,
        oidc_issuer=issuer,
        oidc_client_id="involve",
        oidc_client_secret="a secret of the tests",
        oidc_name_cy="Mewngofnodi â chyfrif y cyngor",
        oidc_name_en="Sign in with the council’s account",
    )


@pytest.fixture
def settings(settings: Settings, provider: str) -> Settings:
    return with_provider(settings, provider)


def at_provider(browser: Browser, sub: str, language: str = "en", query: str = "") -> str:
    """Go to the provider, be that person there, and return the address to which it leads back."""
    leaves = browser.client.get(GO[language] + query)
    assert leaves.status_code == 302
    action = {"data": {"action": "deny"}} if sub == "deny" else {"data": {"sub": sub}}
    answer = requests.post(leaves.location, allow_redirects=False, timeout=5, **action)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def come_as(browser: Browser, sub: str, language: str = "en", query: str = "") -> Page:
    return browser.get(at_provider(browser, sub, language, query))


@pytest.mark.parametrize("language", ["cy", "en"])
def test_whoever_was_invited_comes_in_and_is_bound_to_the_name_at_the_provider(
    mair: Person, site: Site, provider: str, language: str
) -> None:
    browser = mair.open()
    button = browser.get("/cy/staff/mewngofnodi" if language == "cy" else "/en/staff/sign-in")
    assert {"cy": "Mewngofnodi â chyfrif y cyngor", "en": "Sign in with the council’s account"}[
        language
    ] in button
    inside = come_as(browser, "mair", language)
    assert inside.response.request.path == f"/{language}/staff"
    with site.writing() as session:
        (bound,) = session.scalars(select(Identity))
        assert (bound.user_id, bound.issuer, bound.subject) == (mair.actor.user_id, provider, "mair")
        kinds = session.scalars(select(Event.kind)).all()
        assert kinds.count("identity_bound") == 1
        # From now on the provider's name counts, whatever becomes of the address.
        session.get_one(User, mair.actor.user_id).email = "mair.newydd@corff.example"
    assert come_as(mair.open(), "mair").h1 == "Queue"


@pytest.mark.parametrize(
    ("sub", "why"),
    [
        ("unverified", "verified"),
        ("said-in-words", "verified"),
        ("nameless", "verified"),
        ("stranger", "no account here"),
        ("deny", "did not let Involve know"),
    ],
)
def test_nobody_makes_an_account_and_each_refusal_is_a_clear_page(
    mair: Person, site: Site, sub: str, why: str
) -> None:
    browser = mair.open()
    refused = come_as(browser, sub)
    assert refused.status == 403
    assert why in refused
    assert browser.get("/en/staff").h1 == "Staff sign-in"
    with site.reading() as session:
        assert session.scalars(select(Identity)).all() == []
        assert session.scalars(select(Event).where(Event.kind == "sign_in_refused")).all()


def test_an_account_that_is_bound_opens_to_nobody_else_with_its_address(mair: Person) -> None:
    come_as(mair.open(), "mair")
    assert "another person" in come_as(mair.open(), "another")


def test_whoever_is_switched_off_does_not_come_in(mair: Person, site: Site) -> None:
    come_as(mair.open(), "mair")
    with site.writing() as session:
        session.get_one(User, mair.actor.user_id).active = False
    assert "no account here" in come_as(mair.open(), "mair")


def test_the_way_there_is_guarded_by_a_code_of_proof_a_state_and_a_nonce(mair: Person) -> None:
    asked = parse_qs(urlsplit(mair.open().client.get(GO["en"]).location).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["code_challenge"]
    assert asked["state"]
    assert asked["nonce"]
    assert asked["redirect_uri"][0].endswith("/oidc/return")


def test_an_answer_belongs_to_the_browser_that_asked_and_works_once(mair: Person) -> None:
    victim, attacker = mair.open(), mair.open()
    address = at_provider(attacker, "mair")
    assert victim.get(address).response.request.path.endswith("/problem/expired")
    assert victim.get("/en/staff").h1 == "Staff sign-in"
    assert attacker.get(address).h1 == "Queue"
    again = attacker.get(address)
    assert again.status == 403


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x&code=y", "?error=server_error&state=x", "?error=x"]
)
def test_a_made_up_answer_is_explained(page: Browser, query: str) -> None:
    refused = page.get(f"/oidc/return{query}")
    assert refused.status == 403
    assert refused.h1 in ("You are not signed in", "Nid ydych wedi mewngofnodi")


def test_it_leads_on_to_where_one_was_and_to_no_other_site(mair: Person) -> None:
    assert come_as(mair.open(), "mair", query="?next=/en/staff/my-account").h1 == "My account"
    for wanted in ("//evil.example/en/staff", "https://evil.example", "/en/staff\\@evil.example"):
        assert come_as(mair.open(), "mair", query=f"?next={wanted}").h1 == "Queue"


@contextmanager
def site_of(settings: Settings, clock: Clock) -> Iterator[Browser]:
    """A browser on a site of its own."""
    app: Flask = create_app(settings, clock)
    app.test_client_class = CheckedClient
    yield Browser(app.test_client())  # type: ignore[arg-type]
    app.extensions["involve"].factory.kw["bind"].dispose()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_provider_that_is_away_is_explained_and_the_password_still_works(
    mair: Person, settings: Settings, clock: Clock, language: str
) -> None:
    with site_of(replace(settings, oidc_issuer="http://localhost:9"), clock) as browser:
        told = browser.get(GO[language])
        assert told.status == 403
        assert {"cy": "Nid yw system fewngofnodi", "en": "does not answer"}[language] in told
        assert mair.type_password(browser).h1 == "Queue"


def test_a_provider_that_calls_itself_otherwise_is_not_believed(
    mair: Person, settings: Settings, clock: Clock, provider: str
) -> None:
    with site_of(replace(settings, oidc_issuer=provider.replace("localhost", "127.0.0.1")), clock) as browser:
        leaves = browser.client.get(GO["en"])
        assert leaves.status_code == 302
    with site_of(replace(settings, oidc_issuer=provider + "/"), clock) as browser:
        assert "could not be checked" in come_as(browser, "mair")


def test_where_there_is_none_there_is_no_button_and_no_page(settings: Settings, clock: Clock) -> None:
    with site_of(replace(settings, oidc_issuer=""), clock) as browser:
        assert "council" not in browser.get("/en/staff/sign-in")
        assert browser.get(GO["en"]).status == 404
        assert browser.get("/oidc/return").status == 404


def test_settings_that_are_not_whole_stop_the_start() -> None:
    from involve.errors import SettingsError

    whole = {
        "INVOLVE_OIDC_ISSUER": "https://id.example",
        "INVOLVE_OIDC_CLIENT_ID": "involve",
        "INVOLVE_OIDC_CLIENT_SECRET": "s",
        "INVOLVE_OIDC_NAME_CY": "Cyngor",
        "INVOLVE_OIDC_NAME_EN": "Council",
    }
    assert from_environment(whole).oidc_client_id == "involve"
    for name in whole:
        with pytest.raises(SettingsError):
            from_environment({**whole, name: ""})
    with pytest.raises(SettingsError):
        from_environment({**whole, "INVOLVE_OIDC_ISSUER": "http://id.example"})
