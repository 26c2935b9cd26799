"""Opening a story by its code, and closing it: what is answered, and what the browser keeps."""

from dataclasses import replace

import pytest
from sqlalchemy import event
from werkzeug.http import dump_cookie

from involve.app import create_app
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import withdraw_story
from involve.settings import Settings
from involve.web.limits import limiter
from involve.web.site import Site
from tests.factories import NOW, Clock, make_story
from tests.pages import Browser, CheckedClient
from tests.web.my_story.coming_back import ADDRESSES, PARTS, kept_in_the_browser, press, type_code

UNKNOWN = (
    "This code does not open a story. Check it against your note. "
    "A story that was withdrawn cannot be opened again."
)
SLIP = "There is a mistake in the code: a letter or number is wrong or missing. Check it against your note."
SHUT = "No story is open on this device any more"
# A code with the right check characters that no story has.
NOBODYS = "0000-0000-0000-0000"


@pytest.fixture
def told(site: Site, project: str) -> Receipt:
    """A story, beside somebody else's."""
    with site.writing() as session:
        make_story(session, text="Noise: somebody else’s words about the library.")
        return make_story(session, text="There is no bus after six.")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_code_opens_the_story_in_either_language(page: Browser, told: Receipt, language: str) -> None:
    mine = type_code(page, told.code, language)
    assert mine.status == 200
    assert mine.response.request.path == ADDRESSES[language]
    assert mine.one(".words").get_text() == "There is no bus after six."
    assert "library" not in mine


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\t"]
)
def test_a_code_is_forgiven_its_case_spaces_and_hyphens(page: Browser, told: Receipt, change: object) -> None:
    assert callable(change)
    assert type_code(page, change(told.code)).status == 200


@pytest.mark.parametrize(
    ("code", "status", "message"),
    [
        ("", 422, "Type your story code"),
        ("   ", 422, "Type your story code"),
        ("K7QM-3XR9-TB2D", 422, SLIP),
        ("K7QM-3XR9-TB2D-5HWVX", 422, SLIP),
        ("’; drop table story; --", 422, SLIP),
        ("٠١٢٣-٤٥٦٧-٨٩٠١-٢٣٤٥", 422, SLIP),
        ("a" * 10_000, 422, SLIP),
        ("one\0two", 422, "Take out the characters that cannot be read, and send it again"),
        (NOBODYS, 404, UNKNOWN),
    ],
)
def test_a_code_that_opens_nothing_says_why_and_comes_back(
    page: Browser, told: Receipt, code: str, status: int, message: str
) -> None:
    answer = type_code(page, code)
    assert (answer.status, answer.errors) == (status, [message])
    assert answer.fields("form#open")["code"] == code.strip().replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert kept_in_the_browser(page.client) == {}


def test_one_wrong_letter_is_told_as_a_slip(page: Browser, told: Receipt) -> None:
    wrong = "Z" if told.code[0] != "Z" else "Y"
    assert type_code(page, wrong + told.code[1:]).errors == [SLIP]


def test_a_withdrawn_code_and_an_unknown_one_get_the_same_page(
    page: Browser, site: Site, told: Receipt
) -> None:
    with site.writing() as session:
        withdraw_story(session, told.story_id, NOW)
    withdrawn, unknown = type_code(page, told.code), type_code(page, NOBODYS)
    assert (withdrawn.status, unknown.status) == (404, 404)
    assert withdrawn.html.replace(told.code, "CODE") == unknown.html.replace(NOBODYS, "CODE")


def test_the_browser_keeps_the_number_of_the_story_and_the_time_and_nothing_else(
    page: Browser, told: Receipt
) -> None:
    opened = page.client.post("/en/my-story", data={"code": told.code})
    assert (opened.status_code, opened.headers["Location"]) == (303, "/en/my-story")
    assert kept_in_the_browser(page.client) == {"story": [told.story_id, int(NOW.timestamp())]}
    cookie = opened.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    page.get("/en/my-story")
    # The token of the forms, and a mark by which the sign-in of staff works.
    assert set(kept_in_the_browser(page.client)) == {"story", "csrf_token", "_fresh"}


def test_the_page_that_asks_for_the_code_sets_no_cookie(page: Browser, told: Receipt) -> None:
    for answer in (page.get("/en/my-story"), type_code(page, "wrong"), type_code(page, NOBODYS)):
        assert "Set-Cookie" not in answer.response.headers


def test_no_page_of_a_story_is_kept_by_a_cache(page: Browser, told: Receipt) -> None:
    answers = [
        type_code(page, told.code),
        *(page.get(f"/en/my-story{part}") for part in ("/agreement", "/withdraw")),
    ]
    for answer in answers:
        for response in (answer.response, *answer.response.history):
            assert response.headers["Cache-Control"] == "no-store"
        assert answer.soup.select("a[data-leave]")


def test_a_story_closes_itself_after_half_an_hour_without_use(
    page: Browser, told: Receipt, clock: Clock
) -> None:
    type_code(page, told.code)
    clock.move(minutes=29)
    assert page.get("/en/my-story").soup.select(".words")
    clock.move(minutes=30)
    assert page.get("/en/my-story").soup.select(".words")
    clock.move(minutes=31)
    closed = page.get("/en/my-story")
    assert SHUT in closed
    assert closed.soup.select("form#open")
    assert not closed.soup.select(".words")
    assert "story" not in kept_in_the_browser(page.client)


def test_a_story_is_closed_with_a_button(page: Browser, told: Receipt) -> None:
    closed = press(page, type_code(page, told.code), "close")
    assert "Your story is closed on this device." in closed
    assert page.get("/en/my-story").soup.select("form#open")


@pytest.mark.parametrize("part", ["agreement", "withdraw"])
@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_pages_behind_the_code_ask_for_it(page: Browser, told: Receipt, part: str, language: str) -> None:
    asked = page.get(PARTS[part][language])
    assert asked.response.request.path == ADDRESSES[language]
    assert asked.soup.select("form#open")


def test_a_story_that_was_withdrawn_on_another_device_closes_here(
    page: Browser, site: Site, told: Receipt
) -> None:
    mine = type_code(page, told.code)
    with site.writing() as session:
        withdraw_story(session, told.story_id, NOW)
    for part in ("close", "tags", "add"):
        at = press(page, mine, part) if mine.soup.select(f'form[action="{PARTS[part]["en"]}"]') else mine
        assert "There is no bus" not in (at if at is not mine else page.get("/en/my-story"))
    assert page.get("/en/my-story").soup.select("form#open")


def test_another_site_cannot_open_a_story_of_its_own_here(page: Browser, told: Receipt) -> None:
    answer = page.post("/en/my-story", {"code": told.code}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 400
    assert "story" not in kept_in_the_browser(page.client)
    same = page.post("/en/my-story", {"code": told.code}, headers={"Sec-Fetch-Site": "same-origin"})
    assert same.status == 200


def test_a_cookie_that_somebody_made_up_opens_nothing(page: Browser, told: Receipt) -> None:
    forged = dump_cookie("involve", "eyJzdG9yeSI6WzEsMV19.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    answer = page.client.get("/en/my-story", headers={"Cookie": forged.split(";")[0]})
    assert answer.status_code == 200
    assert b"open" in answer.data
    assert b"There is no bus" not in answer.data


def test_the_other_language_keeps_the_code_that_was_typed(page: Browser, told: Receipt) -> None:
    slip = type_code(page, "K7QM-3XR9")
    button = slip.one(".switch button")
    other = page.post(str(button["formaction"]), {**slip.fields("form#open"), "switch": "1"})
    assert (other.status, other.errors, other.one("html")["lang"]) == (200, [], "cy")
    assert other.fields("form#open")["code"] == "K7QM-3XR9"


def test_guessing_codes_is_limited(settings: Settings, clock: Clock, told: Receipt) -> None:
    client = limited_client(settings, clock)
    for _ in range(20):
        assert client.post("/en/my-story", data={"code": NOBODYS}).status_code == 404
    assert client.post("/en/my-story", data={"code": NOBODYS}).status_code == 429
    assert client.get("/en/my-story").status_code == 200


def test_a_shared_address_is_not_shut_out_by_right_codes_and_slips(
    settings: Settings, clock: Clock, told: Receipt
) -> None:
    client = limited_client(settings, clock)
    for code, status in ((told.code, 303), ("K7QM", 422)):
        for _ in range(25):
            assert client.post("/en/my-story", data={"code": code}).status_code == status
    assert client.post("/en/my-story", data={"code": NOBODYS}).status_code == 404
    assert client.post("/en/my-story", data={"code": told.code}).status_code == 303


def test_a_right_code_opens_its_story_however_often_others_there_were_wrong(
    settings: Settings, clock: Clock, told: Receipt
) -> None:
    client = limited_client(settings, clock)
    wrong = [client.post("/en/my-story", data={"code": NOBODYS}).status_code for _ in range(25)]
    assert set(wrong) == {404, 429}
    assert client.post("/en/my-story", data={"code": told.code}).status_code == 303
    assert client.post("/en/my-story", data={"code": NOBODYS}).status_code == 429


@pytest.mark.parametrize(
    ("address", "stated"),
    [
        ("/en/my-story", "at most 20 wrong codes a minute, and 200 an hour"),
        ("/cy/fy-stori", "20 o godau anghywir"),
    ],
)
def test_the_limit_is_stated_where_codes_are_typed(page: Browser, address: str, stated: str) -> None:
    assert stated in page.get(address)


def test_an_unknown_code_makes_the_same_work_as_a_withdrawn_one(
    page: Browser, site: Site, told: Receipt
) -> None:
    with site.writing() as session:
        withdraw_story(session, told.story_id, NOW)
    withdrawn, unknown = asked_for(page, site, told.code), asked_for(page, site, NOBODYS)
    assert unknown == withdrawn
    assert any("code_hash" in statement for statement in unknown)


def asked_for(page: Browser, site: Site, code: str) -> list[str]:
    """Return what the database is asked when a code is typed."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = site.factory.kw["bind"]
    event.listen(engine, "before_cursor_execute", note)
    page.post("/en/my-story", {"code": code})
    event.remove(engine, "before_cursor_execute", note)
    return asked


def limited_client(settings: Settings, clock: Clock) -> CheckedClient:
    """Return a browser on a site that counts, from zero."""
    app = create_app(replace(settings, limits=True), clock)
    app.test_client_class = CheckedClient
    limiter.reset()
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client
