"""A teller weighs options by code: one vote, kept as it was meant, and seen by nobody else."""

import pytest
from flask import Flask

from involve.services.deciding.ballots import edit_ballot, open_ballot
from involve.services.deciding.options import decline_option, edit_option
from involve.services.stories.tell import Receipt
from involve.web.site import Site
from tests.ballots import (
    OPENED,
    TITLES,
    make_ballot,
    make_draft_ballot,
    make_option,
    make_plan,
    make_shared_project,
)
from tests.factories import NOW, Clock, make_staff, make_story
from tests.pages import Browser
from tests.web.my_story.coming_back import type_code

VOTES = {"cy": "/cy/fy-stori/pleidleisiau", "en": "/en/my-story/votes"}
VOTE = {"cy": "/cy/fy-stori/pleidleisiau/1", "en": "/en/my-story/votes/1"}
OFFER = {"cy": "/cy/fy-stori/pleidleisiau/1/cynnig", "en": "/en/my-story/votes/1/put-forward"}


@pytest.fixture
def told(site: Site) -> Receipt:
    """A story of a project that is decided together with people."""
    with site.writing() as session:
        make_shared_project(session)
        return make_story(session, reply_language="cy")


@pytest.fixture
def teller(app: Flask, told: Receipt) -> Browser:
    """Its teller, who came in by code."""
    browser = Browser(app.test_client())  # type: ignore[arg-type]
    type_code(browser, told.code)
    return browser


def open_vote(site: Site, method: str) -> None:
    with site.writing() as session:
        make_ballot(session, make_staff(session, "decision_maker"), method=method)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_teller_marks_what_they_could_live_with_and_changes_their_mind(
    teller: Browser, site: Site, language: str
) -> None:
    open_vote(site, "approval")
    story = teller.get({"cy": "/cy/fy-stori", "en": "/en/my-story"}[language])
    assert {"cy": "nid ydych wedi pleidleisio eto", "en": "you have not voted yet"}[language] in story
    form = teller.get(VOTE[language])
    kept = teller.send(form, form="#vote", marks=["1", "3"])
    voted = [each.get_text() for each in kept.soup.select("section.card ul li")]
    assert voted == [TITLES[0].in_language(language), TITLES[2].in_language(language)]
    again = teller.get(VOTE[language])
    assert again.fields("#vote")["marks"] == ["1", "3"]
    none = teller.send(again, form="#vote", marks="none")
    assert {"cy": "Ni allech fyw", "en": "You could live with none"}[language] in none
    assert teller.get(VOTE[language]).fields("#vote")["marks"] == "none"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_teller_puts_options_in_order_with_plain_numbers(
    teller: Browser, site: Site, language: str
) -> None:
    open_vote(site, "ranked")
    form = teller.get(VOTE[language])
    kept = teller.send(form, form="#vote", **{"rank-1": "2", "rank-3": "1"})
    order = [each.get_text() for each in kept.soup.select("section.card ol li")]
    assert order == [TITLES[2].in_language(language), TITLES[0].in_language(language)]
    again = teller.get(VOTE[language]).fields("#vote")
    assert (again["rank-1"], again["rank-2"], again["rank-3"]) == ("2", "", "1")


@pytest.mark.parametrize(
    ("ranks", "problem"),
    [
        ({"rank-1": "1", "rank-2": "1"}, "Another option has the number 1 too"),
        ({"rank-1": "1", "rank-2": "3"}, "No option has the number 2"),
        ({"rank-2": "2"}, "No option has the number 1"),
        ({}, "Give at least one option a number"),
        ({"rank-1": "4"}, "Choose from the answers shown"),
        ({"rank-1": "one"}, "Choose from the answers shown"),
    ],
)
def test_numbers_that_make_no_order_come_back_as_typed(
    teller: Browser, site: Site, ranks: dict[str, str], problem: str
) -> None:
    open_vote(site, "ranked")
    refused = teller.send(teller.get(VOTE["en"]), form="#vote", **ranks)
    assert refused.status == 422
    assert len(refused.errors) == 1
    assert problem in refused.errors[0]
    typed = refused.fields("#vote")
    assert all(typed[name] == number for name, number in ranks.items() if number in ("1", "2", "3"))
    assert not teller.get(VOTES["en"]).soup.select("section.card ol")


@pytest.mark.parametrize(
    ("marks", "problem"),
    [
        (None, "Mark at least one option"),
        (["1", "none"], "take one or the other away"),
        (["9"], "Choose from the answers shown"),
    ],
)
def test_marks_that_say_nothing_come_back(
    teller: Browser, site: Site, marks: list[str] | None, problem: str
) -> None:
    open_vote(site, "approval")
    refused = teller.send(teller.get(VOTE["en"]), form="#vote", marks=marks)
    assert refused.status == 422
    assert problem in refused.errors[0]
    assert "Your vote" not in [each.get_text() for each in teller.get(VOTES["en"]).soup.select("h3")]


def test_options_that_changed_while_they_were_read_are_read_again(teller: Browser, site: Site) -> None:
    open_vote(site, "approval")
    form = teller.get(VOTE["en"])
    with site.writing() as session:
        edit_option(session, make_staff(session, "decision_maker"), 1, OPENED, make_option(2), NOW)
    stopped = teller.send(form, form="#vote", marks=["1"])
    assert stopped.status == 409
    assert "Read them again" in stopped
    assert stopped.fields("#vote")["marks"] == "1"
    assert "Your vote is kept" in teller.send(stopped, form="#vote")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_after_the_last_day_a_vote_is_kept_and_not_changed(
    teller: Browser, told: Receipt, site: Site, clock: Clock, language: str
) -> None:
    open_vote(site, "approval")
    teller.send(teller.get(VOTE[language]), form="#vote", marks=["1"])
    late = teller.get(VOTE[language])
    clock.move(days=11)
    type_code(teller, told.code, language)
    refused = teller.send(late, form="#vote", marks=["2"])
    assert {"cy": "ar agor nawr", "en": "not open now"}[language] in refused
    voted = [each.get_text() for each in refused.soup.select("section.card ul li")]
    assert voted == [TITLES[0].in_language(language)]
    assert refused.soup.select(
        'a[href$="/projects/bywyd-da/votes/1"], a[href$="/prosiectau/bywyd-da/pleidleisiau/1"]'
    )


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_teller_puts_an_option_forward_and_reads_what_became_of_it(
    teller: Browser, site: Site, language: str
) -> None:
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        make_draft_ballot(session, staff)
    form = teller.get(OFFER[language])
    assert form.fields("#offer")["language"] == language
    empty = teller.send(form, form="#offer", title=" ", text="Ar bob stryd.")
    assert empty.status == 422
    assert empty.fields("#offer")["text"] == "Ar bob stryd."
    kept = teller.send(form, form="#offer", language="cy", title="Coed afalau", text="Ar bob stryd.")
    assert {"cy": "Mae staff yn edrych arno", "en": "Staff are looking at it"}[language] in kept
    with site.writing() as session:
        decline_option(session, staff, 4, 4, "Mae’r strydoedd yn rhy gul.", NOW)
    declined = teller.get(VOTES[language])
    assert "Mae’r strydoedd yn rhy gul." in declined
    assert {"cy": "Heb ei dderbyn", "en": "Not taken up"}[language] in declined
    for number in (2, 3):
        teller.send(teller.get(OFFER[language]), form="#offer", title=f"Coeden {number}")
    assert not teller.get(VOTES[language]).soup.select(f'a[href="{OFFER[language]}"]')
    many = teller.send(form, form="#offer", title="Coeden 4")
    assert many.status == 422
    with site.writing() as session:
        for option in (5, 6):
            decline_option(session, staff, option, option, "Na.", NOW)
        open_ballot(session, staff, 1, 7, NOW)
    settled = teller.send(form, form="#offer", title="Coeden 5")
    assert {"cy": "wedi’u cadarnhau", "en": "are settled"}[language] in settled


def test_a_stranger_neither_sees_nor_votes(app: Flask, told: Receipt, site: Site) -> None:
    open_vote(site, "approval")
    with site.writing() as session:
        make_shared_project(session, "arall")
        other = make_story(session, "arall")
    stranger = Browser(app.test_client())  # type: ignore[arg-type]
    assert TITLES[0].en not in stranger.get(VOTES["en"])
    type_code(stranger, other.code)
    assert "Options to weigh" not in stranger.get("/en/my-story")
    for path in (VOTES["en"], VOTE["en"], OFFER["en"]):
        assert TITLES[0].en not in stranger.get(path)


def test_the_other_language_keeps_what_was_marked(teller: Browser, site: Site) -> None:
    open_vote(site, "ranked")
    form = teller.get(VOTE["en"])
    switched = teller.post(VOTE["cy"], {**form.fields("#vote"), "rank-2": "1", "switch": "1"})
    assert switched.fields("#vote")["rank-2"] == "1"
    assert not switched.errors


def test_a_vote_that_has_not_begun_shows_its_options_and_takes_nothing(teller: Browser, site: Site) -> None:
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        make_draft_ballot(session, staff)
        edit_ballot(session, staff, 1, 4, make_plan(opens=3), NOW)
        open_ballot(session, staff, 1, 5, NOW)
    shown = teller.get(VOTES["en"])
    assert "Not open yet" in shown
    assert TITLES[0].en in shown
    assert not shown.soup.select(f'a[href="{VOTE["en"]}"]')
    assert "not open now" in teller.get(VOTE["en"])
