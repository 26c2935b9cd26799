"""Whatever is sent to the telling pages, the answer is a clear page with everything typed still there; never a 500."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from involve.services.stories.tell import LONGEST_TEXT
from involve.web.site import Site
from tests.pages import Browser
from tests.web.tell.telling import FORM, Teller, code_on, step_of, stories, whole_form

TAKEN_OUT = "We removed characters that cannot be displayed. Check your story, then continue."
MANY_WORDS = "geiriau " * 100_000
REFUSED = [
    ("nothing", "", "", "Write your story. A few words are enough."),
    ("space", " \t\r\n ", " \t\n ", "Write your story. A few words are enough."),
    ("a null", "one\0two", "onetwo", TAKEN_OUT),
    ("only nulls", "\0\0", "", TAKEN_OUT),
    ("control characters", "one\x1b[31mtwo\x07", "one[31mtwo", TAKEN_OUT),
    (
        "100,000 words",
        MANY_WORDS,
        MANY_WORDS,
        "Your story has 800,000 characters. Shorten it to 20,000 at most, or send it in parts.",
    ),
    (
        "one character too many",
        "ŵ" * (LONGEST_TEXT + 1),
        "ŵ" * (LONGEST_TEXT + 1),
        "Your story has 20,001 characters. Shorten it to 20,000 at most, or send it in parts.",
    ),
    (
        "100,000 words that take nine bytes a letter",
        "कहानी " * 100_000,
        "कहानी " * 100_000,
        "Your story has 600,000 characters. Shorten it to 20,000 at most, or send it in parts.",
    ),
]
TAKEN = [
    ("right to left", "مرحبا، هذه قصتي عن الحافلة"),
    ("emoji", "👩🏽‍🦽 a’r bws 🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
    ("html", "<script>alert('x')</script><b>&amp; more</b>"),
    ("a formula", '=HYPERLINK("http://example.com")'),
    ("a template", "{{ 7 * 7 }} {% raw %} %(count)s"),
    ("line ends at the start", "\n\n  Words after two empty lines."),
    ("the longest", "ŵ" * LONGEST_TEXT),
    ("marks of direction", "one \u202etwo\u202c three"),
]


@pytest.fixture
def teller(page: Browser, project: str) -> Teller:
    """Someone telling in English."""
    return Teller(page, project)


@pytest.mark.parametrize(
    ("text", "shown", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
@pytest.mark.parametrize("sending", [False, True], ids=["on the first page", "when sent"])
def test_a_text_that_cannot_be_taken_comes_back_with_the_reason(
    teller: Teller, site: Site, sending: bool, text: str, shown: str, message: str
) -> None:
    if sending:
        answer = teller.page.post(teller.address, whole_form(story=text))
    else:
        answer = teller.go_on(teller.start(), story=text)
    assert (answer.status, step_of(answer), answer.errors) == (422, "story", [message])
    assert answer.fields(FORM)["story"] == shown
    assert stories(site) == 0


@pytest.mark.parametrize("text", [row[1] for row in TAKEN], ids=[row[0] for row in TAKEN])
def test_any_text_that_can_be_read_is_taken_and_shown_as_words(teller: Teller, text: str) -> None:
    check = teller.last_page(text)
    assert check.fields(FORM)["story"] == text
    assert check.one(".words").get_text() == text
    receipt = teller.press(check, "sent")
    assert receipt.status == 200
    mine = teller.page.send(receipt, form='form[action$="my-story"]')
    assert mine.one(".words").get_text() == text
    assert mine.one(".words")["dir"] == "auto"


GARBLED: list[tuple[str, dict[str, Any], int, str]] = [
    ("an unknown step", {"step": "nowhere", "go": "next"}, 200, "about"),
    ("a null as step and button", {"step": "\0", "go": "\0"}, 200, "about"),
    ("no step", {"step": None, "go": None}, 200, "about"),
    ("a button that there is not", {"step": "about", "go": "sell"}, 200, "agree"),
    ("a client id that is none", {"step": "about", "go": "next", "client_id": "\0x"}, 200, "agree"),
    ("an area that there is not", {"area": "W06999999"}, 422, "about"),
    ("a null as area", {"area": "\0"}, 422, "about"),
    ("told as nothing known", {"told_as": "rumour"}, 422, "about"),
    ("nothing said of whose story it is", {"told_as": None}, 422, "about"),
    ("a use that there is not", {"uses": ["publish", "sell"]}, 422, "agree"),
    ("read not agreed to", {"read": None}, 422, "agree"),
    ("read refused in words", {"read": "false"}, 422, "agree"),
    ("a language that there is not", {"reply_language": "fr"}, 422, "agree"),
    ("a surrogate that no encoding holds", {"area": "\ufffd"}, 422, "about"),
]


@pytest.mark.parametrize(
    ("changed", "status", "step"), [row[1:] for row in GARBLED], ids=[row[0] for row in GARBLED]
)
def test_a_garbled_form_goes_on_at_the_right_step_with_the_words_kept(
    teller: Teller, site: Site, changed: dict[str, Any], status: int, step: str
) -> None:
    answer = teller.page.post(teller.address, whole_form(**changed))
    assert (answer.status, step_of(answer)) == (status, step)
    assert answer.fields(FORM)["story"] == "There is no bus after six."
    assert stories(site) == 0


@pytest.mark.parametrize("button", [{"go": "check"}, {"switch": "1", "step": "check", "go": None}])
def test_the_last_page_shows_no_answer_that_cannot_be_taken(teller: Teller, button: dict[str, Any]) -> None:
    answer = teller.page.post(
        teller.address, whole_form(**{"reply_language": "\x1f", "step": "agree", **button})
    )
    assert (answer.status, step_of(answer)) == (422, "agree")
    assert answer.fields(FORM)["story"] == "There is no bus after six."


def test_of_fields_that_come_twice_the_first_counts(teller: Teller) -> None:
    form = {**whole_form(step="about", go="next"), "story": ["First.", "Second."], "uses": ["quote", "quote"]}
    answer = teller.page.post(teller.address, form)
    assert answer.fields(FORM)["story"] == "First."
    form = {**answer.fields(FORM), "step": "agree", "go": "next", "read": "y", "reply_language": "en"}
    assert step_of(teller.page.post(teller.address, form)) == "check"


def test_a_use_that_is_carried_twice_is_given_once(teller: Teller) -> None:
    answer = teller.page.post(teller.address, whole_form(step="about", go="next", uses=["quote", "quote"]))
    assert answer.soup.select("input[name=uses][checked]")[0]["value"] == "quote"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"story=%ff%fe%00&step=story", "application/x-www-form-urlencoded"),
        (b"\xff\xfe=\x00&&&==", "application/x-www-form-urlencoded"),
        (b"story=%ED%A0%80&step=story", "application/x-www-form-urlencoded"),
        (b"not a form at all", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\nwords\r\n--x--", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"\x00" * 100, "text/plain"),
    ],
)
def test_a_body_that_is_no_form_is_answered_with_a_page(
    teller: Teller, site: Site, body: bytes, kind: str
) -> None:
    answer = teller.page.client.post(teller.address, data=body, content_type=kind)
    assert answer.status_code in (200, 400, 413, 422)
    assert stories(site) == 0


def test_far_too_much_is_refused_with_a_page(teller: Teller) -> None:
    answer = teller.page.post(teller.address, whole_form(story="a" * 9 * 1024 * 1024))
    assert answer.status == 413
    assert answer.h1 == "That is too much to send at once"


@pytest.mark.parametrize(
    "address", ["/en/projects/nowhere/tell", "/en/projects/%00/tell", "/cy/prosiectau/’/dweud"]
)
def test_a_project_that_there_is_not_is_a_page_not_found(page: Browser, project: str, address: str) -> None:
    assert page.get(address).status == 404
    assert page.post(address, whole_form()).status == 404


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.sampled_from(
    [
        "step",
        "go",
        "switch",
        "client_id",
        "story",
        "told_as",
        "area",
        "read",
        "uses",
        "reply_language",
        "website",
    ]
)
VALUES = st.one_of(
    ANYTHING, st.sampled_from(["story", "about", "agree", "check", "sent", "own", "cy", "y", "quote"])
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, st.lists(VALUES, min_size=1, max_size=3)))
def test_no_form_breaks_the_site(teller: Teller, form: dict[str, list[str]]) -> None:
    answer = teller.page.post(teller.address, form)
    assert answer.status in (200, 409, 422)
    story = form.get("story", [""])[0]
    if answer.soup.select(FORM) and story.isprintable() and story.strip():
        assert answer.fields(FORM)["story"] == story
    else:
        assert answer.soup.select(FORM) or code_on(answer)
