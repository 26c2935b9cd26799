"""Somebody who comes back to their story by its code."""

import json
from typing import Any

from flask.sessions import SecureCookieSessionInterface

from tests.pages import Browser, CheckedClient, Page

ADDRESSES = {"cy": "/cy/fy-stori", "en": "/en/my-story"}
PARTS = {
    "tags": {"cy": "/cy/fy-stori/tagiau", "en": "/en/my-story/tags"},
    "add": {"cy": "/cy/fy-stori/ychwanegu", "en": "/en/my-story/add"},
    "agreement": {"cy": "/cy/fy-stori/cytundeb", "en": "/en/my-story/agreement"},
    "withdraw": {"cy": "/cy/fy-stori/tynnu-yn-ol", "en": "/en/my-story/withdraw"},
    "close": {"cy": "/cy/fy-stori/cau", "en": "/en/my-story/close"},
}


def type_code(page: Browser, code: str, language: str = "en") -> Page:
    """Type a code on the page that asks for it."""
    return page.send(page.get(ADDRESSES[language]), form="form#open", code=code)


def press(page: Browser, at: Page, part: str, language: str = "en", **typed: Any) -> Page:
    """Press a button of a form on the page of a story, with what was chosen in it."""
    return page.send(at, form=f'form[action="{PARTS[part][language]}"]', **typed)


def kept_in_the_browser(client: CheckedClient) -> dict[str, Any]:
    """Return what the session cookie says."""
    cookie = client.get_cookie("involve")
    if cookie is None:
        return {}
    serializer = SecureCookieSessionInterface().get_signing_serializer(client.application)
    assert serializer is not None
    return json.loads(json.dumps(dict(serializer.loads(cookie.value))))  # type: ignore[no-any-return]
