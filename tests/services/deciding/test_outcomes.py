"""The record of a decision: options and who decided, what came of it day by day, and who is told, each of it once."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed, NotFound
from involve.models import DecisionOption, Letter, Outcome, Story
from involve.services.deciding.ahead import list_ahead
from involve.services.deciding.behind import stories_behind
from involve.services.deciding.considered import MOST_OPTIONS, Considered
from involve.services.deciding.decision_record import list_records, show_record
from involve.services.deciding.decisions import (
    DecisionDraft,
    draft_decision,
    edit_decision,
    list_decisions,
    publish_decision,
)
from involve.services.deciding.outcomes import OutcomeDraft, list_outcomes, note_outcome, show_status
from involve.services.insights.insight_answers import AnswerDraft, answer_insights
from involve.services.insights.insight_draft import InsightDraft
from involve.services.insights.insight_figures import count_reach
from involve.services.insights.insight_matches import judge_story
from involve.services.insights.insights import list_own, log_insight
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual
from tests.factories import CODE_KEY, NOW, make_staff
from tests.grounds import give_ground, publish_with_ground

TODAY = NOW.date()
WORDS = Bilingual("Mae’r bws yn mynd.", "The bus runs.")
DRAFT = DecisionDraft(
    Bilingual("Bws am wyth", "A bus at eight"),
    Bilingual("Bydd bws am wyth.", "There will be a bus at eight."),
    Bilingual("Roedd y bws am saith.", "The bus was at seven."),
    Bilingual("Pryd?", "When?"),
    Bilingual("Y pwyllgor", "The committee"),
    TODAY - timedelta(days=9),
    (
        Considered(Bilingual("Saith", "Seven"), False, Bilingual("Rhy gynnar", "Too early")),
        Considered(Bilingual("Wyth", "Eight"), True, Bilingual("Dyna a ofynnwyd", "It was asked for")),
    ),
)


def decide(factory: SessionFactory, staff: Actor, draft: DecisionDraft = DRAFT) -> int:
    """Publish a decision that has evidence, and return its id."""
    with transaction(factory) as session:
        decision_id = draft_decision(session, staff, 1, draft, NOW)
        publish_with_ground(session, staff, decision_id)
    return decision_id


def note(
    factory: SessionFactory,
    staff: Actor,
    decision_id: int,
    status: str = "under_way",
    day: date = TODAY,
    words: Bilingual = WORDS,
) -> tuple[int, ...]:
    """Note an outcome."""
    with transaction(factory) as session:
        return note_outcome(session, staff, decision_id, OutcomeDraft(status, words, day), NOW)


def refuse_draft(factory: SessionFactory, staff: Actor, draft: DecisionDraft) -> str:
    """Return why a draft is refused; nothing of it is kept."""
    with pytest.raises(BadInput) as refused, transaction(factory) as session:
        draft_decision(session, staff, 1, draft, NOW)
    with factory() as session:
        assert list_decisions(session, "bywyd-da", public=False) == ()
    return str(refused.value)


def test_the_record_says_what_was_asked_what_else_could_be_who_decided_and_when(
    factory: SessionFactory, staff: Actor
) -> None:
    decision_id = decide(factory, staff)
    with factory() as session:
        record = show_record(session, decision_id, TODAY)
    assert (record.question, record.decided_by) == (DRAFT.question, DRAFT.decided_by)
    assert (record.decided_on, record.status) == (DRAFT.decided_on, "agreed")
    assert record.decision.draft.options == DRAFT.options


def test_what_is_not_said_is_the_stages_question_the_body_and_the_day_of_publication(
    factory: SessionFactory, staff: Actor
) -> None:
    decision_id = decide(factory, staff, DecisionDraft(DRAFT.title, DRAFT.text, DRAFT.change))
    with factory() as session:
        record = show_record(session, decision_id, TODAY)
        assert record.question == record.stage.question
        assert record.decided_by == record.project.body
        assert record.decided_on == TODAY


@pytest.mark.parametrize("lost", ["question", "decided_by", "change"])
def test_what_is_said_in_one_language_only_is_refused(
    factory: SessionFactory, staff: Actor, lost: str
) -> None:
    assert refuse_draft(factory, staff, replace(DRAFT, **{lost: Bilingual("Yn Gymraeg", " ")})) == "en"
    assert refuse_draft(factory, staff, replace(DRAFT, **{lost: Bilingual("", "In English")})) == "cy"


def test_options_are_whole_readable_and_not_too_many(factory: SessionFactory, staff: Actor) -> None:
    whole, empty = DRAFT.options[0], Bilingual("", "")
    for options, why in (
        ((replace(whole, reason=empty),), "cy"),
        ((replace(whole, text=Bilingual("Saith", "")),), "en"),
        ((whole,) * (MOST_OPTIONS + 1), "many"),
        ((replace(whole, text=Bilingual("a" * 301, "b")),), "long"),
        ((replace(whole, reason=Bilingual("nul\0", "null")),), "unreadable"),
    ):
        assert refuse_draft(factory, staff, replace(DRAFT, options=options)) == why
    assert refuse_draft(factory, staff, replace(DRAFT, decided_on=date(26, 3, 2))) == "early"


def test_a_change_puts_the_options_in_the_place_of_the_old_and_loses_no_colleagues(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision_id = draft_decision(session, staff, 1, DRAFT, NOW)
        edit_decision(session, staff, decision_id, 1, replace(DRAFT, options=DRAFT.options[::-1]), NOW)
    with pytest.raises(Conflict), transaction(factory) as session:
        edit_decision(session, staff, decision_id, 1, replace(DRAFT, options=()), NOW)
    with factory() as session:
        (view,) = list_decisions(session, "bywyd-da", public=False)
        assert view.draft.options == DRAFT.options[::-1]
        assert session.scalar(select(func.count()).select_from(DecisionOption)) == 2


def test_a_decision_of_a_day_to_come_is_kept_but_not_published(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        soon = replace(DRAFT, decided_on=TODAY + timedelta(days=1))
        decision_id = draft_decision(session, staff, 1, soon, NOW)
        seen = give_ground(session, staff, decision_id)
    with pytest.raises(BadInput, match="future"), transaction(factory) as session:
        publish_decision(session, staff, decision_id, seen, NOW)
    with transaction(factory) as session:
        publish_decision(session, staff, decision_id, seen, NOW + timedelta(days=1))
    with factory() as session:
        assert show_record(session, decision_id, TODAY).decided_on == TODAY + timedelta(days=1)


def test_a_decision_stands_where_its_latest_day_says_and_its_history_stays(
    factory: SessionFactory, staff: Actor
) -> None:
    decision_id = decide(factory, staff)
    note(factory, staff, decision_id, "done", TODAY - timedelta(days=1))
    # What happened before may be added afterwards, and what was wrong is followed by what is so.
    note(factory, staff, decision_id, "under_way", TODAY - timedelta(days=3))
    with factory() as session:
        assert show_status(session, decision_id) == "done"
    note(factory, staff, decision_id, "not_done", TODAY - timedelta(days=1))
    with factory() as session:
        assert show_status(session, decision_id) == "not_done"
        assert [each.status for each in list_outcomes(session, decision_id)] == [
            "not_done",
            "done",
            "under_way",
        ]


def test_noting_the_same_twice_notes_it_once(factory: SessionFactory, staff: Actor) -> None:
    decision_id = decide(factory, staff)
    for _ in range(2):
        note(factory, staff, decision_id)
    with factory() as session:
        assert session.scalar(select(func.count()).select_from(Outcome)) == 1


def test_what_cannot_have_come_of_a_decision_is_refused(factory: SessionFactory, staff: Actor) -> None:
    decision_id, nothing = decide(factory, staff), Bilingual("", "")
    for status, day, words, why in (
        ("done", TODAY + timedelta(days=1), WORDS, "future"),
        ("done", TODAY - timedelta(days=10), WORDS, "before"),
        ("not_done", TODAY, nothing, "why"),
        ("proposed", TODAY, WORDS, "status"),
        ("done", TODAY, Bilingual("a" * 2001, "b"), "long"),
        ("done", TODAY, Bilingual("nul\0", "null"), "unreadable"),
        ("done", TODAY, Bilingual("Wedi’i wneud", ""), "en"),
    ):
        with pytest.raises(BadInput) as refused:
            note(factory, staff, decision_id, status, day, words)
        assert str(refused.value) == why
        assert isinstance(refused.value, LanguageMissing) == (why == "en")
    with factory() as session:
        assert list_outcomes(session, decision_id) == ()
    # On the day itself something may have come of it, and need not be said in words.
    note(factory, staff, decision_id, "done", TODAY - timedelta(days=9), nothing)


def test_nothing_comes_of_a_draft_and_only_those_who_decide_say_so(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        draft = draft_decision(session, staff, 1, DRAFT, NOW)
        moderator = make_staff(session, "moderator")
        stranger = make_staff(session, "decision_maker", "corff-arall")
    with pytest.raises(BadInput, match="draft"):
        note(factory, staff, draft)
    published = decide(factory, staff)
    with pytest.raises(NotAllowed):
        note(factory, moderator, published)
    for actor, decision_id in ((stranger, published), (staff, 999)):
        with pytest.raises(NotFound):
            note(factory, actor, decision_id)
    with factory() as session, pytest.raises(NotFound):
        show_record(session, draft, TODAY)


def log(factory: SessionFactory, worker: Actor, wants_letter: bool = True) -> int:
    """Log an insight of a worker."""
    with transaction(factory) as session:
        said = InsightDraft("bywyd-da", "No bus in the evening.", wants_letter=wants_letter)
        return log_insight(session, worker, said, uuid4(), NOW, CODE_KEY)


def test_whoever_logged_an_insight_sees_what_came_of_it_and_has_one_letter_for_each_outcome(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        worker, silent = make_staff(session, "worker"), make_staff(session, "worker")
    ids = [log(factory, worker), log(factory, worker), log(factory, silent, wants_letter=False)]
    decision_id = decide(factory, staff)
    with transaction(factory) as session:
        answer_insights(session, staff, ids, AnswerDraft("decided", decision_id=decision_id), NOW)
    counts = [len(note(factory, staff, decision_id, status)) for status in ("under_way", "under_way", "done")]
    assert counts == [1, 0, 1]
    with factory() as session:
        letters = session.scalars(select(Letter).where(Letter.kind == "decision_outcome")).all()
        assert [(each.user_id, each.detail) for each in letters] == [(worker.user_id, {})] * 2
        answer = list_own(session, silent)[0].answers[0]
        assert (answer.status, [each.status for each in answer.outcomes]) == ("done", ["done", "under_way"])


def test_an_insight_that_a_story_behind_a_decision_repeats_is_shown_it_and_counted_apart(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        worker, analyst = make_staff(session, "worker"), make_staff(session, "analyst")
    insight_id, decision_id = log(factory, worker), decide(factory, staff)
    with transaction(factory) as session:
        (story_id,) = stories_behind(session, decision_id)
        reference = session.get_one(Story, story_id).reference
        judge_story(session, analyst, insight_id, reference, "same", NOW)
    with factory() as session:
        assert [each.id for each in list_own(session, worker)[0].alongside] == [decision_id]
        (figures,) = count_reach(session, worker)
        assert (figures.reached, figures.named, figures.alongside) == (0, 0, 1)
    # An answer that names the decision says it once, not twice.
    with transaction(factory) as session:
        answer_insights(session, staff, [insight_id], AnswerDraft("decided", decision_id=decision_id), NOW)
    with factory() as session:
        assert list_own(session, worker)[0].alongside == ()
        (figures,) = count_reach(session, worker)
        assert (figures.reached, figures.named, figures.alongside) == (1, 1, 0)


def test_a_story_knows_each_published_decision_and_whether_its_theme_was_followed(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision_id = draft_decision(session, staff, 1, DRAFT, NOW)
        give_ground(session, staff, decision_id)
        (story_id,) = stories_behind(session, decision_id)
        assert list_ahead(session, story_id) == ()
    published = decide(factory, staff)
    with factory() as session:
        (story,) = set(stories_behind(session, published)) - {story_id}
        (ahead,) = list_ahead(session, story)
        assert (ahead.id, ahead.title, ahead.relied_on, ahead.against) == (
            published,
            DRAFT.title,
            True,
            False,
        )
        assert ahead.status == "agreed"


def test_published_decisions_come_a_page_at_a_time(factory: SessionFactory, staff: Actor) -> None:
    first, second = decide(factory, staff), decide(factory, staff)
    with factory() as session:
        (newest,) = list_records(session, TODAY, 1)
        assert newest.decision.id == second
        assert [each.decision.id for each in list_records(session, TODAY, 5, before=second)] == [first]
