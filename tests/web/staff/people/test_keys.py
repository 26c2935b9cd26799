"""Administrators make and revoke keys for programs, in both languages; a key is shown once."""

import pytest

from involve.services.staff.api_keys import list_keys
from involve.web.site import Site
from tests.factories import NOW, make_project
from tests.pages import Browser
from tests.web.conftest import SignIn

KEYS = {"cy": "/cy/staff/cyrff/corff-prawf/allweddi", "en": "/en/staff/bodies/corff-prawf/keys"}
MEMBERS = {"cy": "/cy/staff/cyrff/corff-prawf/aelodau", "en": "/en/staff/bodies/corff-prawf/members"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@pytest.fixture
def admin(site: Site, sign_in: SignIn) -> Browser:
    with site.writing() as session:
        make_project(session)
    return sign_in("administrator")


@BOTH
def test_a_key_is_made_shown_once_used_and_revoked(admin: Browser, site: Site, language: str) -> None:
    form = admin.get(str(admin.get(MEMBERS[language]).one(f'a[href="{KEYS[language]}"]')["href"]))
    made = admin.send(form, name="Dangosfwrdd <b>")
    assert made.response.headers["Cache-Control"] == "no-store"
    secret = made.one("code.wrap").get_text()
    shows = {"Authorization": f"Bearer {secret}"}
    assert admin.client.get("/api/v1/evidence", headers=shows).status_code == 200
    listed = admin.get(KEYS[language])
    assert secret not in listed.html
    assert secret[:14] in listed.html
    asked = admin.get(str(listed.one("table a")["href"]))
    done = admin.send(asked)
    assert {"cy": "wedi’i dirymu", "en": "is revoked"}[language] in done.html
    assert admin.client.get("/api/v1/evidence", headers=shows).json["error"] == "key_revoked"


WRONG: list[dict[str, str]] = [
    {"name": ""},
    {"name": "n" * 81},
    {"name": "Bwrdd", "ends_on-day": "31", "ends_on-month": "2", "ends_on-year": "2027"},
    {"name": "Bwrdd", "ends_on-day": "1", "ends_on-month": "1", "ends_on-year": "2020"},
]


def test_what_cannot_be_a_key_comes_back_as_it_was_typed(admin: Browser, site: Site) -> None:
    for typed, language in zip(WRONG, ("cy", "en", "cy", "en"), strict=True):
        refused = admin.send(admin.get(KEYS[language]), **typed)
        assert refused.status == 422
        fields = refused.fields("main form[method=post]")
        assert {name: fields[name] for name in typed} == typed
    with site.reading() as session:
        assert list_keys(session, None, "corff-prawf", NOW.date())[1] == ()
