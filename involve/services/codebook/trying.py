"""Trying a codebook out before it counts: on published stories, what would be tagged that is not, and the reverse."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Project, Publication
from involve.services.codebook.books import (
    ThemeView,
    as_concepts,
    draft_codebook,
    find_coded_project,
    released_codebook,
)
from involve.services.codebook.drafting import ThemeDraft
from involve.services.staff.access import Actor
from involve.text.sentences import split_sentences
from involve.text.theme_reading import make_theme_reader, prepare
from involve.text.types import Tag

# Newest published stories that a codebook is tried on, and of these how many are shown for each theme and direction.
SAMPLE, SHOWN = 200, 5


@dataclass(frozen=True, slots=True)
class TriedStory:
    """A story that a change would tag, or tag no longer, with the words that cause it; `language` is the story's.

    `sentences` are those in which the words stand: the text of each, and where the words are in it.
    """

    reference: str
    language: str
    passages: tuple[str, ...]
    sentences: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class TriedTheme:
    """What a change would do to one theme: stories before and after, and the first of those gained and lost."""

    theme: ThemeView
    before: int
    after: int
    gained: int
    lost: int
    gained_stories: tuple[TriedStory, ...]
    lost_stories: tuple[TriedStory, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do on the newest `stories` published stories; only themes that it touches, biggest first."""

    stories: int
    themes: tuple[TriedTheme, ...]


def try_theme(session: Session, actor: Actor, slug: str, key: str, draft: ThemeDraft, now: datetime) -> Trial:
    """Return what keeping *draft* as the theme *key* ('' for a new one) would change against what is saved now.

    Raises:
        NotFound, NotAllowed: there is no such project, or no grant covers it.
    """
    project = find_coded_project(session, actor, slug)
    saved = draft_codebook(session, project) or released_codebook(session, project)
    before = saved.themes if saved else ()
    changed = draft.as_view(slug, key or "·", now, any(t.key == key and t.retired for t in before))
    after = [changed if theme.key == key else theme for theme in before]
    return _try(session, project, before, after if key else [*after, changed])


def try_draft(session: Session, actor: Actor, slug: str) -> Trial:
    """Return what releasing the draft would change against what is released; nothing where there is no draft.

    Raises:
        NotFound, NotAllowed: as `try_theme`.
    """
    project = find_coded_project(session, actor, slug)
    released, draft = released_codebook(session, project), draft_codebook(session, project)
    before = released.themes if released else ()
    return _try(session, project, before, draft.themes if draft else before)


def _try(
    session: Session, project: Project, before: Iterable[ThemeView], after: Iterable[ThemeView]
) -> Trial:
    before, after = tuple(before), tuple(after)
    readers = [make_theme_reader(as_concepts(themes)) for themes in (before, after)]
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    gained: dict[str, list[TriedStory]] = defaultdict(list)
    lost: dict[str, list[TriedStory]] = defaultdict(list)
    rows = _newest(session, project)
    for reference, language, text in rows:
        story = prepare(text)
        old, new = ({tag.concept: tag for tag in reader.read(story)} for reader in readers)
        for at, tags in enumerate((old, new)):
            for concept in tags:
                counts[concept][at] += 1
        for into, tags, others in ((gained, new, old), (lost, old, new)):
            for concept in tags.keys() - others.keys():
                into[concept].append(_tried(reference, language, text, tags[concept]))
    themes = {theme.concept: theme for theme in (*before, *after)}
    tried = [
        TriedTheme(
            theme=themes[concept],
            before=counts[concept][0],
            after=counts[concept][1],
            gained=len(gained[concept]),
            lost=len(lost[concept]),
            gained_stories=tuple(gained[concept][:SHOWN]),
            lost_stories=tuple(lost[concept][:SHOWN]),
        )
        for concept in gained.keys() | lost.keys()
    ]
    tried.sort(key=lambda each: (-each.gained - each.lost, each.theme.concept))
    return Trial(len(rows), tuple(tried))


def _newest(session: Session, project: Project) -> list[tuple[str, str, str]]:
    query = select(Publication.reference, Publication.language, Publication.text)
    mine = query.where(Publication.project_id == project.id)
    rows = session.execute(mine.order_by(Publication.id.desc()).limit(SAMPLE))
    return [(reference, language, text) for reference, language, text in rows]


def _tried(reference: str, language: str, text: str, tag: Tag) -> TriedStory:
    marked = (
        (
            each,
            tuple(
                (p.start - each.start, p.end - each.start)
                for p in tag.passages
                if each.start <= p.start < each.end
            ),
        )
        for each in split_sentences(text)
    )
    sentences = tuple((each.text, places) for each, places in marked if places)
    return TriedStory(reference, language, tuple(passage.text for passage in tag.passages), sentences)
