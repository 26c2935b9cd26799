"""Projects: opened whole or not at all, open by their days, and found only under a slug that can be one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, InvolveError, LanguageMissing, NotFound, StageClosed
from involve.services.projects.projects import (
    add_body,
    add_project,
    current_stage,
    find_body,
    find_open_stage,
    find_project,
    get_project,
    list_all_projects,
    list_projects,
    name_projects,
)
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_body, make_plan, make_project
from tests.publications import Shown, add_rows

TODAY = NOW.date()


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_body(session)
        yield session


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def test_a_project_is_shown_as_it_was_planned(session: Session) -> None:
    plan = make_plan("bywyd-da")
    add_project(session, plan, NOW)
    view = get_project(session, "bywyd-da", TODAY)
    assert (view.slug, view.name, view.summary, view.body) == (
        plan.slug, plan.name, plan.summary, Bilingual("Corff Prawf", "Test Body"),
    )  # fmt: skip
    for name in (
        "kind",
        "ladder",
        "rung",
        "question",
        "undecided",
        "decided",
        "opens_on",
        "closes_on",
        "answer_by",
    ):
        assert getattr(view.current, name) == getattr(plan.stages[0], name)
    assert view.open


@pytest.mark.parametrize(
    ("today", "progress"),
    [(-11, "coming"), (-10, "open"), (0, "open"), (20, "open"), (21, "past"), (400, "past")],
)
def test_a_stage_is_open_from_its_first_day_to_its_last(session: Session, today: int, progress: str) -> None:
    make_project(session)
    assert get_project(session, "bywyd-da", days(today)).current.progress == progress
    project = find_project(session, "bywyd-da")
    if progress == "open":
        assert find_open_stage(project, days(today)).kind == "identification"
    else:
        with pytest.raises(StageClosed):
            find_open_stage(project, days(today))


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (-11, "identification"),
        (0, "identification"),
        (25, "planning_design"),
        (35, "planning_design"),
        (60, "planning_design"),
    ],
)
def test_the_current_stage_is_the_open_one_else_the_next_else_the_last(
    session: Session, today: int, kind: str
) -> None:
    first = make_plan("dau-gam").stages[0]
    later = {"opens_on": days(30), "closes_on": days(40), "answer_by": days(50), "kind": "planning_design"}
    add_project(session, replace(make_plan("dau-gam"), stages=(first, replace(first, **later))), NOW)
    assert get_project(session, "dau-gam", days(today)).current.kind == kind
    assert current_stage(find_project(session, "dau-gam"), days(today)).kind == kind


def test_open_projects_come_first_then_those_to_come_then_past_ones(session: Session) -> None:
    make_project(session, "gorffennol", opens=-30, closes=-2)
    make_project(session, "dyfodol", opens=2, closes=9)
    make_project(session, "hir", closes=30)
    make_project(session, "byr", closes=3)
    make_project(session, "cudd")
    find_project(session, "cudd").listed = False
    assert [view.slug for view in list_projects(session, TODAY)] == ["byr", "hir", "dyfodol", "gorffennol"]
    assert [(view.slug, listed) for view, listed in list_all_projects(session, TODAY)][:2] == [
        ("byr", True),
        ("cudd", False),
    ]
    assert set(name_projects(session)) == {"byr", "dyfodol", "gorffennol", "hir"}
    add_rows(session, "cudd", [Shown()])
    assert name_projects(session)["cudd"] == Bilingual("Bywyd da yn y fro", "A good life locally")
    assert get_project(session, "cudd", TODAY).slug == "cudd"


BACKWARDS = {"opens_on": days(5), "closes_on": days(1)}


@pytest.mark.parametrize(
    ("changed", "of_stage", "error"),
    [
        ({"name": Bilingual("", "Name")}, {}, LanguageMissing),
        ({"summary": Bilingual("Crynodeb", " \n")}, {}, LanguageMissing),
        ({}, {"question": Bilingual("Beth?", "")}, LanguageMissing),
        ({}, {"undecided": Bilingual("", "This")}, LanguageMissing),
        ({}, {"decided": Bilingual("", "")}, LanguageMissing),
        ({}, {"rung": "unheard-of"}, NotFound),
        ({}, {"ladder": "unheard-of"}, NotFound),
        ({}, {"kind": "unheard-of"}, BadInput),
        ({}, BACKWARDS, BadInput),
        ({}, {"answer_by": days(-20)}, BadInput),
        ({"stages": ()}, {}, BadInput),
        ({"body": "unheard-of"}, {}, NotFound),
        *[
            ({"slug": slug}, {}, BadInput)
            for slug in ("", "Bywyd", "bywyd da", "-a", "a-", "a--b", "tŷ", "a/b", "\0", "\ud800", "a" * 81)
        ],
    ],
)  # fmt: skip
def test_a_project_that_breaks_a_rule_is_not_opened(
    session: Session, changed: dict[str, object], of_stage: dict[str, object], error: type[InvolveError]
) -> None:
    plan = make_plan("bywyd-da")
    plan = replace(plan, stages=(replace(plan.stages[0], **of_stage),))  # type: ignore[arg-type]
    with pytest.raises(error):
        add_project(session, replace(plan, **changed), NOW)  # type: ignore[arg-type]
    assert list_all_projects(session, TODAY) == ()


def test_a_slug_is_unique(session: Session) -> None:
    make_project(session)
    with pytest.raises(BadInput):
        make_project(session)


@pytest.mark.parametrize(
    "slug", ["", "unheard-of", "BYWYD-DA", "bywyd-da ", "%", "\0", "\ud800", "a" * 10_000]
)
def test_an_unknown_project_is_not_found(session: Session, slug: str) -> None:
    make_project(session)
    with pytest.raises(NotFound):
        get_project(session, slug, TODAY)


def test_a_body_is_added_once_and_found_by_slug_or_number(session: Session) -> None:
    number = add_body(session, "corff", Bilingual("Corff", "Body"))
    assert add_body(session, "corff", Bilingual("Corff arall", "Other body")) == number
    assert find_body(session, "corff").id == find_body(session, str(number)).id == number
    for unknown in ("", "unheard-of", "0", "-1", "9" * 30, "١"):
        with pytest.raises(NotFound):
            find_body(session, unknown)


@pytest.mark.parametrize("name", [Bilingual("", "Body"), Bilingual("Corff", " ")])
def test_a_body_has_a_name_in_both_languages(session: Session, name: Bilingual) -> None:
    with pytest.raises(LanguageMissing):
        add_body(session, "corff", name)
