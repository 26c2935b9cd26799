"""The pages of promises: what anyone may see, what a body answers for, and what tellers say with their code."""

import pytest
from flask import Flask

from involve.models import Stage
from involve.services.deciding.verdicts import MyVerdict, give_verdict
from involve.services.snapshots.due import take_snapshot
from involve.web.site import Site
from tests.factories import NOW, Clock, make_project, make_staff, make_story
from tests.grounds import give_ground
from tests.pages import Browser, Page
from tests.web.conftest import SignIn
from tests.web.my_story.coming_back import ADDRESSES, type_code

PROMISES = {"cy": "/cy/addewidion", "en": "/en/promises"}
PROMISE = {"cy": "/cy/prosiectau/bywyd-da/addewid", "en": "/en/projects/bywyd-da/promise"}
OFFER = "form:has([name=reference])"
WORDS = {
    "title_cy": "Bws am wyth",
    "title_en": "A bus at eight",
    "text_cy": "Bydd bws am wyth o’r gloch.",
    "text_en": "There will be a bus at eight o’clock.",
    "change_cy": "Roedd y bws am saith yn y cynllun cyntaf.",
    "change_en": "The bus was at seven in the first plan.",
}
WHY = {"cy": "Nid oes gennym ddigon o amser.", "en": "We do not have enough time."}


@pytest.fixture
def decider(sign_in: SignIn, site: Site) -> Browser:
    """A decision-maker of a project that is decided together with people."""
    with site.writing() as session:
        make_project(session)
        session.get_one(Stage, 1).rung = "collaborate"
    return sign_in("decision_maker")


def publish(decider: Browser) -> Page:
    return decider.send(decider.get("/en/staff/decisions/1/publish"), {"go": "publish"}, form="#publish")


def come_back(app: Flask, code: str, language: str = "en") -> Page:
    return type_code(Browser(app.test_client()), code, language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "kept", "due"),
    [("cy", "Wedi’u cadw: 0.", "Eu dyddiad heb ddod: 2."), ("en", "Kept: 0.", "Not due yet: 2.")],
)
def test_anyone_sees_what_was_promised_and_how_it_stands(
    page: Browser, project: str, language: str, kept: str, due: str
) -> None:
    totals = page.get(PROMISES[language])
    assert kept in totals
    assert due in totals
    own = page.get(PROMISE[language])
    assert {"cy": "Ateb pob stori", "en": "Answer every story"}[language] in own
    assert {"cy": "I’w wneud ymhen 60 diwrnod", "en": "Due in 60 days"}[language] in own
    assert {"cy": "Tro’r corff yw hi", "en": "It is the body’s turn"}[language] in own


def test_how_many_were_answered_is_for_staff_to_see_at_once_and_for_others_on_mondays(
    page: Browser, decider: Browser, site: Site
) -> None:
    with site.writing() as session:
        make_story(session)
    assert "Answered: 0 of 1" in decider.get("/en/staff/projects/bywyd-da")
    shown = page.get(PROMISE["en"])
    assert "Answered:" not in shown
    (link,) = [each for each in shown.soup.select("main a") if "How many were answered" in each.get_text()]
    assert "has not been counted yet" in page.get(str(link["href"]).split("#")[0])


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_late_duty_is_marked_whatever_the_body_explains(
    page: Browser, decider: Browser, clock: Clock, site: Site, language: str
) -> None:
    with site.writing() as session:
        make_story(session)
    clock.move(days=62)
    form = decider.get("/en/staff/projects/bywyd-da/stages/1/explanation")
    decider.send(form, form="#ask", duty="answer", text_cy=WHY["cy"], text_en=WHY["en"])
    shown = page.get(PROMISE[language])
    assert WHY[language] in shown
    assert {"cy": "2 ddiwrnod yn hwyr", "en": "Late by 2 days"}[language] in shown


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_lowered_rung_is_public_and_told_by_code(
    app: Flask, page: Browser, decider: Browser, site: Site, language: str
) -> None:
    with site.writing() as session:
        told = make_story(session, reply_language=language)
    form = decider.get("/cy/staff/prosiectau/bywyd-da/camau/1/gris")
    assert decider.send(form, form="#ask", rung="inform", reason_cy=WHY["cy"]).status == 422
    decider.send(form, form="#ask", rung="inform", reason_cy=WHY["cy"], reason_en=WHY["en"])
    shown = page.get(PROMISE[language])
    assert {"cy": "Gostyngwyd yr addewid", "en": "The promise was lowered"}[language] in shown
    assert WHY[language] in shown
    assert WHY[language] in come_back(app, told.code, language)


def test_a_decision_goes_before_the_panel_and_only_then_to_the_public(
    app: Flask, page: Browser, decider: Browser, site: Site
) -> None:
    with site.writing() as session:
        told = make_story(session)
    decision = decider.send(
        decider.get("/en/staff/projects/bywyd-da/stages/1/decision"), form="#decision", **WORDS
    )
    refused = publish(decider)
    assert refused.status == 409
    assert "nobody has taken a seat" in refused
    offered = decider.send(
        decider.get("/en/staff/projects/bywyd-da"),
        form="form:has([name=reference])",
        reference=told.reference,
    )
    assert "Offered" in offered
    member = Browser(app.test_client())  # type: ignore[arg-type]
    type_code(member, told.code)
    member.send(member.get("/en/my-story/panel"), {"seat": "take"})
    refused = publish(decider)
    assert "Put the decision before the panel first" in refused
    decider.send(decision, {"go": "propose"})
    speak = member.get("/cy/fy-stori/panel/1")
    assert WORDS["text_cy"] in speak
    silent = member.send(speak, form="#speak", verdict="disagree", reason="")
    assert silent.status == 422
    member.send(speak, form="#speak", verdict="disagree", reason="Too late for school.")
    refused = publish(decider)
    assert "Too late for school." in refused
    assert WORDS["title_en"] not in page.get(PROMISE["en"])
    changed = decider.get("/en/staff/decisions/1/edit")
    decider.send(changed, form="#decision", text_en="There will be a bus at seven.")
    again = member.get("/en/my-story/panel/1")
    assert "There will be a bus at seven." in again
    member.send(again, form="#speak", verdict="agree")
    with site.writing() as session:
        give_ground(session, make_staff(session, "decision_maker"), 1)
    publish(decider)
    for language in ("cy", "en"):
        assert WORDS[f"title_{language}"] in page.get(PROMISE[language])
    assert "Too late for school." not in page.get(PROMISE["en"])


def test_a_colleague_who_was_quicker_overwrites_nothing(decider: Browser) -> None:
    new = decider.get("/en/staff/projects/bywyd-da/stages/1/decision")
    decider.send(new, form="#decision", **WORDS)
    mine, theirs = decider.get("/en/staff/decisions/1/edit"), decider.get("/en/staff/decisions/1/edit")
    decider.send(theirs, form="#decision", text_en="Their words.")
    stopped = decider.send(mine, form="#decision", text_en="My words.")
    assert stopped.status == 409
    assert "Their words." in stopped
    assert "My words." in stopped.html
    kept = decider.send(stopped, form="#decision")
    assert "My words." in kept


def test_a_decision_without_one_language_comes_back_with_all_that_was_typed(decider: Browser) -> None:
    new = decider.get("/cy/staff/prosiectau/bywyd-da/camau/1/penderfyniad")
    for missing in ("title_cy", "text_en", "change_cy"):
        refused = decider.send(new, form="#decision", **{**WORDS, missing: ""})
        assert refused.status == 422
        assert refused.errors
        typed = refused.fields("#decision")
        assert all(typed[name].strip() == words for name, words in WORDS.items() if name != missing)


@pytest.mark.parametrize("role", ["moderator", "analyst", "worker"])
def test_who_does_not_answer_for_a_promise_is_refused(
    sign_in: SignIn,
    decider: Browser,
    role: str,
) -> None:
    decider.send(decider.get("/en/staff/projects/bywyd-da/stages/1/decision"), form="#decision", **WORDS)
    other = sign_in(role)
    for path in (
        "/en/staff/projects/bywyd-da",
        "/en/staff/projects/bywyd-da/stages/1/rung",
        "/en/staff/projects/bywyd-da/stages/1/decision",
        "/en/staff/decisions/1",
        "/en/staff/decisions/1/edit",
    ):
        assert other.get(path).status == 403
    assert "Getting" not in other.get("/en/staff/projects")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_teller_says_how_it_felt_and_later_with_one_tap_what_changed(
    app: Flask, clock: Clock, site: Site, project: str, language: str
) -> None:
    with site.writing() as session:
        told = make_story(session)
    teller = Browser(app.test_client())  # type: ignore[arg-type]
    type_code(teller, told.code, language)
    form = teller.get({"cy": "/cy/fy-stori/addewid", "en": "/en/my-story/promise"}[language])
    teller.send(form, form="#promise", influence_before="2", felt="inform")
    again = teller.get({"cy": "/cy/fy-stori/addewid", "en": "/en/my-story/promise"}[language])
    assert again.fields("#promise")["felt"] == "inform"
    address = {"cy": "/cy/fy-stori/newid", "en": "/en/my-story/changed"}[language]
    assert not teller.get(ADDRESSES[language]).soup.select(f'form[action="{address}"]')
    clock.move(days=61)
    mine = type_code(teller, told.code, language)
    thanked = teller.send(mine, {"changed": "partly"}, form=f'form[action="{address}"]')
    assert thanked.soup.select('button[value="partly"][aria-pressed="true"]')


def test_what_people_felt_stands_beside_what_was_claimed_with_its_interval(
    page: Browser, site: Site, project: str, clock: Clock
) -> None:
    with site.writing() as session:
        for number in range(12):
            felt = MyVerdict(2, 4, "inform" if number < 6 else "consult", "yes")
            give_verdict(session, make_story(session).story_id, felt, NOW)
    assert "Too few people have answered" in page.get(PROMISE["en"])
    clock.move(days=7)
    with site.writing() as session:
        take_snapshot(session, clock())
    shown = page.get(PROMISE["en"])
    assert "Claimed: Consult." in shown
    assert "It felt like less say than promised 50 % 25–75 % 12" in shown


def test_nobody_without_a_seat_reads_what_is_before_the_panel(
    app: Flask, decider: Browser, site: Site
) -> None:
    with site.writing() as session:
        told = make_story(session)
    decider.send(decider.get("/en/staff/projects/bywyd-da/stages/1/decision"), form="#decision", **WORDS)
    stranger = Browser(app.test_client())  # type: ignore[arg-type]
    type_code(stranger, told.code)
    for path in ("/en/my-story/panel", "/en/my-story/panel/1", "/en/my-story/panel/99"):
        assert WORDS["text_en"] not in stranger.get(path)


def test_an_offer_for_a_story_that_is_not_there_keeps_what_was_typed(decider: Browser) -> None:
    refused = decider.send(decider.get("/en/staff/projects/bywyd-da"), form=OFFER, reference="CYM-NONE")
    assert refused.status == 422
    assert refused.fields(OFFER)["reference"] == "CYM-NONE"
