"""A site for benchmarks: its own keys, its own database or a project of its own, and invented stories in bulk."""

import random
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session

from involve.cli.bench.figures import Figure, show_progress
from involve.cli.bench.stories import invent_stories
from involve.cli.bench.visitor import Visitor
from involve.cli.memory import settle_memory
from involve.cli.run import make_app
from involve.cli.site import now, opened
from involve.database import SessionFactory, transaction
from involve.models import (
    Body,
    CodebookVersion,
    Consent,
    Job,
    Project,
    Publication,
    PublicationTag,
    Stage,
    Story,
)
from involve.services.projects.projects import ProjectPlan, StagePlan, add_body, add_project, find_project
from involve.services.projects.signposts import seed_signposts
from involve.services.publishing.keys import encode_keys
from involve.services.stories.tell import TAG_STORY
from involve.settings import Settings
from involve.text.codebook import load_builtin
from involve.text.search import index_keys
from involve.vocabulary.areas import AREAS
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.states import STANCES

SLUG = "involve-bench"
NAME = Bilingual("Prosiect mesur cyflymder", "Project for measuring speed")
BATCH = 500
# Stories that are read by machine; beyond these the same ones come again, under another reference, place and day.
DIFFERENT = 1_000
# Of a published story, as the targets of browsing have it.
PUBLISHED_WORDS = 60
TAGS = 3
LANGUAGES = ("cy", "en")


@dataclass(frozen=True)
class ScratchSite:
    """A site that nobody uses. `texts` are the stories that were invented for it."""

    settings: Settings
    factory: SessionFactory
    folder: Path

    def visitor(self, **settings: Any) -> Visitor:
        """Return a visitor of the site under these settings, to be used in a `with`."""
        app = make_app(replace(self.settings, **settings))
        settle_memory()
        return Visitor(app)

    def publish(self, number: int, words: int = PUBLISHED_WORDS) -> Iterator[Figure]:
        """Add *number* published stories of *words*, past the services: one by one would take far longer."""
        started = time.perf_counter()
        texts = invent_stories(load_builtin(), min(number, DIFFERENT), words)
        with show_progress(range(len(texts)), f"Reading {len(texts)} invented stories") as shown:
            read = [
                (texts[at], LANGUAGES[at % 2], _invent_tags(texts[at], at), _keys(texts[at])) for at in shown
            ]
        with show_progress(range(0, number, BATCH), f"Publishing {number} stories") as starts:
            for start in starts:
                with transaction(self.factory) as session:
                    _publish_batch(session, range(start, min(start + BATCH, number)), read)
        with self.factory() as session:
            if session.get_bind().dialect.name == "postgresql":
                # It does so by itself within a minute; a site in use has long been through it.
                session.execute(text("analyze"))
            total = session.scalar(select(func.count()).select_from(Publication)) or 0
        yield Figure(
            "site", "published", total, "stories", f"in the database, of {len(texts)} different texts"
        )
        yield Figure(
            "site", "published_in", round(time.perf_counter() - started, 1), "s", "to make them, in bulk"
        )
        yield Figure(
            "site",
            "database",
            self.factory.kw["bind"].dialect.name,
            "",
            "its CPU counts only when it is sqlite",
        )


@contextmanager
def scratch_site(folder: Path, database_url: str) -> Iterator[ScratchSite]:
    """Give a site on a SQLite file in *folder*, or on the database named, which is left as it was."""
    settings = Settings(
        data_dir=folder,
        database_url=database_url,
        secret_key=secrets.token_urlsafe(48),
        code_key=secrets.token_urlsafe(48),
        limits=False,
        secure_cookies=False,
        demonstration=True,
    )
    with opened(settings) as factory:
        if database_url:
            click.echo(
                f"Invented stories go into the project {SLUG} of that database. They are public there until they are "
                "removed at the end.",
                err=True,
            )
        with transaction(factory) as session:
            _remove(session)  # what an earlier run left when it was killed
            _open_project(session)
        try:
            yield ScratchSite(settings, factory, folder)
        finally:
            if database_url:
                with transaction(factory) as session:
                    _remove(session)


def _open_project(session: Session) -> None:
    """Add the project that takes the stories: unlisted, and marked as invented on every page."""
    today = now().date()
    stage = StagePlan(
        "identification", "iap2", "consult", NAME, NAME, NAME,
        today - timedelta(days=1), today + timedelta(days=30), today + timedelta(days=60),
    )  # fmt: skip
    add_body(session, SLUG, NAME)
    add_project(
        session, ProjectPlan(SLUG, SLUG, NAME, NAME, (stage,), listed=False, demonstration=True), now()
    )
    seed_signposts(session)


def _remove(session: Session) -> None:
    """Remove the project and everything about it but the audit trail, which is only ever added to."""
    project = session.scalar(select(Project.id).where(Project.slug == SLUG))
    if project is None:
        return
    stories = select(Story.id).where(Story.project_id == project)
    session.execute(delete(Job).where(Job.kind == TAG_STORY, Job.subject_id.in_(stories)))
    for table in (Publication, Story, CodebookVersion, Stage):
        session.execute(delete(table).where(table.project_id == project))
    session.execute(delete(Project).where(Project.id == project))
    session.execute(delete(Body).where(Body.slug == SLUG))


# Text, language, its tags as (scheme, concept, stance, passages), search keys.
Tagged = tuple[str, str, str, list[list[int]]]
Read = tuple[str, str, tuple[Tagged, ...], str]


def _invent_tags(text: str, at: int) -> tuple[Tagged, ...]:
    """Return three tags of a story, always the same for its number: each rests on its first sentence."""
    source = random.Random(at)  # noqa: S311 - no secret
    chosen = source.sample(load_builtin().concepts, TAGS)
    passage = [[0, text.find(".") + 1]]
    return tuple((each.scheme, each.id, source.choice(STANCES).id, passage) for each in chosen)


def _keys(text: str) -> str:
    """Return the search keys of a text as they are stored."""
    return " ".join(encode_keys(index_keys(text)))


def _publish_batch(session: Session, numbers: range, read: Sequence[Read]) -> None:
    """Add one story for each of *numbers*, with consent and published form."""
    project = find_project(session, SLUG)
    stage = project.stages[0]
    chosen = [read[number % len(read)] for number in numbers]
    common = {"project_id": project.id, "stage_id": stage.id, "told_as": "own"}
    rows = [
        {**common, **_shared(number, each), "page_language": "cy", "reply_language": "cy", "state": "published",
         "received_at": now(), "content_hash": "", "tagged_at": now()}
        for number, each in zip(numbers, chosen, strict=True)
    ]  # fmt: skip
    ids = session.scalars(insert(Story).returning(Story.id, sort_by_parameter_order=True), rows).all()
    session.execute(
        insert(Consent),
        [
            {"story_id": story, "use": use, "given": True, "wording_version": "bench", "wording_language": "cy",
             "answered_at": now()}
            for story in ids for use in ("read", "publish")
        ],
    )  # fmt: skip
    published = [
        {**common, **_shared(number, each), "story_id": story, "keys": each[3], "quotable": False,
         "published_at": now() - timedelta(minutes=number)}
        for story, number, each in zip(ids, numbers, chosen, strict=True)
    ]  # fmt: skip
    ids = session.scalars(
        insert(Publication).returning(Publication.id, sort_by_parameter_order=True), published
    ).all()
    session.execute(
        insert(PublicationTag),
        [row for at, each in zip(ids, chosen, strict=True) for row in _tags(at, each[2])],
    )


def _shared(number: int, read: Read) -> dict[str, Any]:
    """Return what a story and its published form have in common."""
    area = AREAS[number % len(AREAS)].gss
    return {"reference": f"bench-{number}", "text": read[0], "language": read[1], "area": area}


def _tags(publication: int, tags: Sequence[Tagged]) -> Iterator[dict[str, Any]]:
    """Yield the rows of the tags of a published story."""
    for scheme, concept, stance, passages in tags:
        yield {
            "publication_id": publication,
            "scheme": scheme,
            "concept": concept,
            "stance": stance,
            "voice": "machine",
            "passages": passages,
        }
