"""Whatever stands in an address: the answer is what was asked for or says what is wrong, and never breaks."""

import random
from urllib.parse import urlencode

import pytest

from involve.web.api.parameters import FILTER_NAMES, PAGING_NAMES
from involve.web.site import Site
from tests.pages import CheckedClient
from tests.publications import Shown, add_rows

PATHS = (
    "/api/v1/stories", "/api/v1/evidence", "/en/evidence.atom", "/cy/tystiolaeth.atom", "/en/embed/evidence",
    "/cy/mewnosod",
)  # fmt: skip
STRANGE = (
    "2026-02-31", "0000-00-00", "2026-W01-1", "20260327", "-1", "0", "9" * 40, "1e3", "٣", "null", "[]", "{}",
    "' or 1=1 --", '"', "%", "%25", "*", "a AND NOT", "(((", "\ud7ff", "\ufffe", "\u202e", "ŵ", "x" * 10_000, " ",
    "\t", "../..", "goal=x", "healthier", "concern", "W06000023", "bywyd-da", "cy", "\0",
)  # fmt: skip
NAMES = (*FILTER_NAMES, *PAGING_NAMES, "colour", "page", "", "goal[]", "Q", "_anchor", "__class__")


@pytest.fixture
def published(site: Site, project: str) -> str:
    with site.writing() as session:
        add_rows(session, project, [Shown("A bus.", tags=(("goal", "healthier", "concern"),))])
    return project


def test_no_address_breaks_anything(client: CheckedClient, published: str) -> None:
    chance = random.Random(44)
    for number in range(120):
        asked = [(chance.choice(NAMES), chance.choice(STRANGE)) for _ in range(chance.randint(1, 3))]
        address = f"{PATHS[number % len(PATHS)]}?{urlencode(asked)}"
        answer = client.get(address)
        assert answer.status_code in (200, 400, 404, 422), address[:300]
        if address.startswith("/api/") and answer.status_code != 200:
            assert set(answer.json["title"]) == {"cy", "en"}, address[:300]


WRONG = [
    ("colour=red", "colour", "There is no filter of this name"),
    ("to=2026-02-31", "to", "The last day must be a date such as 2026-03-27"),
    ("q=" + "x" * 10_000, "q", "A search can have at most 200 characters"),
    ("goal=equal&goal=global", "goal", "Each filter can be given once"),
    ("limit=1e3", "limit", "A page can have 1 to 100 stories"),
    ("from=2026-03-02&to=2026-03-01", "to", "The last day is before the first, so no story can fit"),
]


def test_a_program_is_told_in_both_languages_what_is_wrong_and_what_is_known(
    client: CheckedClient, published: str
) -> None:
    for asked, name, said in WRONG:
        refused = client.get(f"/api/v1/stories?{asked}")
        assert refused.status_code == 422, asked
        cy, en = refused.json["detail"]["query"][name]
        assert en == said != cy
    # What the address of the page may hold beside its filters changes no count.
    same = client.get("/api/v1/evidence?goal=healthier&open=all&sort=match&after=&limit=5")
    assert same.json == client.get("/api/v1/evidence?goal=healthier").json
    detail = client.get("/api/v1/evidence?colour=red&stance=happy").json["detail"]
    assert detail["known_filters"] == list(FILTER_NAMES)
    assert detail["known_values"] == {"stance": ["concern", "idea", "mixed", "strength"]}
    listed = client.get("/api/v1/stories?colour=red").json["detail"]["known_filters"]
    assert set(listed) == {*FILTER_NAMES, *PAGING_NAMES}


def test_a_forged_place_in_the_list_is_refused_and_one_of_a_story_that_is_gone_goes_on(
    client: CheckedClient, published: str
) -> None:
    for place in ("x", "-1", "9" * 30, "1.5", "MTIz"):
        for path in ("/api/v1/stories", "/api/v1/decisions"):
            refused = client.get(f"{path}?after={place}")
            assert (refused.status_code, refused.json["error"]) == (400, "place_refused"), place
    assert client.get("/api/v1/stories?after=999999").json["total"] == 1
