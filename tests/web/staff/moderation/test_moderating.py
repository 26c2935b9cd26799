"""Hiding and publishing: what a moderator hides is hidden, and no colleague's work is undone unseen."""

import pytest

from involve.web.site import Site
from tests.factories import make_story
from tests.pages import Browser, Page, words_of
from tests.web.conftest import SignIn

TEXT = "My neighbour Gwenllian Tudur rings 01632 960123 when the bus fails. Our chapel has soup on Mondays."


@pytest.fixture
def reference(site: Site, moderator: Browser) -> str:
    """A story that nobody has moderated."""
    with site.writing() as session:
        return make_story(session, text=TEXT).reference


def moderate(page: Browser, at: Page, verdict: str, **typed: object) -> Page:
    reasons = {"held_reason": "second_look", "declined_reason": "threat"}
    return page.send(at, {"verdict": verdict}, form="#moderate", **{**reasons, **typed})


def public(page: Browser, reference: str) -> Page:
    return page.get(f"/en/evidence/{reference}")


def test_what_the_machine_noticed_is_hidden_unless_its_tick_is_taken_away(
    moderator: Browser, reference: str, page: Browser
) -> None:
    story = moderator.get(f"/en/staff/stories/{reference}")
    assert {"Gwenllian Tudur", "01632 960123"} <= {words_of(mark) for mark in story.soup.select("mark")}
    moderate(moderator, story, "published")
    shown = public(page, reference)
    assert shown.status == 200
    assert "Gwenllian" not in shown
    assert "960123" not in shown
    assert "Our chapel has soup" in shown


def test_other_words_are_hidden_under_the_kind_that_was_chosen(
    moderator: Browser, reference: str, page: Browser
) -> None:
    story = moderator.get(f"/en/staff/stories/{reference}")
    moderate(moderator, story, "published", words="Our chapel\n", kind="address")
    assert "[cyfeiriad · address] has soup" in public(page, reference)


def test_words_that_do_not_stand_in_the_story_are_refused_and_kept(
    moderator: Browser, reference: str, page: Browser
) -> None:
    story = moderator.get(f"/en/staff/stories/{reference}")
    refused = moderate(moderator, story, "published", words="our Chapel")
    assert refused.status == 422
    assert refused.fields("#moderate")["words"].strip() == "our Chapel"
    assert public(page, reference).status == 404


def test_what_a_colleague_hid_meanwhile_is_not_shown_again_by_pressing_twice(
    moderator: Browser, sign_in: SignIn, reference: str, page: Browser
) -> None:
    mine = moderator.get(f"/en/staff/stories/{reference}")
    colleague = sign_in("moderator")
    theirs = colleague.get(f"/en/staff/stories/{reference}")
    moderate(colleague, theirs, "save", words="Our chapel", kind="address")
    stopped = moderate(moderator, mine, "published", words="the bus")
    assert stopped.status == 409
    assert stopped.fields("#moderate")["words"].strip() == "the bus"
    moderate(moderator, stopped, "published")
    shown = public(page, reference)
    assert "Our chapel" not in shown
    assert "Gwenllian" not in shown
    assert "the bus" not in shown


def test_a_tick_for_what_a_colleague_showed_again_stays_and_the_change_is_told(
    moderator: Browser, sign_in: SignIn, reference: str
) -> None:
    first = moderator.get(f"/en/staff/stories/{reference}")
    moderate(moderator, first, "save", words="Our chapel")
    mine = moderator.get(f"/en/staff/stories/{reference}")
    colleague = sign_in("moderator")
    moderate(colleague, colleague.get(f"/en/staff/stories/{reference}"), "held", spans=[])
    stopped = moderate(moderator, mine, "published")
    assert stopped.status == 409
    assert any("meanwhile" in error for error in stopped.errors)
    assert len(stopped.fields("#moderate")["spans"]) == 3


@pytest.mark.parametrize("spans", ["0:9999:name", "x", "5:2:name", "0:5:secret", "\x1f", "0:5:name:9"])
def test_forged_boxes_hide_nothing_and_break_nothing(
    moderator: Browser, reference: str, page: Browser, spans: str
) -> None:
    story = moderator.get(f"/en/staff/stories/{reference}")
    assert moderate(moderator, story, "published", spans=[spans]).status == 200
    assert "[enw" not in public(page, reference)


@pytest.mark.parametrize("verdict", ["held", "declined"])
def test_a_story_that_is_held_or_declined_is_not_public_any_more(
    moderator: Browser, reference: str, page: Browser, verdict: str
) -> None:
    moderate(moderator, moderator.get(f"/en/staff/stories/{reference}"), "published")
    assert public(page, reference).status == 200
    moderate(moderator, moderator.get(f"/en/staff/stories/{reference}"), verdict)
    assert public(page, reference).status == 404


def test_without_consent_there_is_no_button_and_no_way_to_publish(
    moderator: Browser, site: Site, page: Browser
) -> None:
    with site.writing() as session:
        reference = make_story(session, uses=frozenset({"read"})).reference
    story = moderator.get(f"/en/staff/stories/{reference}")
    assert story.soup.select("button[value=published]") == []
    assert moderate(moderator, story, "published").status == 409
    assert public(page, reference).status == 404


def test_an_unknown_verdict_changes_nothing(moderator: Browser, reference: str, page: Browser) -> None:
    story = moderator.get(f"/en/staff/stories/{reference}")
    assert moderate(moderator, story, "shredded").status == 400
    assert public(page, reference).status == 404


def test_signs_of_risk_look_unlike_personal_details(moderator: Browser, site: Site) -> None:
    with site.writing() as session:
        text = "I want to end my life. Ring Mair on 01632 960123."
        reference = make_story(session, text=text).reference
    for path in (f"/en/staff/stories/{reference}", f"/cy/staff/straeon/{reference}"):
        story = moderator.get(path)
        pane = story.soup.select_one(".pane blockquote")
        assert pane is not None
        at_risk = " ".join(words_of(mark) for mark in pane.select("mark.risk"))
        assert "end my life" in at_risk
        assert "01632 960123" not in at_risk
        assert story.soup.select(".pane p mark.risk")
