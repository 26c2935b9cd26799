"""What a teller allows follows their words wherever they went: pages, search, quotations, files, what was learnt."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.models import Learnt, Publication, PublicationTag
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import count_facets
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.handing_on import count_shared, shared_stories
from involve.services.evidence.published import published_stories
from involve.services.moderation.moderate import redact_story
from involve.services.reading.learning import learn_anew
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import answer_tag, change_consent
from tests.factories import NOW, make_project, make_staff, make_story
from tests.publications import publish

LATER = NOW + timedelta(days=1)
ALL = frozenset({"read", "publish", "quote", "share", "research", "learn"})
TEXT = "Gwenllian says there is no bus after six, and that the harbour is lonely."


@pytest.fixture
def told(factory: SessionFactory) -> dict[str, Receipt]:
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "arall")
        staff = make_staff(session)
        receipts = {
            "mine": make_story(session, text=TEXT, uses=ALL),
            "noise": make_story(session, text="The harbour of others is full.", uses=ALL),
            "quiet": make_story(session, text=TEXT, uses=frozenset({"read", "research"})),
            "unread": make_story(session, text=TEXT, uses=frozenset({"read", "share", "research"})),
            "elsewhere": make_story(session, "arall", text=TEXT, uses=ALL),
        }
        for name in ("mine", "quiet", "elsewhere"):
            redact_story(session, staff, receipts[name].reference, [(0, 9, "name")], NOW)
        for name in ("mine", "noise"):
            publish(session, receipts[name])
        return receipts


def refuse(factory: SessionFactory, receipt: Receipt, *uses: str) -> None:
    with transaction(factory) as session:
        change_consent(session, receipt.story_id, ALL - set(uses), "en", LATER)


def handed_on(factory: SessionFactory, use: str) -> list[str]:
    with factory() as session:
        stories = list(shared_stories(session, "bywyd-da", use))
        assert len(stories) == count_shared(session, "bywyd-da", use)
        assert all("Gwenllian" not in story.text for story in stories)
        return [story.reference for story in stories]


def test_a_file_for_a_use_holds_redacted_words_of_those_who_agree_and_nothing_unread(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    mine, noise, quiet = (told[name].reference for name in ("mine", "noise", "quiet"))
    assert handed_on(factory, "research") == [mine, noise, quiet]
    assert handed_on(factory, "share") == [mine, noise]


@pytest.mark.parametrize("use", ["share", "research"])
def test_a_file_made_later_leaves_out_who_changed_their_mind(
    factory: SessionFactory, told: dict[str, Receipt], use: str
) -> None:
    refuse(factory, told["mine"], use)
    assert told["mine"].reference not in handed_on(factory, use)
    assert told["mine"].reference in handed_on(factory, "share" if use == "research" else "research")
    assert told["noise"].reference in handed_on(factory, use)


def test_a_story_that_staff_hold_back_or_whose_hiding_was_undone_is_not_handed_on(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    from involve.services.moderation.moderate import decide_story
    from involve.services.trail.record import record

    with transaction(factory) as session:
        decide_story(session, make_staff(session), told["noise"].reference, "held", LATER)
        record(session, "hiding_undone", "story", told["quiet"].story_id, LATER, decided=False)
    assert handed_on(factory, "research") == [told["mine"].reference]


def test_without_publish_it_leaves_pages_search_counts_and_files_in_that_transaction(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    refuse(factory, told["mine"], "publish")
    with factory() as session:
        noise = told["noise"].reference
        assert [
            each.reference for each in find_stories(session, EvidenceFilter(words="harbour")).stories
        ] == [noise]
        assert [
            each.reference for each in published_stories(session, EvidenceFilter(project="bywyd-da"))
        ] == [noise]
        counted = {(each.name, each.value): each.count for each in count_facets(session, EvidenceFilter())}
        assert counted["project", "bywyd-da"] == 1
        assert session.scalars(select(Publication.story_id)).all() == [told["noise"].story_id]
        kept = session.scalars(select(PublicationTag.publication_id)).all()
        assert set(kept) <= set(session.scalars(select(Publication.id)))


def test_without_quote_a_story_stays_public_and_is_said_not_to_be_quoted(
    factory: SessionFactory, told: dict[str, Receipt]
) -> None:
    refuse(factory, told["mine"], "quote")
    with factory() as session:
        quotable = {
            each.reference: each.quotable
            for each in published_stories(session, EvidenceFilter(project="bywyd-da"))
        }
        shared = {each.reference: each.quotable for each in shared_stories(session, "bywyd-da", "share")}
    assert quotable == {told["mine"].reference: False, told["noise"].reference: True}
    assert shared == quotable


def test_without_learn_what_was_learnt_is_switched_off(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        make_project(session)
        stories = [make_story(session, text=f"No bus {n}, and I feel lonely.", uses=ALL) for n in range(12)]
        for story in stories:
            answer_tag(session, story.story_id, "goal", "cohesive", "confirmed", NOW)
        learn_anew(session, 0, NOW)
    with factory() as session:
        assert session.scalars(select(Learnt.state).order_by(Learnt.id.desc())).first() != "off"
    refuse(factory, stories[0], "learn")
    with factory() as session:
        newest = session.scalars(select(Learnt).order_by(Learnt.id.desc())).first()
        assert newest is not None
        assert (newest.state, newest.changes) == ("off", "{}")
