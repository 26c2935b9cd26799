"""What holds of every address of the API, written into its description once: keys, limits, unchanged answers."""

from collections.abc import Iterator
from typing import Any

from apiflask import APIFlask
from flask import Flask

from involve.i18n import in_both
from involve.web.api.parameters import EXAMPLES, FILTERS, PAGING
from involve.web.limits import KEYED_SEARCHING, KEYED_SENDING, SEARCHING, SENDING

PURPOSE = f"""Send a story, and read what is public. No key is needed for either.

**Limits.** Without a key: {SEARCHING} for each address of the API, {SENDING} for stories that are sent. With a key of
a body: {KEYED_SEARCHING}, and {KEYED_SENDING}. `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`
(seconds) say what is left; 429 comes with `Retry-After`.

**Unchanged answers.** Send the `ETag` of an answer as `If-None-Match`: 304 says that nothing has changed.

**Errors** are JSON with a code, and words in Welsh and in English."""
KEY = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of a body, which its administrators make. Never in an address.",
    }
}
HEADERS = {
    "RateLimit-Limit": "How many requests are let through in the time that is counted",
    "RateLimit-Remaining": "How many of them are left",
    "RateLimit-Reset": "In how many seconds all are left again",
}
REFUSED = {
    "error": "key_revoked",
    "title": {"cy": "Mae’r allwedd hon wedi’i dirymu", "en": "This key was revoked"},
    "advice": {
        "cy": "Gofynnwch i weinyddwr yn eich sefydliad am un newydd.",
        "en": "Ask an administrator of your organisation for a new one.",
    },
}


def init_description(app: Flask) -> None:
    """Finish the description of the API when it is made."""
    if isinstance(app, APIFlask):
        app.config["INFO"] = {"description": PURPOSE}
        app.config["SECURITY_SCHEMES"] = KEY
        app.spec_processor(finish_description)


def finish_description(spec: dict[str, Any]) -> dict[str, Any]:
    """Write into each operation what holds of all."""
    for method, operation in _operations(spec):
        operation["security"] = [{}, {"key": []}]
        for each in operation.get("parameters", ()):
            _describe_parameter(each)
        _add_refusal(operation["responses"])
        if method == "get":
            _add_unchanged(operation["responses"])
    return spec


def _operations(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in spec["paths"].values():
        yield from path.items()


def _describe_parameter(parameter: dict[str, Any]) -> None:
    """Say in words what a filter means, where it is one of ours and has none of its own."""
    ours = {each.name: each for each in (*FILTERS, *PAGING)}
    found = ours.get(parameter["name"])
    if found is None or "description" in parameter:
        return
    parameter["description"] = in_both(found.words)["en"]
    if found.is_day:
        parameter["schema"]["format"] = "date"
    if found.name in EXAMPLES:
        parameter["example"] = EXAMPLES[found.name]


def _add_refusal(responses: dict[str, Any]) -> None:
    """Say that a key may be refused, in the shape of every error."""
    content = {"schema": {"$ref": "#/components/schemas/ErrorOut"}, "example": REFUSED}
    responses["401"] = {
        "description": "The key is unknown, was revoked or has run out",
        "content": {"application/json": content},
    }
    headers = {name: {"description": words, "schema": {"type": "integer"}} for name, words in HEADERS.items()}
    for status, response in responses.items():
        if status.startswith("2"):
            response["headers"] = headers


def _add_unchanged(responses: dict[str, Any]) -> None:
    """Say that an answer that the caller has already is not sent again."""
    responses["304"] = {"description": "Nothing has changed since the answer whose `ETag` was sent"}
    responses["200"]["headers"] = {
        **responses["200"].get("headers", {}),
        "ETag": {"description": "The mark of this answer", "schema": {"type": "string"}},
    }
