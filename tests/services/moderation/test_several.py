"""Several stories at once: only what is safe, under the versions that were seen, and undone together."""

import pytest

from involve.database import SessionFactory, transaction
from involve.errors import BadInput
from involve.models import Story
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.moderation.several import judge_several, plan_several, undo_several
from involve.services.moderation.staff_story import open_story
from tests.factories import NOW, make_project, make_staff, make_story

PLAIN = "The park is closed in the evening and nobody knows why."
NAMED = "My neighbour Gwenllian Tudur rings 01632 960123 when the bus fails."
ADVERT = "Earn £500 a week from home, no experience needed, click here now"
RISK = "Some nights I just want to end my life and nobody comes."


def test_only_what_is_safe_is_published_together_and_each_story_says_why_not(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "arall", body="corff-arall")
        actor = make_staff(session)
        told = {
            "": make_story(session, text=PLAIN),
            "not_opened": make_story(session, text=PLAIN + " It was open until May."),
            "noticed": make_story(session, text=NAMED),
            "not_agreed": make_story(session, text="The swings are gone.", uses=frozenset({"read"})),
            "unread": make_story(session, text="The path is wet.", tagged=False),
            "not_there": make_story(session, "arall", text="The hall is cold."),
        }
        for why in ("", "noticed", "not_agreed", "unread"):
            open_story(session, actor, told[why].reference, NOW)
        chosen = [each.reference for each in told.values()]
        plan = {each.reference: each for each in plan_several(session, actor, chosen, "published")}
        assert {why: plan[each.reference].left_out for why, each in told.items()} == {
            why: why for why in told
        }
        versions = {reference: each.version for reference, each in plan.items()}
        done = judge_several(session, actor, versions, "published", None, NOW)
        assert done.done == (told[""].reference,)
        assert len(done.left_out) == len(told) - 1
        assert undo_several(session, make_staff(session), done.together, NOW) == (0, 0)
        assert undo_several(session, actor, done.together, NOW) == (1, 0)
        assert session.get_one(Story, told[""].story_id).state == "received"


def test_only_what_looks_like_no_story_is_declined_together_and_never_the_gravest(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        make_project(session)
        actor = make_staff(session)
        advert, plain = make_story(session, text=ADVERT), make_story(session, text=PLAIN)
        grave = make_story(session, text=f"{RISK} {ADVERT}")
        chosen = [each.reference for each in (advert, plain, grave)]
        versions = {each.reference: each.version for each in plan_several(session, actor, chosen, "declined")}
        for reason in (None, "threat", "nonsense"):
            with pytest.raises(BadInput):
                judge_several(session, actor, versions, "declined", reason, NOW)
        done = judge_several(session, actor, versions, "declined", "advert", NOW)
        assert done.done == (advert.reference,)
        assert {each.reference: each.left_out for each in done.left_out} == {
            plain.reference: "no_spam",
            grave.reference: "grave",
        }


def test_what_changed_since_it_was_seen_is_left_out_and_what_was_done_since_stays(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        make_project(session)
        actor, colleague = make_staff(session), make_staff(session)
        told = [make_story(session, text=f"{PLAIN} {n}").reference for n in range(3)]
        versions = {each.reference: each.version for each in plan_several(session, actor, told, "held")}
        redact_story(session, colleague, told[0], ((0, 3, "other"),), NOW)
        done = judge_several(session, actor, versions, "held", "second_look", NOW)
        assert set(done.done) == {told[1], told[2]}
        assert [each.left_out for each in done.left_out] == ["changed"]
        decide_story(session, colleague, told[1], "published", NOW)
        assert undo_several(session, actor, done.together, NOW) == (1, 1)


@pytest.mark.parametrize("chosen", [[], ["1"] * 0, [str(n) for n in range(51)]])
def test_nothing_or_too_much_is_refused(factory: SessionFactory, chosen: list[str]) -> None:
    with transaction(factory) as session:
        make_project(session)
        with pytest.raises(BadInput):
            plan_several(session, make_staff(session), chosen, "held")
