"""Signifiers: what a stage asks about meaning, one spot one value, and what becomes of the answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed
from involve.models import Signification, Stage
from involve.services.projects.meanings import cell_of, list_groups, list_meanings, zone_of
from involve.services.projects.signifiers import (
    MOST,
    Signified,
    SignifierPlan,
    add_signifier,
    list_signifiers,
    remove_signifier,
    settle_triad,
)
from involve.services.stories.tell import tell_story
from involve.services.tellers.my_story import show_my_story, withdraw_story
from involve.vocabulary.bilingual import Bilingual
from tests.factories import CODE_KEY, NOW, make_draft, make_project, make_staff, make_story

TRIAD = SignifierPlan(
    "triad",
    Bilingual("Beth oedd yn bwysig?", "What mattered?"),
    (Bilingual("Cwmni", "Company"), Bilingual("Cymorth", "Help"), Bilingual("Clust", "An ear")),
)
SCALE = SignifierPlan(
    "scale", Bilingual("Sut oedd?", "How was it?"), (Bilingual("Drwg", "Bad"), Bilingual("Da", "Good"))
)
COMMON = SignifierPlan("frequency", Bilingual("Pa mor aml?", "How often?"))
WEIGHTS = st.lists(st.floats(0, 1000), min_size=3, max_size=3).filter(lambda found: sum(found) > 0.001)


@pytest.fixture
def asked(factory: SessionFactory) -> dict[str, int]:
    """The ids of a stage's signifiers by their keys: a triad q1, a scale q2 and a frequency q3."""
    with transaction(factory) as session:
        make_project(session)
        staff = make_staff(session, "decision_maker")
        return {
            f"q{at}": add_signifier(session, staff, 1, plan, NOW)
            for at, plan in enumerate((TRIAD, SCALE, COMMON), 1)
        }


@given(WEIGHTS)
def test_any_spot_in_the_triangle_settles_to_whole_per_cents(weights: list[float]) -> None:
    shares = settle_triad(weights)
    assert sum(shares) == 100
    total = sum(weights)
    assert all(abs(share - 100 * weight / total) < 1 for share, weight in zip(shares, weights, strict=True))


@given(WEIGHTS)
def test_a_settled_spot_settles_to_itself(weights: list[float]) -> None:
    assert settle_triad(settle_triad(weights)) == settle_triad(weights)


@pytest.mark.parametrize(
    "weights", [(-1, 50, 51), (0, 0, 0), (float("nan"), 1, 1), (float("inf"), 1, 1), (1, 1)]
)
def test_a_spot_outside_the_triangle_is_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(BadInput, match="outside"):
        settle_triad(weights)


@given(WEIGHTS)
def test_every_spot_lies_in_a_cell_that_is_drawn_and_in_a_zone(weights: list[float]) -> None:
    triad = settle_triad(weights)
    steps = [int(step) for step in cell_of(triad).split("-")[1:]]
    assert sum(steps) in (3, 4)
    assert all(0 <= step <= 4 for step in steps)
    assert zone_of(triad) in {f"zone-{part}" for part in ("a", "b", "c", "ab", "ac", "bc", "abc")}


def test_answers_are_kept_shown_to_their_teller_and_counted(
    factory: SessionFactory, asked: dict[str, int]
) -> None:
    said = {"q1": Signified(triad=(60, 30, 10)), "q2": Signified(fits=False), "q3": Signified(answer="often")}
    with transaction(factory) as session:
        receipt = make_story(session, signified=said)
        make_story(session, "bywyd-da", "Noise: someone else answered nothing.")
        shown = {
            signifier.key: each for signifier, each in show_my_story(session, receipt.story_id, NOW).signified
        }
        assert shown == said
        triad, scale, common = list_meanings(session, make_staff(session, "analyst"), "bywyd-da", 1)
        assert (triad.asked, len(triad.at("zone-a")), triad.unfit) == (2, 1, 0)
        assert (scale.meant, scale.unfit) == ((), 1)
        assert [each.reference for each in common.at("answer-often")] == [receipt.reference]


def test_a_group_sees_its_own_answers_only(factory: SessionFactory, asked: dict[str, int]) -> None:
    with transaction(factory) as session:
        analyst = make_staff(session, "analyst")
        mine = make_story(session, told_as="on_behalf", signified={"q2": Signified(place=20)})
        make_story(session, text="I told this one myself.", signified={"q2": Signified(place=20)})
        assert "told_as:on_behalf" in list_groups(session, analyst, "bywyd-da", 1)
        scale = list_meanings(session, analyst, "bywyd-da", 1, "told_as:on_behalf")[1]
        assert [each.reference for each in scale.meant] == [mine.reference]
        with pytest.raises(NotAllowed):
            list_meanings(session, make_staff(session, "worker"), "bywyd-da", 1)


def test_withdrawing_takes_the_answers_too(factory: SessionFactory, asked: dict[str, int]) -> None:
    with transaction(factory) as session:
        receipt = make_story(session, signified={"q2": Signified(place=50)})
        withdraw_story(session, receipt.story_id, NOW)
        assert session.scalars(select(Signification)).all() == []


@pytest.mark.parametrize(
    "said",
    [
        {"q1": Signified(triad=(50, 50, 50))},
        {"q1": Signified(place=50)},
        {"q2": Signified(place=101)},
        {"q3": Signified(answer="never heard")},
        {"q3": Signified(fits=False, answer="often")},
        {"q9": Signified(answer="often")},
    ],
)
def test_what_is_no_answer_keeps_nothing(
    factory: SessionFactory, asked: dict[str, int], said: dict[str, Signified]
) -> None:
    with factory() as session, pytest.raises(BadInput):
        tell_story(session, make_draft(signified=said), NOW, CODE_KEY)


def test_another_meaning_under_the_same_client_id_is_something_else(
    factory: SessionFactory, asked: dict[str, int]
) -> None:
    draft = make_draft(signified={"q2": Signified(place=50)})
    with transaction(factory) as session:
        first = tell_story(session, draft, NOW, CODE_KEY)
        assert tell_story(session, draft, NOW, CODE_KEY).code == first.code
        draft.signified["q2"] = Signified(place=60)  # type: ignore[index]
        with pytest.raises(Conflict):
            tell_story(session, draft, NOW, CODE_KEY)


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [
        (SignifierPlan("triad", TRIAD.question, TRIAD.labels[:2]), BadInput),
        (SignifierPlan("frequency", TRIAD.question, TRIAD.labels), BadInput),
        (SignifierPlan("scale", Bilingual("", "How?"), SCALE.labels), LanguageMissing),
        (
            SignifierPlan("scale", SCALE.question, (Bilingual("Da", ""), Bilingual("Drwg", "Bad"))),
            LanguageMissing,
        ),
        (SignifierPlan("scale", SCALE.question, (Bilingual("D" * 61, "G"), Bilingual("B", "B"))), BadInput),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    factory: SessionFactory, asked: dict[str, int], plan: SignifierPlan, refusal: type[Exception]
) -> None:
    with factory() as session, pytest.raises(refusal):
        add_signifier(session, make_staff(session, "decision_maker"), 1, plan, NOW)


def test_a_stage_asks_six_questions_at_most_and_an_answered_one_stays(
    factory: SessionFactory, asked: dict[str, int]
) -> None:
    with transaction(factory) as session:
        staff = make_staff(session, "decision_maker")
        for _ in range(MOST - len(asked)):
            add_signifier(session, staff, 1, COMMON, NOW)
        with pytest.raises(BadInput, match="many"):
            add_signifier(session, staff, 1, COMMON, NOW)
        make_story(session, signified={"q2": Signified(place=50)})
        with pytest.raises(BadInput, match="answered"):
            remove_signifier(session, staff, asked["q2"], NOW)
        remove_signifier(session, staff, asked["q1"], NOW)
        assert "q1" not in keys(session)


def keys(session: Session) -> list[str]:
    return [each.key for each in list_signifiers(session, session.get_one(Stage, 1).id)]
