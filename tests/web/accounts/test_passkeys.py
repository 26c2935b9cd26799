"""Passkeys on the server's side: what is refused. The whole ceremony runs in a browser (tests/journeys)."""

import json

import pytest
from sqlalchemy import select
from webauthn.helpers import bytes_to_base64url

from involve.models import Event, Passkey
from involve.web.site import Site
from tests.factories import NOW, Clock
from tests.pages import Browser, Page
from tests.web.accounts.conftest import Person

OWN = {"cy": "/cy/staff/fy-nghyfrif/allweddi-mynediad", "en": "/en/staff/my-account/passkeys"}


def options_on(page: Page, kind: str) -> dict:  # type: ignore[type-arg]
    return json.loads(str(page.one(f"form[data-passkey={kind}]")["data-options"]))  # type: ignore[no-any-return]


def answer_to(challenge: str, kind: str = "webauthn.get") -> str:
    """What a browser sends, without a device behind it."""
    said = json.dumps({"type": kind, "challenge": challenge, "origin": "http://localhost"}).encode()
    return json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": bytes_to_base64url(said),
                "authenticatorData": "AAAA",
                "signature": "AAAA",
                "attestationObject": "AAAA",
            },
        }
    )


def plain_passkey(user_id: int, credential: str) -> Passkey:
    """A passkey that no device holds."""
    about = {"public_key": "AAAA", "sign_count": 0, "name": "x", "added_at": NOW}
    return Passkey(user_id=user_id, credential_id=credential, **about)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_without_scripts_the_page_says_so_and_the_password_stays(mair: Person, language: str) -> None:
    page = mair.open().get("/cy/staff/mewngofnodi" if language == "cy" else "/en/staff/sign-in")
    assert page.one("form[data-passkey]").has_attr("hidden")
    assert {"cy": "sgriptiau", "en": "scripts"}[language] in page
    assert page.soup.select("form:not([hidden]) input[type=password]")
    own = mair.signed_in().get(OWN[language])
    assert {"cy": "sgriptiau", "en": "scripts"}[language] in own


def test_each_page_asks_for_a_verified_owner_under_a_challenge_of_its_own(mair: Person) -> None:
    browser = mair.open()
    first = options_on(browser.get("/en/staff/sign-in"), "get")
    second = options_on(browser.get("/en/staff/sign-in"), "get")
    assert first["challenge"] != second["challenge"]
    assert first["userVerification"] == "required"
    assert first["rpId"] == "localhost"
    assert not first.get("allowCredentials"), "nobody learns which passkeys there are"
    made = options_on(mair.signed_in().get(OWN["en"]), "create")
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert str(mair.actor.user_id) != made["user"]["id"]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "{}",
        "[]",
        '{"rawId": 1}',
        '{"response": {"clientDataJSON": "AAAA"}}',
        "{" * 5000,
        "x" * 30_000,
    ],
)
def test_what_is_no_answer_opens_nothing_and_breaks_nothing(mair: Person, answer: str, site: Site) -> None:
    browser = mair.open()
    page = browser.get("/en/staff/sign-in")
    refused = browser.send(page, form="form[data-passkey]", credential=answer)
    assert refused.status == 200
    assert "does not open an account" in refused
    assert browser.get("/en/staff").h1 == "Staff sign-in"
    with site.reading() as session:
        events = session.scalars(select(Event).where(Event.kind == "sign_in_refused")).all()
        assert [event.detail["how"] for event in events] == ["passkey"]


def test_a_challenge_is_for_one_browser_one_purpose_and_five_minutes(
    mair: Person, clock: Clock, site: Site
) -> None:
    with site.writing() as session:
        session.add(
            Passkey(
                user_id=mair.actor.user_id,
                credential_id="AAAA",
                public_key="AAAA",
                sign_count=0,
                name="x",
                added_at=NOW,
            )
        )
    own, other = mair.open(), mair.open()
    page = own.get("/en/staff/sign-in")
    answer = answer_to(options_on(page, "get")["challenge"])
    for browser, minutes in ((other, 0), (own, 6)):
        clock.move(minutes=minutes)
        refused = browser.send(browser.get("/en/staff/sign-in"), form="form[data-passkey]", credential=answer)
        assert "does not open an account" in refused
    assert own.get("/en/staff").h1 == "Staff sign-in"


def test_a_made_up_passkey_is_not_added_and_its_name_stays(mair: Person, site: Site) -> None:
    browser = mair.signed_in()
    page = browser.get(OWN["en"])
    answer = answer_to(options_on(page, "create")["challenge"], "webauthn.create")
    refused = browser.send(page, name="Fy ffôn i", credential=answer)
    assert refused.status == 422
    assert refused.fields()["name"] == "Fy ffôn i"
    assert browser.send(page, name="", credential=answer).errors == ["Give the passkey a name"]
    with site.reading() as session:
        assert session.scalars(select(Passkey)).all() == []


def test_nobody_takes_away_the_passkey_of_another(mair: Person, site: Site) -> None:
    with site.writing() as session:
        for credential, user_id in (("AAAA", mair.actor.user_id), ("BBBB", mair.actor.user_id + 1)):
            session.add(plain_passkey(user_id, credential))
    browser = mair.signed_in()
    own = browser.get(OWN["en"])
    token = own.fields()["csrf_token"]
    assert browser.post(OWN["en"] + "/2/remove", {"csrf_token": token}).status == 404
    assert browser.post(OWN["en"] + "/1/remove", {}).status == 400
    assert "taken away" in browser.send(own, form="main td form")
    with site.reading() as session:
        assert [row.credential_id for row in session.scalars(select(Passkey))] == ["BBBB"]


def test_passkeys_are_changed_only_by_who_showed_lately_who_they_are(mair: Person, clock: Clock) -> None:
    browser = mair.signed_in()
    clock.move(minutes=16)
    assert browser.get(OWN["en"]).h1 == "Show that it is you"


def test_signing_in_by_passkey_leads_to_no_other_site(page: Browser) -> None:
    form = page.get("/en/staff/sign-in?next=//evil.example/")
    refused = page.send(form, form="form[data-passkey]", credential="x")
    assert "evil" not in str(refused.response.request.path)
