"""Reading what is public through the API: the same stories, pages and counts as on the evidence pages."""

from typing import Any

import pytest

from involve.models import Publication
from involve.web.site import Site
from tests.factories import make_project, make_staff, make_story
from tests.pages import CheckedClient
from tests.publications import Shown, add_rows, make_public

FILTERS = [
    ("", 5),
    ("goal=healthier", 2),
    ("way=prevention", 1),
    ("stance=concern", 3),
    ("goal=healthier&stance=concern", 1),
    ("area=W06000002", 2),
    ("language=cy", 1),
    ("project=bywyd-da", 4),
    ("q=buses", 3),
    ("q=fysiau", 3),
    ("theme=cludiant", 1),
    ("theme=unheard-of", 0),
    ("from=2026-04-02", 5),
    ("to=2026-04-01", 0),
    ("from=0001-01-01&to=9999-12-31", 5),
    ("goal=healthier&area=W06000002&language=en&q=bus&project=bywyd-da&from=2026-04-01", 1),
    ("goal=&way=&theme=&stance=&area=&project=&language=&q=&from=&to=&limit=&after=", 5),
]
REFUSED = [
    ("unheard-of=1", 422, "unheard-of"),
    ("goal=unheard-of", 422, "goal"),
    ("way=unheard-of", 422, "way"),
    ("stance=positive", 422, "stance"),
    ("area=Gwynedd", 422, "area"),
    ("language=fr", 422, "language"),
    ("from=yesterday", 422, "from"),
    ("to=2026-02-30", 422, "to"),
    ("q=" + "x" * 201, 422, "q"),
    ("limit=0", 422, "limit"),
    ("limit=101", 422, "limit"),
    ("limit=many", 422, "limit"),
    ("project=unheard-of", 404, ""),
    ("after=unheard-of", 400, ""),
    ("after=99999999999", 400, ""),
    ("q=%00", 400, ""),
]


@pytest.fixture
def published(site: Site, project: str) -> list[str]:
    """References of five stories in two projects, oldest first."""
    with site.writing() as session:
        make_project(session, "prosiect-arall")
        return add_rows(
            session,
            "bywyd-da",
            [
                Shown("No buses here.", tags=(("goal", "healthier", "concern"),), area="W06000002"),
                Shown(
                    "Dim bysiau yma.",
                    "cy",
                    tags=(("goal", "healthier", "idea"), ("way", "prevention", "concern")),
                ),
                Shown("The bus is fine.", tags=(("theme", "cludiant", "strength"),), area="W06000002"),
                Shown("Something else.", "mixed", tags=(("goal", "equal", "concern"),)),
            ],
        ) + add_rows(session, "prosiect-arall", [Shown("Elsewhere.", area="W06000001")])


def get(client: CheckedClient, path: str) -> dict[str, Any]:
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response.mimetype) == (200, "application/json"), response.json
    assert response.headers["Cache-Control"] == "no-cache"
    said: dict[str, Any] = response.json
    return said


@pytest.mark.parametrize(("asked", "number"), FILTERS)
def test_filters_find_what_fits_and_the_counts_agree(
    client: CheckedClient, published: list[str], asked: str, number: int
) -> None:
    found = get(client, f"stories?{asked}")
    assert (len(found["stories"]), found["total"], found["next"]) == (number, number, None)
    assert get(client, f"evidence?{asked}")["total"] == number


def test_each_count_is_the_list_that_it_names(client: CheckedClient, published: list[str]) -> None:
    for count in get(client, "evidence?stance=concern")["counts"]:
        asked = "" if count["name"] == "stance" else "stance=concern&"
        listed = get(client, f"stories?{asked}{count['name']}={count['value']}")
        assert listed["total"] == count["count"] > 0


def test_pages_follow_one_another_without_gap_or_repeat(client: CheckedClient, published: list[str]) -> None:
    seen: list[str] = []
    address = "stories?limit=2"
    while True:
        page = get(client, address)
        assert page["total"] == 5
        seen += [story["reference"] for story in page["stories"]]
        if page["next"] is None:
            break
        address = f"stories?limit=2&after={page['next']}"
    assert seen == published[::-1]


@pytest.mark.parametrize(
    ("path", "asked", "status", "field"),
    [("stories", *refused) for refused in REFUSED]
    + [("evidence", *refused) for refused in REFUSED if not refused[0].startswith(("limit", "after"))],
)
def test_what_cannot_be_asked_is_refused_with_its_name(
    client: CheckedClient, published: list[str], path: str, asked: str, status: int, field: str
) -> None:
    response = client.get(f"/api/v1/{path}?{asked}")
    assert (response.status_code, response.mimetype) == (status, "application/json")
    assert response.json is not None
    assert set(response.json["title"]) == {"cy", "en"}
    assert list(response.json.get("detail", {}).get("query", {})) == ([field] if field else [])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/", 404),
        ("get", "/api/v2/stories", 404),
        ("delete", "/api/v1/stories", 405),
        ("post", "/api/v1/evidence", 405),
        ("get", "/api/v1/stories/1", 404),
    ],
)
def test_every_error_of_the_api_is_json(client: CheckedClient, method: str, path: str, status: int) -> None:
    response = getattr(client, method)(path)
    assert (response.status_code, response.mimetype) == (status, "application/json")
    assert set(response.json) == {"error", "title", "advice"}


def test_a_story_shows_its_passages_and_who_agrees(client: CheckedClient, site: Site, project: str) -> None:
    with site.writing() as session:
        reference = make_public(session, "The bus to the surgery is gone, and I worry.")
        make_story(session, text="Waiting in the queue, unpublished.")
        make_staff(session)
    (story,) = get(client, "stories")["stories"]
    assert set(story) == {
        "reference", "text", "language", "area", "told_as", "published_on", "project", "demonstration", "quotable",
            "tags", "translations",
    }  # fmt: skip
    assert (story["reference"], story["published_on"], story["area"]) == (reference, "2026-04-02", None)
    assert story["tags"]
    for tag in story["tags"]:
        assert tag["agreed"] is False
        assert [story["text"][p["start"] : p["end"]] for p in tag["passages"]] == [
            p["text"] for p in tag["passages"]
        ]


def test_reading_changes_nothing(client: CheckedClient, site: Site, published: list[str]) -> None:
    get(client, "stories")
    with site.reading() as session:
        assert session.query(Publication).count() == 5
