"""The description of the API: valid as OpenAPI, and about exactly what there is."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from involve.web.api.parameters import FILTER_NAMES, PAGING_NAMES
from tests.pages import CheckedClient

METHODS = ("get", "post", "put", "delete", "patch")


@pytest.fixture
def spec(client: CheckedClient) -> dict[str, Any]:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    said: dict[str, Any] = json.loads(response.data)
    return said


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


def test_it_names_its_version_and_all_its_references_lead_somewhere(spec: dict[str, Any]) -> None:
    assert spec["openapi"].startswith("3.1")
    assert {"title", "version"} <= set(spec["info"])
    references = {node["$ref"] for node in nodes(spec) if "$ref" in node}
    assert references
    for reference in references:
        target: Any = spec
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]


def test_it_describes_each_address_of_the_api_and_no_other(spec: dict[str, Any], app: Flask) -> None:
    described = {
        (path, method) for path, item in spec["paths"].items() for method in item if method in METHODS
    }
    served = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith("/api/")
        and not rule.rule.endswith("openapi.json")
        and method.lower() in METHODS
    }
    assert described == served


def test_each_operation_says_what_it_answers_and_how_it_fails(spec: dict[str, Any]) -> None:
    operations = [item[method] for item in spec["paths"].values() for method in item if method in METHODS]
    for operation in operations:
        assert operation["summary"]
        for status, answer in operation["responses"].items():
            if status == "304":
                continue
            schema = answer["content"]["application/json"]["schema"]["$ref"]
            assert answer["description"]
            assert (int(status) >= 400) == schema.endswith("/ErrorOut"), status
    assert {"200", "201", "400", "401", "404", "409", "413", "422", "429"} == set(
        operations_of(spec, "post")[0]["responses"]
    )


def operations_of(spec: dict[str, Any], method: str) -> list[dict[str, Any]]:
    return [item[method] for item in spec["paths"].values() if method in item]


def test_it_says_all_that_the_contract_names(spec: dict[str, Any]) -> None:
    story = spec["components"]["schemas"]["NewStory"]
    assert set(story["required"]) == {"project", "text", "client_id", "consent"}
    assert {"area", "told_as", "reply_language", "contact"} < set(story["properties"])
    assert story["properties"]["text"]["maxLength"] == 20_000
    names = {
        each["name"]
        for each in spec["paths"]["/api/v1/stories"]["get"]["parameters"]
        if each["in"] == "query"
    }
    assert names == {*FILTER_NAMES, *PAGING_NAMES}
    assert names >= {
        "goal", "way", "theme", "stance", "area", "project", "language", "q", "from", "to", "limit", "after",
    }  # fmt: skip


def test_it_holds_nothing_of_an_older_openapi(spec: dict[str, Any]) -> None:
    assert [node for node in nodes(spec) if "nullable" in node] == []
