"""What becomes of personal details on the whole way from a file to the public page, with and without a moderator."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from involve.database import SessionFactory, open_database, session_factory, transaction, upgrade_schema
from involve.models import Publication, Story
from involve.services.evidence.import_plan import ImportPlan, ImportRow
from involve.services.evidence.importing import import_batch
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.moderation.staff_story import open_story
from involve.services.projects.projects import ProjectPlan, StagePlan, add_body, add_project
from involve.services.staff.access import Actor, load_actor
from involve.services.staff.members import invite_user
from involve.vocabulary.bilingual import Bilingual
from targets.care import COVERED, KINDS, STRUCTURED
from targets.measure import SHARED, Measure

NOW = datetime(2026, 4, 2, 10, 30, tzinfo=UTC)
KEY = "a key for measuring, of thirty-two characters and more"
SLUG = "mesur"
Row = dict[str, Any]


def measure_publishing() -> Iterator[Measure]:
    """Yield how many marked details are still hidden, or kept back, when their stories are published."""
    corpus = SHARED / "corpora" / "presidio_pii" / "uk_dev.jsonl"
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'measure.sqlite3'}")
        upgrade_schema(engine)
        factory = session_factory(engine)
        actor = _open_project(factory)
        yield from _measure("published unread (import --publish)", rows, _import_unread(factory, rows))
        yield from _measure("published as the software proposes", rows, _moderate(factory, actor, rows))
        engine.dispose()


def _open_project(factory: SessionFactory) -> Actor:
    """Add a project that takes stories, and return a moderator of its body."""
    name, today = Bilingual("Mesur", "Measuring"), NOW.date()
    days = (today - timedelta(days=1), today + timedelta(days=30), today + timedelta(days=60))
    stage = StagePlan("identification", "iap2", "consult", name, name, name, *days)
    with transaction(factory) as session:
        add_body(session, SLUG, name)
        add_project(session, ProjectPlan(SLUG, SLUG, name, name, (stage,)), NOW)
        invited = invite_user(session, "mesur@corff.example", "moderator", SLUG, None, NOW, KEY)
        return load_actor(session, invited.user_id)


def _import_unread(factory: SessionFactory, rows: list[Row]) -> dict[int, list[tuple[int, int]]]:
    """Import all rows, publishing what nothing speaks against; return what is hidden of each published row."""
    _import(factory, "unread", rows, publish=True)
    with factory() as session:
        keys = session.scalars(
            select(Story.source_key)
            .join(Publication, Publication.story_id == Story.id)
            .where(Story.source == "unread")
        )
        return {int((key or "").removeprefix("id:")): [] for key in keys}


def _moderate(factory: SessionFactory, actor: Actor, rows: list[Row]) -> dict[int, list[tuple[int, int]]]:
    """Publish every row with what the machine proposes to hide, as a moderator does who only presses the button."""
    _import(factory, "read", rows, publish=False)
    hidden: dict[int, list[tuple[int, int]]] = {}
    with transaction(factory) as session:
        told = session.execute(select(Story.reference, Story.source_key).where(Story.source == "read")).all()
        for reference, key in told:
            spans = open_story(session, actor, reference, NOW).hidden
            redact_story(session, actor, reference, spans, NOW)
            decide_story(session, actor, reference, "published", NOW)
            hidden[int((key or "").removeprefix("id:"))] = [(start, end) for start, end, _ in spans]
    return hidden


def _import(factory: SessionFactory, source: str, rows: list[Row], publish: bool) -> None:
    """Import the rows, each known by its number."""
    plan = ImportPlan(
        SLUG, source, uses=frozenset({"read", "publish"}), publish=publish, because="measuring" * publish
    )
    with transaction(factory) as session:
        fresh = [ImportRow(number + 1, row["text"], str(number)) for number, row in enumerate(rows)]
        import_batch(session, plan, fresh, NOW, KEY)


def _measure(way: str, rows: list[Row], public: dict[int, list[tuple[int, int]]]) -> Iterator[Measure]:
    """Yield the share of marked details that no reader sees, by kind of detail."""
    marked, safe = Counter[str](), Counter[str]()
    for number, row in enumerate(rows):
        for span in row["spans"]:
            kind = KINDS.get(span["type"])
            if kind is None:
                continue
            group = "fixed form" if kind in STRUCTURED else kind
            start, end = span["start"], span["end"]
            covered = sum(max(0, min(end, e) - max(start, s)) for s, e in public.get(number, ()))
            marked[group] += 1
            safe[group] += number not in public or covered >= COVERED * (end - start)
    for group in sorted(marked):
        on = f"UK texts, {marked[group]} details, {len(public)} of {len(rows)} rows public"
        target = 0.99 if group == "fixed form" else 0.90
        yield Measure(f"{way}: {group} not readable", on, target, safe[group] / marked[group])
