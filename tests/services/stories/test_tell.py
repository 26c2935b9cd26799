"""Telling a story: kept once, exactly as told, with what was agreed to, or refused with nothing kept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from involve.database import Session, SessionFactory, transaction
from involve.errors import (
    BadInput,
    Conflict,
    ConsentMissing,
    InvolveError,
    NotFound,
    StageClosed,
    TextRefused,
)
from involve.models import Consent, Event, Job, Story, Tag
from involve.services.stories.codes import make_reference
from involve.services.stories.tell import LONGEST_TEXT, Receipt, StoryDraft, tell_story
from involve.services.tellers.my_story import find_by_code, withdraw_story
from involve.services.upkeep.handlers import HANDLERS
from involve.services.upkeep.jobs import LEASE, run_due_jobs, run_job
from involve.vocabulary.areas import AREAS
from involve.vocabulary.consents import USES, WORDING_VERSION
from tests.factories import CODE_KEY, NOW, Clock, make_draft, make_project, make_story
from tests.services.rows import all_rows


@pytest.fixture
def project(factory: SessionFactory) -> str:
    """A project that takes stories, with another person's story in it."""
    with transaction(factory) as session:
        slug = make_project(session)
        make_story(session, slug, "Noise: somebody else’s words.")
        return slug


def tell(factory: SessionFactory, draft: StoryDraft) -> Receipt:
    with transaction(factory) as session:
        return tell_story(session, draft, NOW, CODE_KEY)


def count(factory: SessionFactory, table: Any) -> int:
    with factory() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_told_story_is_kept_with_an_event_and_a_job(factory: SessionFactory, project: str) -> None:
    receipt = tell(factory, make_draft(text="Mae’r bws yn hwyr.", page_language="cy", reply_language="cy"))
    with factory() as session:
        story = session.get_one(Story, receipt.story_id)
        assert (story.text, story.page_language, story.reply_language) == ("Mae’r bws yn hwyr.", "cy", "cy")
        assert (story.reference, story.state, story.received_at) == (receipt.reference, "received", NOW)
        job = session.get_one(Job, receipt.job_id)
        assert (job.kind, job.subject_id, job.state) == ("tag_story", story.id, "due")
        event = session.scalars(select(Event).where(Event.subject_id == story.id, Event.kind == "told")).one()
        assert (event.actor, event.detail) == ("participant", {"uses": ["publish", "quote", "read"]})
        assert find_by_code(session, receipt.code, CODE_KEY) == story.id


def test_a_repeat_gives_the_same_receipt_and_stores_nothing(factory: SessionFactory, project: str) -> None:
    draft = make_draft()
    first = tell(factory, draft)
    before = [count(factory, table) for table in (Story, Consent, Event, Job)]
    again = tell(factory, draft)
    assert (again.reference, again.code, again.story_id) == (first.reference, first.code, first.story_id)
    assert again.job_id is None
    assert [count(factory, table) for table in (Story, Consent, Event, Job)] == before


@pytest.mark.parametrize(
    "changed",
    [{"page_language": "cy"}, {"text": "One line.\nAnother."}, {"text": "One line.\rAnother."}],
    ids=["read in the other language", "line ends of Unix", "line ends of old Macs"],
)
def test_what_the_person_did_not_choose_makes_no_difference(
    factory: SessionFactory, project: str, changed: dict[str, Any]
) -> None:
    draft = make_draft(text="One line.\r\nAnother.")
    assert tell(factory, replace(draft, **changed)).code == tell(factory, draft).code


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Other words."},
        {"uses": frozenset({"read"})},
        {"area": AREAS[0].gss},
        {"told_as": "on_behalf"},
        {"told_as": "on_behalf", "proxy": "child"},
        {"reply_language": "cy"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_same_client_id_with_other_content_is_a_conflict(
    factory: SessionFactory, project: str, changed: dict[str, Any]
) -> None:
    draft = make_draft()
    tell(factory, draft)
    before = count(factory, Story)
    with pytest.raises(Conflict):
        tell(factory, replace(draft, **changed))
    assert count(factory, Story) == before


def test_a_withdrawn_story_does_not_come_back_by_a_repeat(factory: SessionFactory, project: str) -> None:
    draft = make_draft(text="Unmistakable words about the harbour.")
    receipt = tell(factory, draft)
    with transaction(factory) as session:
        withdraw_story(session, receipt.story_id, NOW)
    with pytest.raises(Conflict):
        tell(factory, draft)
    with factory() as session:
        assert "harbour" not in all_rows(session)


def test_a_repeat_after_the_stage_closed_still_gives_the_receipt(
    factory: SessionFactory, project: str
) -> None:
    draft = make_draft()
    first = tell(factory, draft)
    with transaction(factory) as session:
        assert tell_story(session, draft, NOW + timedelta(days=300), CODE_KEY).code == first.code


def test_the_same_story_sent_twice_at_once_is_kept_once(factory: SessionFactory, project: str) -> None:
    draft = make_draft()
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _: tell(factory, draft), range(4)))
    assert len({receipt.code for receipt in receipts}) == 1
    assert sum(receipt.job_id is not None for receipt in receipts) == 1
    assert count(factory, Story) == 2


def test_neither_the_code_nor_the_client_id_is_kept(factory: SessionFactory, project: str) -> None:
    draft = make_draft()
    receipt = tell(factory, draft)
    with factory() as session:
        rows = all_rows(session)
    for secret in (receipt.code, receipt.code.replace("-", ""), str(draft.client_id), draft.client_id.hex):
        assert secret not in rows


def test_a_crash_before_tagging_leaves_the_job_due_and_it_is_done_later(
    factory: SessionFactory, project: str
) -> None:
    receipt = tell(factory, make_draft())
    clock = Clock()
    assert run_due_jobs(factory, HANDLERS, clock) == 2
    with factory() as session:
        assert session.get_one(Story, receipt.story_id).tagged_at == NOW
        assert session.scalars(select(Tag.voice).where(Tag.story_id == receipt.story_id)).all() != []
    assert run_due_jobs(factory, HANDLERS, clock) == 0


def test_a_crash_while_tagging_leaves_the_story_and_the_work_is_done_later(
    factory: SessionFactory, project: str
) -> None:
    receipt = tell(factory, make_draft())
    clock = Clock()

    def die(_session: Session, _story_id: int, _now: object) -> None:
        raise KeyboardInterrupt

    assert receipt.job_id is not None
    with pytest.raises(KeyboardInterrupt):
        run_job(factory, receipt.job_id, {"tag_story": die}, clock)
    with factory() as session:
        assert session.get_one(Story, receipt.story_id).tagged_at is None
        assert session.get_one(Job, receipt.job_id).state == "leased"
    clock.move(seconds=LEASE.total_seconds())
    run_due_jobs(factory, HANDLERS, clock)
    with factory() as session:
        assert session.get_one(Story, receipt.story_id).tagged_at == clock.now


def test_every_use_has_an_answer_with_the_wording_that_was_shown(
    factory: SessionFactory, project: str
) -> None:
    receipt = tell(factory, make_draft(uses=frozenset({"read", "share"}), page_language="cy"))
    with factory() as session:
        rows = session.scalars(select(Consent).where(Consent.story_id == receipt.story_id)).all()
    assert {row.use: row.given for row in rows} == {use.id: use.id in ("read", "share") for use in USES}
    assert {(row.wording_version, row.wording_language) for row in rows} == {(WORDING_VERSION, "cy")}


REFUSED: list[tuple[str, dict[str, Any], type[InvolveError]]] = [
    ("nothing", {"text": ""}, TextRefused),
    ("only space", {"text": " \n\t "}, TextRefused),
    ("too long", {"text": "a" * (LONGEST_TEXT + 1)}, TextRefused),
    ("a null", {"text": "one\0two"}, TextRefused),
    ("a lone surrogate", {"text": "one\ud83dtwo"}, TextRefused),
    ("nobody may read it", {"uses": frozenset({"publish"})}, ConsentMissing),
    ("a use that there is not", {"uses": frozenset({"read", "sell"})}, BadInput),
    ("an area that there is not", {"area": "W06999999"}, BadInput),
    ("told as nothing known", {"told_as": "rumour"}, BadInput),
    ("a right to one’s own story", {"proxy": "permission"}, BadInput),
    ("an unknown right", {"told_as": "on_behalf", "proxy": "neighbour"}, BadInput),
    ("an answer in no language of ours", {"reply_language": "fr"}, BadInput),
    ("a project that there is not", {"project": "nowhere"}, NotFound),
]


@pytest.mark.parametrize(("_why", "changed", "error"), REFUSED, ids=[why for why, *_ in REFUSED])
def test_what_breaks_a_rule_is_refused_and_nothing_is_kept(
    factory: SessionFactory, project: str, _why: str, changed: dict[str, Any], error: type[InvolveError]
) -> None:
    before = [count(factory, table) for table in (Story, Consent, Event, Job)]
    with pytest.raises(error):
        tell(factory, make_draft(**changed))
    assert [count(factory, table) for table in (Story, Consent, Event, Job)] == before


@pytest.mark.parametrize("days", [-11, 21], ids=["before it opens", "after it closed"])
def test_a_closed_stage_takes_no_story(factory: SessionFactory, project: str, days: int) -> None:
    with pytest.raises(StageClosed), transaction(factory) as session:
        tell_story(session, make_draft(), NOW + timedelta(days=days), CODE_KEY)
    assert count(factory, Story) == 1


@pytest.mark.parametrize(
    "text",
    [
        "=1+1 and more",
        "<script>alert(1)</script>",
        "  kept with its margins \n\n",
        "مرحبا بالعالم",
        "👩🏽‍🦽 a ffrindiau 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "ŵy a thŷ: cafodd e\u0302 ei weld",
        "a" * LONGEST_TEXT,
    ],
    ids=["formula", "html", "margins", "right to left", "emoji", "accents that combine", "the longest"],
)
def test_a_text_is_kept_exactly_as_it_was_told(factory: SessionFactory, project: str, text: str) -> None:
    receipt = tell(factory, make_draft(text=text))
    run_due_jobs(factory, HANDLERS, Clock())
    with factory() as session:
        story = session.get_one(Story, receipt.story_id)
        assert story.text == text
        assert story.tagged_at is not None


def test_a_reference_that_is_taken_is_not_given_again(factory: SessionFactory, project: str) -> None:
    draft = make_draft(client_id=uuid4())
    taken = make_reference(CODE_KEY, draft.client_id.bytes)
    with transaction(factory) as session:
        session.execute(update(Story).values(reference=taken))
    assert tell(factory, draft).reference == make_reference(CODE_KEY, draft.client_id.bytes, 1)


def test_a_stage_opens_and_closes_at_midnight_in_wales(factory: SessionFactory) -> None:
    half_past_midnight = NOW.replace(hour=23, minute=30)  # of the next day, in summer time
    with transaction(factory) as session:
        opening = make_project(session, "yn-agor", opens=1)
        closing = make_project(session, "yn-cau", closes=0)
        assert make_story(session, opening, now=half_past_midnight, tagged=False).story_id
        with pytest.raises(StageClosed):
            make_story(session, closing, now=half_past_midnight, tagged=False)
