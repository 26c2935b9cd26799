"""What a project states about stories and the law: whole, in both languages, and never worse for who told already."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, InvolveError, LanguageMissing, NotAllowed, NotFound
from involve.models import Event, Project, Stage
from involve.services.projects.privacy import KeepsLonger, change_privacy, show_privacy
from involve.services.projects.projects import find_project
from involve.vocabulary.days import ENDLESS
from tests.factories import NOW, make_project, make_staff, make_story

PRIVACY = {
    "basis": "public_task",
    "rests_on_cy": "Ein dyletswydd llesiant.",
    "rests_on_en": "Our well-being duty.",
    "condition": "statutory_purposes",
    "controller_cy": "Corff Prawf",
    "controller_en": "Test Body",
    "officer_cy": "diogelu@corff.example",
    "officer_en": "privacy@corff.example",
    "keep_months": "24",
    "keep_published": "yes",
}


def change(
    factory: SessionFactory, slug: str = "bywyd-da", role: str = "administrator", **values: Any
) -> None:
    with transaction(factory) as session:
        change_privacy(session, make_staff(session, role), slug, {**PRIVACY, **values}, NOW)


@pytest.fixture(autouse=True)
def projects(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session, "arall")
        make_project(session)


def shown(factory: SessionFactory, slug: str = "bywyd-da") -> Any:
    with factory() as session:
        return show_privacy(session, find_project(session, slug).id)


def test_nothing_is_assumed_of_a_project_that_has_stated_nothing(factory: SessionFactory) -> None:
    assert shown(factory) is None


def test_what_is_stated_is_kept_shown_and_an_event_without_words(factory: SessionFactory) -> None:
    change(factory)
    privacy = shown(factory)
    assert privacy.values == PRIVACY
    assert not privacy.asks_expressly
    assert shown(factory, "arall") is None
    with factory() as session:
        events = session.scalars(select(Event).where(Event.kind == "privacy_changed")).all()
        assert [event.detail["fields"] for event in events] == [sorted(PRIVACY)]
    change(factory)
    change(factory, keep_months="12")
    with factory() as session:
        events = session.scalars(
            select(Event).where(Event.kind == "privacy_changed").order_by(Event.id)
        ).all()
        assert [event.detail["fields"] for event in events][1:] == [["keep_months"]]


def test_express_agreement_is_asked_for_only_where_the_body_rests_on_it(factory: SessionFactory) -> None:
    change(factory, condition="explicit_consent")
    assert shown(factory).asks_expressly


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"basis": ""}, NotFound),
        ({"basis": "because"}, NotFound),
        ({"condition": "consent"}, NotFound),
        ({"rests_on_cy": " "}, LanguageMissing),
        ({"officer_en": ""}, LanguageMissing),
        ({"keep_months": "0"}, BadInput),
        ({"keep_months": "121"}, BadInput),
        ({"keep_months": "²"}, BadInput),
        ({"keep_published": ""}, BadInput),
        ({"slug": "nowhere"}, NotFound),
        ({"role": "decision_maker"}, NotAllowed),
        ({"role": "moderator"}, NotAllowed),
    ],
)
def test_half_a_statement_is_refused_and_keeps_nothing(
    factory: SessionFactory, values: dict[str, str], error: type[InvolveError]
) -> None:
    with pytest.raises(error):
        change(factory, **values)
    assert shown(factory) is None


def test_who_told_a_story_is_never_kept_longer_than_they_were_told(factory: SessionFactory) -> None:
    change(factory, keep_published="no")
    change(factory, keep_months="36", keep_published="no")
    with transaction(factory) as session:
        make_story(session, tagged=False)
    for longer in ({"keep_months": "37", "keep_published": "no"}, {"keep_months": "36"}):
        with pytest.raises(KeepsLonger):
            change(factory, **longer)
    change(factory, keep_months="6", keep_published="no")
    assert shown(factory).keep_months == 6
    change(factory, "arall", keep_months="120")


def test_the_clock_runs_from_the_day_by_which_the_last_stage_is_answered(factory: SessionFactory) -> None:
    change(factory)
    assert shown(factory).erased_on == date(2028, 6, 1)
    with transaction(factory) as session:
        project = session.scalars(select(Project).where(Project.slug == "bywyd-da")).one()
        for stage in session.scalars(select(Stage).where(Stage.project_id == project.id)):
            stage.closes_on = stage.answer_by = ENDLESS
            stage.answer_days, stage.report_months = 30, 3
    assert shown(factory).erased_on is None
