"""What a decision stands on: nothing without people’s words, nothing left out, nothing shown that was taken back."""

import pytest

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, LanguageMissing, NotFound
from involve.models import Decision, DecisionPassage
from involve.services.deciding.against import NOTHING
from involve.services.deciding.citing import cite_sentences, take_away
from involve.services.deciding.decisions import draft_decision, publish_decision
from involve.services.deciding.ground import show_ground
from involve.services.deciding.ground_gate import Seen
from involve.services.deciding.judging import judge_heard
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.grounds import FEWEST_TAGGED
from tests.factories import NOW, make_story
from tests.grounds import give_ground, publish_with_ground, see
from tests.publications import Shown, add_rows, publish
from tests.reading_room import Room
from tests.services.deciding.drafts import LATER, SILENT, WHY, draft, ground, refused, shown, tagged
from tests.services.deciding.test_decisions import DRAFT


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
