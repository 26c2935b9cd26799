"""Measures tagging every story of a project again, after each of three releases of its codebook."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from involve.cli.bench.figures import Figure, show_progress, time_once
from involve.cli.bench.scratch import SLUG, ScratchSite
from involve.cli.bench.stories import WORDS
from involve.cli.site import now
from involve.database import SessionFactory, transaction
from involve.models import CodebookTheme, CodebookVersion, Tag
from involve.services.codebook.retagging import retag_where_due
from involve.services.projects.projects import find_project
from involve.text.codebook import load_builtin
from involve.text.concepts import Concept
from involve.text.lexicon import Listed

CUES = 10  # of a theme in each language
MORE_CUES = 12


@dataclass(frozen=True, slots=True)
class Release:
    """A version to be released; one theme, the first, has so many cues in it and that definition."""

    name: str
    meaning: str
    cues: int = CUES
    definition: str = "—"


RELEASES = (
    Release("first", "the first codebook, which no story was read by"),
    Release("cues", "a version in which one theme has two more cues in each language", MORE_CUES),
    Release("words", "a version that only says otherwise what a theme means", MORE_CUES, "Anew."),
)


def measure_retag(site: ScratchSite, number: int) -> Iterator[Figure]:
    """Yield what tagging *number* published stories again takes, tags, published tags and marks written."""
    yield from site.publish(number, WORDS)
    with show_progress(RELEASES, f"Tagging {number} stories again, {len(RELEASES)} times") as shown:
        for release in shown:
            _release(site.factory, release)
            yield from _measure_release(site.factory, release, number)


def _measure_release(factory: SessionFactory, release: Release, number: int) -> Iterator[Figure]:
    """Yield the figures of one release."""
    since, done = time.perf_counter(), []
    used = time_once(lambda: done.extend(iter(lambda: retag_where_due(factory, now()), 0)))
    elapsed, name = time.perf_counter() - since, release.name
    yield Figure("retag", f"{name}_rows", sum(done), "stories", f"brought up to date with {release.meaning}")
    yield Figure("retag", f"{name}_rate", round(number / elapsed, 1), "stories/s", "as time passes")
    yield Figure("retag", f"{name}_cpu", round(used / number, 3), "ms", "CPU a story, reading and writing")
    yield Figure("retag", f"{name}_elapsed", round(elapsed, 1), "s", "all of them, as time passes")
    with factory() as session:
        tagged = session.scalar(select(func.count(distinct(Tag.story_id))).where(Tag.scheme == "theme"))
    yield Figure("retag", f"{name}_tagged", tagged or 0, "stories", "that bear a theme afterwards")


def _release(factory: SessionFactory, release: Release) -> None:
    """Add a released version to the project: a theme for each goal and way, past the services."""
    with transaction(factory) as session:
        project = find_project(session, SLUG).id
        of_project = CodebookVersion.project_id == project
        number = session.scalar(select(func.count()).select_from(CodebookVersion).where(of_project)) or 0
        session.add(
            CodebookVersion(
                project_id=project,
                number=number + 1,
                started_at=now(),
                released_at=now(),
                themes=[
                    _theme(concept, at, release if at == 0 else RELEASES[0])
                    for at, concept in enumerate(load_builtin().concepts)
                ],
            )
        )


def _theme(concept: Concept, position: int, release: Release) -> CodebookTheme:
    texts = {
        f"{part}_{language}": release.definition
        for part in ("definition", "includes", "excludes")
        for language in ("cy", "en")
    }
    return CodebookTheme(
        key=concept.id.replace("_", "-"),
        position=position,
        name_cy=concept.name.cy,
        name_en=concept.name.en,
        cues_cy=_cues(concept, "cy", release.cues),
        cues_en=_cues(concept, "en", release.cues),
        changed_at=now(),
        **texts,
    )


def _cues(concept: Concept, language: Listed, number: int) -> list[str]:
    """Return the first wordings by which a concept is recognised."""
    return [wording for cue in concept.cues for wording in getattr(cue, language)][:number]
