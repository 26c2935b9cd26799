"""What a decision stands on: nothing without people's words, nothing left out, nothing shown that was taken back."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, LanguageMissing, NotAllowed, NotFound
from involve.models import Decision, DecisionPassage, Publication, Story
from involve.services.deciding.against import NOTHING
from involve.services.deciding.citing import MOST_PASSAGES, CircularEvidence, cite_sentences, take_away
from involve.services.deciding.decisions import draft_decision, propose_decision, publish_decision
from involve.services.deciding.ground import Standing, show_ground
from involve.services.deciding.ground_gate import Ground, GroundMissing, Seen, check_ground
from involve.services.deciding.ground_stories import PAGE, find_stories_to_cite
from involve.services.deciding.heard import Subject
from involve.services.deciding.judging import judge_heard
from involve.services.deciding.panel import answer_offer, offer_seat
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.grounds import FEWEST_TAGGED
from tests.factories import NOW, make_project, make_staff, make_story
from tests.grounds import give_ground, publish_with_ground, see
from tests.publications import Shown, add_rows, publish
from tests.reading_room import Room
from tests.services.deciding.test_decisions import DRAFT

SILENT = Bilingual("", "")
WHY = Bilingual("Nid oes arian eleni.", "There is no money this year.")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def staff(factory: SessionFactory) -> Actor:
    """A decision-maker of a project on a rung that asks for no panel."""
    with transaction(factory) as session:
        make_project(session)
        return make_staff(session, "decision_maker")


def draft(session: Session, staff: Actor) -> int:
    return draft_decision(session, staff, 1, DRAFT, NOW)


def tagged(session: Session, number: int, tag: tuple[str, str, str], text: str = "Words. More.") -> list[str]:
    return add_rows(session, "bywyd-da", [Shown(text, tags=(tag,))] * number)


def ground(session: Session, decision: int) -> Ground:
    return check_ground(session, session.get_one(Decision, decision))


def heard(session: Session, decision: int) -> dict[str, str]:
    return {each.key: each.judgement for each in ground(session, decision).heard}


def refused(session: Session, staff: Actor, decision: int, seen: Seen) -> str:
    with pytest.raises(GroundMissing) as error:
        publish_decision(session, staff, decision, seen, NOW)
    assert session.get_one(Decision, decision).state == "draft"
    return error.value.missing


def shown(session: Session, decision: int, public: bool = True) -> Standing:
    session.expire_all()
    return show_ground(session, decision, public)


def test_a_decision_without_evidence_is_refused_whichever_way_it_is_tried(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        assert refused(session, staff, decision, Seen(NOTHING)) == "evidence"
        (reference,) = add_rows(session, "bywyd-da", [Shown("No. Never.")])
        cite_sentences(session, staff, decision, reference, [0], "against", NOW)
        assert refused(session, staff, decision, see(session, decision)) == "evidence"
        cite_sentences(session, staff, decision, reference, [0], "for", NOW)
        publish_decision(session, staff, decision, see(session, decision), NOW)
        assert shown(session, decision).passages.then == 1


def test_a_followed_theme_is_evidence_only_with_published_stories_in_it(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        # A theme that staff put forward and agreed with, and into which they put nothing: the body's own words.
        room.theme(room.staff, Bilingual("Ffordd newydd", "A new road"))
        room.close()
        decision = draft_decision(session, room.chair, room.stage_id, DRAFT, NOW)
        assert "A new road" not in {each.name.en for each in ground(session, decision).heard}
        assert not ground(session, decision).has_evidence


def test_every_theme_that_readers_kept_is_on_the_list_however_small(factory: SessionFactory) -> None:
    from involve.services.reading.theme_passages import group_sentences

    with transaction(factory) as session:
        room = Room(session)
        theme = room.theme()
        group_sentences(session, room.teller, theme, room.receipts[0].reference, [0], NOW)
        decision = draft_decision(session, room.chair, room.stage_id, DRAFT, NOW)
        assert f"read-{theme}" not in heard(session, decision)  # readers are still at work
        room.close()
        assert heard(session, decision)[f"read-{theme}"] == "open"


def test_what_stories_are_tagged_with_is_on_the_list_from_the_number_that_the_page_states(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        tagged(session, FEWEST_TAGGED - 1, ("goal", "cohesive", "concern"))
        tagged(session, FEWEST_TAGGED, ("way", "involvement", "concern"))
        assert heard(session, decision) == {"way-involvement": "open"}
        # Staff may judge what is not demanded; it is on the list from then on.
        judge_heard(session, staff, decision, "goal-cohesive", "not_followed", WHY, NOW)
        assert heard(session, decision) == {"way-involvement": "open", "goal-cohesive": "not_followed"}


def test_something_heard_cannot_be_left_out_and_what_comes_later_has_to_be_considered_too(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        tagged(session, FEWEST_TAGGED, ("goal", "cohesive", "strength"))
        (reference, *_rest) = add_rows(session, "bywyd-da", [Shown()])
        cite_sentences(session, staff, decision, reference, [0], "for", NOW)
        assert refused(session, staff, decision, see(session, decision)) == "open"
        judge_heard(session, staff, decision, "goal-cohesive", "followed", SILENT, NOW)
        tagged(session, FEWEST_TAGGED, ("goal", "culture", "concern"))
        assert refused(session, staff, decision, see(session, decision)) == "open"
        judge_heard(session, staff, decision, "goal-culture", "not_followed", WHY, NOW)
        judge_heard(session, staff, decision, "goal-cohesive", "open", SILENT, NOW)
        assert refused(session, staff, decision, see(session, decision)) == "open"
        judge_heard(session, staff, decision, "goal-cohesive", "followed", SILENT, NOW)
        publish_decision(session, staff, decision, see(session, decision), NOW)
        standing = shown(session, decision)
        assert [(each.key, each.reason) for each in standing.not_followed] == [("goal-culture", WHY)]
        assert [each.key for each in standing.followed] == ["goal-cohesive"]


@pytest.mark.parametrize(
    ("judgement", "reason", "error"),
    [
        ("not_followed", SILENT, LanguageMissing),
        ("not_followed", Bilingual("Na.", " "), LanguageMissing),
        ("not_followed", Bilingual("", "No."), LanguageMissing),
        ("followed", Bilingual("Ie.", ""), LanguageMissing),
        ("not_followed", Bilingual("x" * 2001, "x"), BadInput),
        ("perhaps", WHY, BadInput),
    ],
)
def test_a_reason_stands_in_both_languages_or_nothing_is_kept(
    factory: SessionFactory, staff: Actor, judgement: str, reason: Bilingual, error: type[Exception]
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        tagged(session, FEWEST_TAGGED, ("goal", "cohesive", "concern"))
        with pytest.raises(error):
            judge_heard(session, staff, decision, "goal-cohesive", judgement, reason, NOW)
        assert heard(session, decision) == {"goal-cohesive": "open"}


def test_the_strongest_words_against_it_must_have_been_shown(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        tagged(session, FEWEST_TAGGED, ("goal", "cohesive", "strength"), "All is well. Thanks.")
        (worry,) = tagged(session, 1, ("goal", "cohesive", "concern"), "I am afraid of it. Truly.")
        seen = give_ground(session, staff, decision)
        assert seen.key.startswith(worry)
        for wrong in (Seen(NOTHING), Seen(""), Seen(seen.key[:-1])):
            assert refused(session, staff, decision, wrong) == "against"
        (newer,) = tagged(session, 1, ("goal", "cohesive", "concern"), "No. Never.")
        assert refused(session, staff, decision, seen) == "against"
        with pytest.raises(LanguageMissing):
            publish_decision(
                session, staff, decision, Seen(see(session, decision).key, Bilingual("Na", "")), NOW
            )
        publish_decision(session, staff, decision, Seen(see(session, decision).key, WHY), NOW)
        (against,) = shown(session, decision, public=False).against_it
        assert (against.reference, against.text, against.strongest, against.reason) == (
            newer,
            "No.",
            True,
            WHY,
        )


def test_what_is_not_followed_speaks_louder_and_what_is_relied_on_not_against(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        tagged(session, 4, ("goal", "cohesive", "concern"), "A concern. More.")
        praised = tagged(session, 3, ("goal", "culture", "strength"), "Praise. More.")
        judge_heard(session, staff, decision, "goal-cohesive", "followed", SILENT, NOW)
        judge_heard(session, staff, decision, "goal-culture", "not_followed", WHY, NOW)
        strongest = ground(session, decision).strongest
        assert strongest is not None
        assert (strongest.reference, strongest.stance, strongest.followed) == (praised[-1], "strength", False)
        judge_heard(session, staff, decision, "goal-culture", "followed", SILENT, NOW)
        strongest = ground(session, decision).strongest
        assert strongest is not None
        assert (strongest.stance, strongest.followed) == ("concern", True)
        cite_sentences(session, staff, decision, strongest.reference, [0], "for", NOW)
        other = ground(session, decision).strongest
        assert other is not None
        assert other.reference != strongest.reference


def test_only_published_words_of_the_project_are_cited_and_only_whole_sentences(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        (reference,) = add_rows(session, "bywyd-da", [Shown("One. Two.")])
        for starts in ([], [1], [0, 500]):
            with pytest.raises(BadInput):
                cite_sentences(session, staff, decision, reference, starts, "for", NOW)
        with pytest.raises(BadInput):
            cite_sentences(session, staff, decision, reference, [0], "beside", NOW)
        hidden = make_story(session)
        make_project(session, "other")
        (elsewhere,) = add_rows(session, "other", [Shown()])
        for other in (hidden.reference, elsewhere, "nothing"):
            with pytest.raises(NotFound):
                cite_sentences(session, staff, decision, other, [0], "for", NOW)
        assert cite_sentences(session, staff, decision, reference, [0, 5], "for", NOW) == 2
        assert cite_sentences(session, staff, decision, reference, [0, 5], "for", NOW) == 0
        with pytest.raises(NotAllowed):
            cite_sentences(session, make_staff(session), decision, reference, [0], "for", NOW)
        (many,) = add_rows(session, "bywyd-da", [Shown("A b. " * MOST_PASSAGES)])
        with pytest.raises(BadInput):
            cite_sentences(
                session, staff, decision, many, [5 * at for at in range(MOST_PASSAGES)], "for", NOW
            )


def test_what_was_told_about_the_decision_itself_cannot_speak_for_it(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        member = make_story(session)
        offer_seat(session, staff, member.reference, NOW)
        answer_offer(session, member.story_id, True, NOW)
        propose_decision(session, staff, decision, NOW)
        (late,) = add_rows(session, "bywyd-da", [Shown("A good plan.", now=LATER)])
        with pytest.raises(CircularEvidence):
            cite_sentences(session, staff, decision, late, [0], "for", LATER)
        assert cite_sentences(session, staff, decision, late, [0], "against", LATER) == 1
        # Putting it before the panel again makes nothing of it older.
        propose_decision(session, staff, decision, LATER)
        with pytest.raises(CircularEvidence):
            cite_sentences(session, staff, decision, late, [0], "for", LATER)
        for row in add_rows(session, "bywyd-da", [Shown(now=LATER, tags=(("goal", "global", "idea"),))] * 3):
            assert row
        judge_heard(session, staff, decision, "goal-global", "followed", SILENT, LATER)
        assert not ground(session, decision).has_evidence


def test_counts_stand_as_they_stood_and_say_when_the_evidence_has_moved(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        tagged(session, FEWEST_TAGGED, ("goal", "cohesive", "strength"))
        publish_with_ground(session, staff, decision)
        before = shown(session, decision)
        assert (before.moved, before.gone) == (False, 0)
        tagged(session, 2, ("goal", "cohesive", "strength"))
        after = shown(session, decision)
        assert (after.published.then, after.published.now) == (4, 6)
        (theme,) = after.followed
        assert (theme.stories_then, theme.stories) == (3, 5)
        assert after.moved


def test_a_withdrawn_passage_is_gone_its_count_says_so_and_the_decision_stands(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        told = make_story(session, text="The bus leaves too early. I walk home in the dark.")
        publish(session, told)
        cite_sentences(session, staff, decision, told.reference, [0, 26], "for", NOW)
        publish_with_ground(session, staff, decision)
        assert shown(session, decision).passages.then == 3
        withdraw_story(session, told.story_id, NOW)
        standing = shown(session, decision)
        assert (standing.passages.now, standing.stories.now, standing.gone) == (1, 1, 2)
        assert "bus leaves" not in repr(standing)
        assert session.get_one(Decision, decision).state == "published"


def test_the_public_reads_only_words_that_may_be_quoted(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        quiet = make_story(session, text="Do not quote me.", uses=frozenset({"read", "publish"}))
        open_ = make_story(session, text="Quote me.")
        for told in (quiet, open_):
            publish(session, told)
            cite_sentences(session, staff, decision, told.reference, [0], "for", NOW)
        publish_with_ground(session, staff, decision)
        texts = [(each.reference, each.text) for each in shown(session, decision).for_it]
        assert texts[:2] == [(quiet.reference, None), (open_.reference, "Quote me.")]
        assert shown(session, decision, public=False).for_it[0].text == "Do not quote me."
        with pytest.raises(NotFound):
            show_ground(session, draft(session, staff), public=True)


def test_what_was_published_before_evidence_was_recorded_says_so(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        row = session.get_one(Decision, draft(session, staff))
        row.state, row.published_at = "published", NOW
        session.flush()
        assert not shown(session, row.id).recorded


def test_nothing_of_a_public_decision_changes(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        (reference,) = tagged(session, 1, ("goal", "cohesive", "strength"))
        publish_with_ground(session, staff, decision)
        passage = session.query(DecisionPassage).filter_by(side="for").one()
        with pytest.raises(BadInput):
            cite_sentences(session, staff, decision, reference, [0], "for", NOW)
        with pytest.raises(BadInput):
            take_away(session, staff, decision, passage.id, NOW)
        with pytest.raises(BadInput):
            judge_heard(session, staff, decision, "goal-cohesive", "followed", SILENT, NOW)
        # Publishing again changes nothing, whatever is sent with it.
        publish_decision(session, staff, decision, Seen(""), LATER)
        assert session.get_one(Decision, decision).published_at == NOW


def test_a_passage_is_taken_away_from_its_own_decision_alone(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        one, other = draft(session, staff), draft(session, staff)
        (reference,) = add_rows(session, "bywyd-da", [Shown()])
        cite_sentences(session, staff, one, reference, [0], "for", NOW)
        passage = session.query(DecisionPassage).one()
        take_away(session, staff, other, passage.id, NOW)
        assert ground(session, one).passages == 1
        take_away(session, staff, one, passage.id, NOW)
        take_away(session, staff, one, passage.id, NOW)
        assert ground(session, one).passages == 0


def test_stories_to_cite_are_found_by_what_was_heard_and_by_words_a_page_at_a_time(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        row = session.get_one(Decision, draft(session, staff))
        buses = add_rows(
            session,
            "bywyd-da",
            [Shown(f"The bus {at}.", tags=(("goal", "cohesive", "idea"),)) for at in range(PAGE + 2)],
        )
        add_rows(session, "bywyd-da", [Shown("A library.")])
        cite_sentences(session, staff, row.id, buses[0], [0], "for", NOW)
        first = find_stories_to_cite(session, row, Subject("goal", "cohesive"), "bus")
        assert (first.total, len(first.stories)) == (PAGE + 2, PAGE)
        rest = find_stories_to_cite(session, row, Subject("goal", "cohesive"), "bus", first.next)
        assert [each.reference for each in rest.stories] == [buses[1], buses[0]]
        assert rest.stories[1].cited == ((0, "for"),)
        assert rest.next is None
        assert find_stories_to_cite(session, row, words="library").total == 1
        for cursor in ("-1", "x", "9" * 30):
            with pytest.raises(BadInput):
                find_stories_to_cite(session, row, after=cursor)


@pytest.mark.parametrize("key", ["", "goal", "goal-nothing", "read-x", "read-1", "read-" + "9" * 30, "-"])
def test_what_was_not_heard_cannot_be_judged(factory: SessionFactory, staff: Actor, key: str) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        with pytest.raises(NotFound):
            judge_heard(session, staff, decision, key, "followed", SILENT, NOW)
        assert session.query(Publication).count() == session.query(Story).count() == 0
