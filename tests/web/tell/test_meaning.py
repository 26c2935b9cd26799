"""Saying what one's story means while telling it: without scripts, in both languages, with and without mistakes."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from involve.models import Signification, Stage
from involve.services.projects.projects import find_project
from involve.services.projects.signifiers import Signified, SignifierPlan, add_signifier, read_signified
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import Site
from tests.factories import NOW, Clock, make_staff
from tests.pages import Browser, Page
from tests.web.tell.telling import Teller, code_on, step_of

COMPANY, HELP, EAR = Bilingual("Cwmni", "Company"), Bilingual("Cymorth", "Help"), Bilingual("Clust", "An ear")
PLANS = (
    SignifierPlan("triad", Bilingual("Beth oedd yn bwysig?", "What mattered?"), (COMPANY, HELP, EAR)),
    SignifierPlan(
        "scale", Bilingual("Sut oedd?", "How was it?"), (Bilingual("Drwg", "Bad"), Bilingual("Da", "Good"))
    ),
    SignifierPlan("frequency", Bilingual("Pa mor aml?", "How often?")),
)
BOTH = pytest.mark.parametrize("language", ["cy", "en"])
SPOT = {"meaning-q1-a": "2", "meaning-q1-b": "1", "meaning-q1-c": "1"}


@pytest.fixture
def asking(site: Site, project: str) -> str:
    """A project whose stage asks what stories mean."""
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        for plan in PLANS:
            add_signifier(session, staff, 1, plan, NOW)
    return project


def answers(site: Site) -> dict[int, Signified]:
    with site.reading() as session:
        return {row.signifier_id: read_signified(row) for row in session.query(Signification)}


def tell(teller: Teller, **typed: str) -> Page:
    """Go as far as the last page with these answers about meaning."""
    at = teller.go_on(teller.start(), story="Some words of mine.")
    at = teller.go_on(teller.go_on(at, **typed))
    return teller.go_on(at, read="y")


@BOTH
def test_three_numbers_a_place_and_a_choice_are_kept(
    page: Browser, asking: str, site: Site, language: str
) -> None:
    teller = Teller(page, asking, language)
    second = teller.go_on(teller.start(), story="Some words of mine.")
    assert step_of(second) == "meaning"
    assert PLANS[0].question.in_language(language) in second
    last = tell(teller, **SPOT, **{"meaning-q2": "70", "meaning-q3": "often"})
    assert step_of(last) == "check"
    assert f"{COMPANY.in_language(language)}: 50 %" in last
    teller.press(last, "sent")
    assert answers(site) == {
        1: Signified(triad=(50, 25, 25)),
        2: Signified(place=70),
        3: Signified(answer="often"),
    }


def test_every_question_may_be_left_out_or_said_not_to_fit(page: Browser, asking: str, site: Site) -> None:
    teller = Teller(page, asking)
    teller.press(tell(teller, **{"meaning-q1-fit": "no", "meaning-q2": "no-fit"}), "sent")
    assert answers(site) == {1: Signified(fits=False), 2: Signified(fits=False)}


@pytest.mark.parametrize(
    "typed", [("-1", "50", "51"), ("0", "0", "0"), ("half", "1", "1"), ("nan", "1", "1"), ("9" * 9, "1", "1")]
)
@BOTH
def test_a_spot_outside_the_triangle_comes_back_as_it_was_typed(
    page: Browser, asking: str, language: str, typed: tuple[str, str, str]
) -> None:
    teller = Teller(page, asking, language)
    at = teller.go_on(teller.start(), story="Some words of mine.")
    names = ("meaning-q1-a", "meaning-q1-b", "meaning-q1-c")
    back = teller.go_on(at, **dict(zip(names, typed, strict=True)), **{"meaning-q2": "30"})
    assert (back.status, step_of(back)) == (422, "meaning")
    assert back.soup.select_one(".govuk-error-summary a")["href"] == "#meaning-q1-a"  # type: ignore[index]
    assert [back.one(f'input[name="{name}"]')["value"] for name in names] == list(typed)
    assert back.one('input[name="meaning-q2"][value="30"]').has_attr("checked")


def test_an_answer_that_was_not_on_the_page_is_refused(page: Browser, asking: str, site: Site) -> None:
    teller = Teller(page, asking)
    at = teller.go_on(teller.start(), story="Some words of mine.")
    assert teller.go_on(at, **{"meaning-q3": "never heard"}).status == 422
    assert answers(site) == {}


def test_what_was_answered_is_there_on_the_way_back_and_in_the_other_language(
    page: Browser, asking: str
) -> None:
    teller = Teller(page, asking)
    about = teller.go_on(teller.go_on(teller.start(), story="Some words."), **SPOT)
    back = teller.press(about, "meaning")
    assert back.one('input[name="meaning-q1-a"]')["value"] == "2"
    welsh = teller.switch(back, **{"meaning-q3": "once"})
    assert welsh.one('input[name="meaning-q1-a"]')["value"] == "2"
    assert welsh.one('input[name="meaning-q3"][value="once"]').has_attr("checked")
    assert PLANS[0].question.cy in welsh


def test_a_stage_that_asks_nothing_has_no_such_page(page: Browser, project: str) -> None:
    teller = Teller(page, project)
    assert step_of(teller.go_on(teller.start(), story="Some words of mine.")) == "about"


def test_a_receipt_that_is_loaded_again_in_the_next_stage_is_the_same(
    page: Browser, asking: str, site: Site, clock: Clock
) -> None:
    teller = Teller(page, asking)
    last = tell(teller, **SPOT)
    receipt = teller.press(last, "sent")
    clock.move(days=30)
    assert code_on(teller.press(last, "sent")) == code_on(receipt)
    with site.writing() as session:
        add_stage(session, asking)
    again = teller.press(last, "sent")
    assert code_on(again) == code_on(receipt)


def add_stage(session: Session, slug: str) -> None:
    """Open another stage, which asks something else under the same key."""
    first = find_project(session, slug).stages[0]
    values = {
        column.name: getattr(first, column.name) for column in Stage.__table__.columns if column.name != "id"
    }
    days = {
        "opens_on": first.closes_on + timedelta(days=1),
        "closes_on": first.closes_on + timedelta(days=60),
    }
    answer = {"answer_by": first.closes_on + timedelta(days=90)}
    stage = Stage(**{**values, **days, **answer, "kind": "evaluation", "position": 2})
    session.add(stage)
    session.flush()
    add_signifier(session, make_staff(session, "decision_maker"), stage.id, PLANS[2], NOW)
