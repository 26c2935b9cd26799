"""What was heard before a decision: all of it is on the list, and each is judged with a reason."""

import pytest

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, LanguageMissing, NotFound
from involve.models import Publication, Story
from involve.services.deciding.citing import cite_sentences
from involve.services.deciding.decisions import draft_decision, publish_decision
from involve.services.deciding.judging import judge_heard
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.grounds import FEWEST_TAGGED
from tests.factories import NOW
from tests.grounds import see
from tests.publications import Shown, add_rows
from tests.reading_room import Room
from tests.services.deciding.drafts import SILENT, WHY, draft, heard, refused, shown, tagged
from tests.services.deciding.test_decisions import DRAFT


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


@pytest.mark.parametrize("key", ["", "goal", "goal-nothing", "read-x", "read-1", "read-" + "9" * 30, "-"])
def test_what_was_not_heard_cannot_be_judged(factory: SessionFactory, staff: Actor, key: str) -> None:
    with transaction(factory) as session:
        decision = draft(session, staff)
        with pytest.raises(NotFound):
            judge_heard(session, staff, decision, key, "followed", SILENT, NOW)
        assert session.query(Publication).count() == session.query(Story).count() == 0
