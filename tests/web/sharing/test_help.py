"""The help of the API: in both languages, with every filter, limit and address, and examples that work."""

import re
from typing import Any

import pytest
from openapi_spec_validator import validate

from involve.web.api.parameters import FILTERS, PAGING
from involve.web.api.schemas import NewStory
from involve.web.limits import KEYED_SEARCHING, KEYED_SENDING, SEARCHING, SENDING, amount_of
from involve.web.site import Site
from tests.pages import Browser, CheckedClient, words_of
from tests.publications import Shown, add_rows


@pytest.mark.parametrize("path", ["/cy/api", "/en/api"])
def test_the_help_names_all_that_there_is(page: Browser, client: CheckedClient, path: str) -> None:
    shown = page.get(path)
    said = words_of(shown.one("main"))
    for each in (*FILTERS, *PAGING):
        assert each.name in said
        assert str(each.words) != "", each.name
    for limit in (SEARCHING, KEYED_SEARCHING, SENDING, KEYED_SENDING):
        assert f"{amount_of(limit):,}" in said
    spec: dict[str, Any] = client.get("/api/v1/openapi.json").json
    for address, operations in spec["paths"].items():
        for method in operations:
            assert f"{method.upper()} {address}" in said


def test_the_examples_can_be_sent_as_they_stand(
    page: Browser, client: CheckedClient, site: Site, project: str
) -> None:
    with site.writing() as session:
        add_rows(session, project, [Shown(tags=(("goal", "healthier", "concern"),))])
    sent = re.findall(r'"http://localhost(/api/[^"]+)"', words_of(page.get("/en/api").one("main")))
    assert len(sent) == 3
    for address in sent:
        assert client.get(address).json["total"] == 1


def test_the_description_is_valid_and_its_examples_are_of_its_own_shapes(client: CheckedClient) -> None:
    spec = client.get("/api/v1/openapi.json").json
    validate(spec)
    stories = spec["paths"]["/api/v1/stories"]["get"]
    example = stories["responses"]["200"]["content"]["application/json"]["example"]
    assert set(example["stories"][0]) == set(spec["components"]["schemas"]["StoryOut"]["properties"])
    sent = spec["paths"]["/api/v1/stories"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert NewStory().validate(sent) == {}
    assert spec["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            assert "401" in operation["responses"]
            assert operation["security"] == [{}, {"key": []}]
            assert ("304" in operation["responses"]) == (method == "get")
