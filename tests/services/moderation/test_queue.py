"""The queue: risk first, then the oldest; pages that miss and repeat nothing; filters that count what they show."""

from datetime import timedelta
from itertools import pairwise

import pytest

from involve.database import SessionFactory, transaction
from involve.services.moderation import queue
from involve.services.moderation.moderate import decide_story
from involve.services.moderation.queue import count_queue, find_neighbour, list_queue
from involve.services.moderation.queue_filter import REASONS, QueueFilter
from involve.vocabulary.days import day_of
from tests.factories import NOW, WELSH_STORY, make_project, make_staff, make_story

TODAY = day_of(NOW)
RISK = "Some nights I just want to end my life and nobody comes."
THREAT = "Those planners should all be shot for what they did to our park."
NAMED = "My neighbour Gwenllian Tudur rings 01632 960123 when the bus fails."


def test_pages_go_forward_and_back_over_the_same_stories(
    factory: SessionFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 3)
    with transaction(factory) as session:
        make_project(session)
        actor = make_staff(session)
        texts = ["A bus.", RISK, "A park.", RISK, "A school.", "A shop.", RISK, RISK]
        # Some arrive in the same moment: the order still is one.
        told = [
            make_story(session, text=text, now=NOW - timedelta(hours=n // 2)) for n, text in enumerate(texts)
        ]
        wanted, seen, after = QueueFilter(), [], ""
        while True:
            listed = list_queue(session, actor, wanted, TODAY, after=after)
            seen.append([item.reference for item in listed.items])
            after = seen[-1][-1]
            if not listed.after:
                break
        assert sorted(reference for page in seen for reference in page) == sorted(
            each.reference for each in told
        )
        assert [len(page) for page in seen] == [3, 3, 2]
        by_reference = {each.reference: n for n, each in enumerate(told)}
        order = [by_reference[reference] for page in seen for reference in page]
        assert [texts[n] == RISK for n in order] == [True] * 4 + [False] * 4
        back = list_queue(session, actor, wanted, TODAY, before=seen[2][0])
        assert [item.reference for item in back.items] == seen[1]
        assert (back.before, back.after) == (True, True)
        first = list_queue(session, actor, wanted, TODAY, before=seen[1][0])
        assert ([item.reference for item in first.items], first.before) == (seen[0], False)
        flat = [reference for page in seen for reference in page]
        for here, following in pairwise(flat):
            assert find_neighbour(session, actor, wanted, TODAY, here) == following
            assert find_neighbour(session, actor, wanted, TODAY, following, backwards=True) == here
        assert find_neighbour(session, actor, wanted, TODAY, flat[-1]) is None


def test_each_line_says_what_was_noticed_and_filters_show_what_they_count(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "arall")
        actor = make_staff(session)
        told = {
            "risk": make_story(session, text=RISK),
            "abuse": make_story(session, "arall", text=THREAT),
            "personal": make_story(session, text=NAMED),
            "nothing": make_story(session, text=WELSH_STORY),
            "spam": make_story(session, text="test"),
        }
        old = make_story(session, text="The park is closed.", now=NOW - timedelta(days=9))
        items = {item.reference: item for item in list_queue(session, actor, QueueFilter(), TODAY).items}
        assert items[told["risk"].reference].at_risk
        assert items[told["abuse"].reference].abuse == 1
        assert dict(items[told["personal"].reference].personal) == {"name": 1, "phone": 1}
        assert items[told["spam"].reference].spam == ("test",)
        assert [reference for reference, item in items.items() if item.late] == [old.reference]
        counts = count_queue(session, actor, QueueFilter(), TODAY)
        assert (counts.reasons["late"], counts.languages["cy"], counts.projects["arall"]) == (1, 1, 1)
        for reason in REASONS:
            shown = list_queue(session, actor, QueueFilter(reason=reason), TODAY).items
            assert len(shown) == counts.reasons[reason], reason
            if reason in told:
                assert told[reason].reference in {item.reference for item in shown}
        for wanted in (QueueFilter(project="arall"), QueueFilter(reason="abuse"), QueueFilter(language="cy")):
            assert len(list_queue(session, actor, wanted, TODAY).items) == 1
        assert list_queue(session, actor, QueueFilter(project="nowhere"), TODAY).items == ()


def test_a_story_that_somebody_decided_on_is_not_late(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        actor = make_staff(session)
        old = make_story(session, now=NOW - timedelta(days=9))
        decide_story(session, actor, old.reference, "held", NOW)
        [item] = list_queue(session, actor, QueueFilter(), TODAY).items
        assert (item.state, item.late, item.read_by) == ("held", False, None)


def test_nobody_sees_the_queue_of_another_body(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        told = make_story(session)
        stranger = make_staff(session, "moderator", "corff-arall")
        assert list_queue(session, stranger, QueueFilter("any"), TODAY).items == ()
        assert list_queue(session, stranger, QueueFilter(), TODAY, after=told.reference).items == ()
        assert sum(count_queue(session, stranger, QueueFilter(), TODAY).states.values()) == 0
