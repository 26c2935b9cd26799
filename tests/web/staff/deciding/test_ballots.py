"""Staff prepare a vote: both languages, nobody's words lost, and nothing changes once somebody voted."""

import pytest

from involve.models import Stage
from involve.services.deciding.options import put_forward
from involve.web.site import Site
from tests.ballots import TITLES, make_ballot, make_draft_ballot, make_shared_project, vote
from tests.factories import NOW, Clock, make_staff, make_story
from tests.pages import Browser, Page
from tests.web.conftest import SignIn

NEW = {
    "cy": "/cy/staff/prosiectau/bywyd-da/camau/1/pleidleisiau/newydd",
    "en": "/en/staff/projects/bywyd-da/stages/1/votes/new",
}
VOTE = {"cy": "/cy/staff/pleidleisiau/1", "en": "/en/staff/votes/1"}
QUESTION = {
    "question_cy": "Beth ddylai ddod gyntaf?",
    "question_en": "What should come first?",
    "method": "ranked",
    "opens_on-day": "2",
    "opens_on-month": "4",
    "opens_on-year": "2026",
    "closes_on-day": "12",
    "closes_on-month": "4",
    "closes_on-year": "2026",
}
OPTION = {
    "title_cy": "Bws gyda’r nos",
    "title_en": "An evening bus",
    "text_cy": "Bob awr tan ddeg.",
    "text_en": "Every hour until ten.",
}


@pytest.fixture
def decider(sign_in: SignIn, site: Site) -> Browser:
    """A decision-maker of a project that is decided together with people."""
    with site.writing() as session:
        make_shared_project(session)
    return sign_in("decision_maker")


@pytest.fixture
def draft(decider: Browser, site: Site) -> int:
    """A vote in draft with three options."""
    with site.writing() as session:
        return make_draft_ballot(session, make_staff(session, "decision_maker"))


def press(browser: Browser, at: Page, address: str, **typed: str) -> Page:
    return browser.send(at, form=f'form[action="{address}"]', **typed)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_vote_is_drafted_filled_and_opened(decider: Browser, page: Browser, language: str) -> None:
    project = decider.get(
        {"cy": "/cy/staff/prosiectau/bywyd-da", "en": "/en/staff/projects/bywyd-da"}[language]
    )
    assert {"cy": "Pwyso a mesur dewisiadau", "en": "Weigh options"}[language] in project
    drafted = decider.send(decider.get(NEW[language]), form="#ballot", **QUESTION)
    assert drafted.h1 == QUESTION[f"question_{language}"]
    opening = VOTE[language] + {"cy": "/agor", "en": "/open"}[language]
    refused = press(decider, drafted, opening)
    assert refused.status == 422
    assert {"cy": "o leiaf ddau ddewis", "en": "at least two options"}[language] in refused
    for _ in range(2):
        form = decider.get(VOTE[language] + {"cy": "/dewisiadau", "en": "/options"}[language])
        filled = decider.send(form, form="#option", **OPTION)
    assert OPTION["text_cy"] in filled
    assert OPTION["text_en"] in filled
    public = {"cy": "/cy/prosiectau/bywyd-da/pleidleisiau/1", "en": "/en/projects/bywyd-da/votes/1"}[language]
    assert page.get(public).status == 404
    opened = press(decider, filled, opening)
    assert {"cy": "Ar agor", "en": "Open"}[language] in opened
    assert QUESTION[f"question_{language}"] in page.get(public)


def test_a_question_that_cannot_be_comes_back_with_all_that_was_typed(decider: Browser) -> None:
    new = decider.get(NEW["en"])
    for wrong, problem in (
        ({"question_cy": ""}, "Write"),
        ({"method": "dice"}, "Choose from the answers shown"),
        ({"closes_on-day": "1"}, "The last day comes before the first"),
        ({"opens_on-month": "3", "closes_on-month": "3"}, "The last day has passed already"),
        ({"closes_on-day": "31"}, "Enter a real date"),
        ({"question_en": "x" * 301}, "At most 300 characters"),
    ):
        refused = decider.send(new, form="#ballot", **{**QUESTION, **wrong})
        assert refused.status == 422
        assert any(problem in error for error in refused.errors), (wrong, refused.errors)
        typed = refused.fields("#ballot")
        assert all(
            typed.get(name) == words for name, words in {**QUESTION, **wrong}.items() if name != "method"
        )


def test_an_option_in_one_language_comes_back_with_all_that_was_typed(decider: Browser, draft: int) -> None:
    form = decider.get("/cy/staff/pleidleisiau/1/dewisiadau")
    for missing in OPTION:
        refused = decider.send(form, form="#option", **{**OPTION, missing: ""})
        assert refused.status == 422
        assert len(refused.errors) == 1
        typed = refused.fields("#option")
        assert all(typed[name] == words for name, words in OPTION.items() if name != missing)
    decider.send(form, form="#option", **{**OPTION, "text_cy": "", "text_en": ""})
    assert len(decider.get(VOTE["en"]).soup.select("section.card")) == 4


def test_a_colleague_who_was_quicker_overwrites_nothing(decider: Browser, draft: int) -> None:
    mine, theirs = decider.get("/en/staff/options/1"), decider.get("/en/staff/options/1")
    question = decider.get("/en/staff/votes/1/edit")
    decider.send(theirs, form="#option", title_en="Their words")
    stopped = decider.send(mine, form="#option", title_en="My words")
    assert stopped.status == 409
    assert "Their words" in stopped
    assert stopped.fields("#option")["title_en"] == "My words"
    late = decider.send(question, form="#ballot", question_en="My question?")
    assert late.status == 409
    assert late.fields("#ballot")["question_en"] == "My question?"
    shown = decider.send(late, form="#ballot")
    assert shown.h1 == "My question?"
    assert "Their words" in shown
    again = decider.send(stopped, form="#option")
    assert again.status == 409
    assert "My words" in decider.send(again, form="#option")
    opening = decider.get(VOTE["en"])
    decider.send(decider.get("/en/staff/options/2"), form="#option", title_en="Meanwhile")
    refused = press(decider, opening, "/en/staff/votes/1/open")
    assert refused.status == 409
    assert "Look at it again" in refused


@pytest.mark.parametrize("language", ["cy", "en"])
def test_what_is_put_forward_is_accepted_or_declined_in_the_language_of_its_teller(
    decider: Browser, draft: int, site: Site, language: str
) -> None:
    with site.writing() as session:
        teller = make_story(session, reply_language="cy").story_id
        for title in ("Siop y pentref", "Tram i’r traeth"):
            put_forward(session, teller, draft, "cy", title, "", NOW)
    shown = decider.get(VOTE[language])
    assert "Siop y pentref" in shown
    option = {"cy": "/cy/staff/dewisiadau/", "en": "/en/staff/options/"}[language]
    half = decider.send(decider.get(f"{option}4"), form="#option")
    assert half.status == 422
    accepted = decider.send(half, form="#option", title_en="A village shop")
    assert {"cy": "Gan gyfranogwr", "en": "From a participant"}[language] in accepted
    decline = decider.get(f"{option}5" + {"cy": "/gwrthod", "en": "/decline"}[language])
    assert {"cy": "ysgrifennwch y rheswm yn Gymraeg", "en": "write the reason in Welsh"}[language] in decline
    assert decline.one("textarea")["lang"] == "cy"
    assert decider.send(decline, form="#decline", reason="").status == 422
    declined = decider.send(decline, form="#decline", reason="Nid oes lle.")
    assert "Tram i’r traeth" not in declined
    again = decider.get(f"{option}5")
    assert {"cy": "Edrychwch arni eto", "en": "Look at it again"}[language] in again


def test_what_staff_wrote_is_taken_away_and_what_a_teller_wrote_is_not(
    decider: Browser, draft: int, site: Site
) -> None:
    with site.writing() as session:
        put_forward(session, make_story(session).story_id, draft, "en", "A tram", "", NOW)
    shown = decider.get(VOTE["en"])
    left = press(decider, shown, "/en/staff/options/1/remove")
    assert TITLES[0].en not in left
    assert TITLES[1].en in left
    data = left.fields('form[action="/en/staff/options/2/remove"]')
    assert "owed a reason" in decider.post("/en/staff/options/4/remove", data)
    assert "take it away instead" in decider.get("/en/staff/options/2/decline")
    assert TITLES[1].en in decider.get(VOTE["en"])


def test_an_open_vote_keeps_two_options_at_least(decider: Browser, site: Site) -> None:
    with site.writing() as session:
        make_ballot(session, make_staff(session, "decision_maker"))
    press(decider, decider.get(VOTE["en"]), "/en/staff/options/1/remove")
    refused = press(decider, decider.get(VOTE["en"]), "/en/staff/options/2/remove")
    assert "at least two options" in refused
    assert TITLES[1].en in refused


def test_nothing_changes_once_somebody_voted(decider: Browser, site: Site) -> None:
    with site.writing() as session:
        ballot = make_ballot(session, make_staff(session, "decision_maker"))
    form = decider.get("/en/staff/options/1")
    with site.writing() as session:
        vote(session, ballot, [1])
    for path in ("/en/staff/options/1", "/en/staff/votes/1/edit", "/en/staff/votes/1/options"):
        assert "Somebody has voted already" in decider.get(path)
    assert "Somebody has voted already" in decider.send(form, form="#option", title_en="Other words")
    assert "Other words" not in decider.get(VOTE["en"])


@pytest.mark.parametrize("language", ["cy", "en"])
def test_staff_see_a_result_when_everybody_does_and_beside_their_draft(
    decider: Browser, page: Browser, site: Site, clock: Clock, language: str
) -> None:
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        ballot = make_ballot(session, staff)
        vote(session, ballot, *[[2]] * 5, *[[1, 2]] * 5)
    words = {**OPTION, "change_cy": "Newidiwyd y cynllun.", "change_en": "The plan was changed."}
    decision = decider.send(
        decider.get("/en/staff/projects/bywyd-da/stages/1/decision"), form="#decision", **words
    )
    assert "Nobody sees a result" in decision
    for shown in (decider.get(VOTE[language]), page.get("/en/projects/bywyd-da/votes/1")):
        assert "10" not in [each.get_text(strip=True) for each in shown.soup.select("main td")]
    clock.move(days=11)
    decision_page = decider.get({"cy": "/cy/staff/penderfyniadau/1", "en": "/en/staff/decisions/1"}[language])
    row = {"cy": "Goleuadau ar y llwybr 1 10", "en": "Lights on the path 1 10"}[language]
    for shown in (decider.get(VOTE[language]), decision_page):
        assert row in shown


@pytest.mark.parametrize("role", ["moderator", "analyst", "worker"])
def test_who_does_not_decide_is_refused(sign_in: SignIn, decider: Browser, draft: int, role: str) -> None:
    other = sign_in(role)
    for path in (
        "/en/staff/projects/bywyd-da/stages/1/votes",
        NEW["en"],
        VOTE["en"],
        "/en/staff/votes/1/edit",
        "/en/staff/votes/1/options",
        "/en/staff/options/1",
        "/en/staff/options/1/decline",
    ):
        assert other.get(path).status == 403
    assert decider.get("/en/staff/votes/99").status == 404
    assert decider.get("/en/staff/options/99").status == 404


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_rung_that_only_asks_offers_no_vote(decider: Browser, site: Site, language: str) -> None:
    with site.writing() as session:
        session.get_one(Stage, 1).rung = "consult"
    project = decider.get(
        {"cy": "/cy/staff/prosiectau/bywyd-da", "en": "/en/staff/projects/bywyd-da"}[language]
    )
    assert {"cy": "Pwyso a mesur dewisiadau", "en": "Weigh options"}[language] not in project
    address = NEW[language].rsplit("/", 1)[0]
    assert not decider.get(address).soup.select(f'a[href="{NEW[language]}"]')
    assert decider.send(decider.get(NEW[language]), form="#ballot", **QUESTION).status == 409
