"""Exporting published stories: the public values and nothing else, one after another, oldest last."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from involve.services.evidence.evidence import LARGEST_PAGE, EvidenceFilter, PublicStory, find_stories

COLUMNS = (
    "reference",
    "project",
    "published_on",
    "language",
    "area",
    "told_as",
    "quotable",
    "text",
    "goals",
    "ways",
    "themes",
    # What staff made of the text; the text itself is the record.
    "translation_cy",
    "translation_en",
)


def published_stories(session: Session, project: str) -> Iterator[PublicStory]:
    """Yield the published stories of *project* (slug), newest first, page by page, so that any number fits."""
    after: str | None = None
    while True:
        page = find_stories(session, EvidenceFilter(project=project), LARGEST_PAGE, after)
        yield from page.stories
        after = page.next
        if after is None:
            return


def export_row(story: PublicStory) -> tuple[str, ...]:
    """Return the story as one row under `COLUMNS`; a tag reads ``id: stance (agreed|suggested)``."""
    tags = {
        scheme: "; ".join(
            f"{tag.concept}: {tag.stance} ({'agreed' if tag.agreed else 'suggested'})"
            for tag in story.tags
            if tag.scheme == scheme
        )
        for scheme in ("goal", "way", "theme")
    }
    translated = {each.language: each.text for each in story.translations}
    return (
        story.reference,
        story.project_slug,
        story.published_on.isoformat(),
        story.language,
        story.area or "",
        story.told_as,
        "yes" if story.quotable else "no",
        story.text,
        tags["goal"],
        tags["way"],
        tags["theme"],
        translated.get("cy", ""),
        translated.get("en", ""),
    )


def guard_cell(cell: str) -> str:
    """Return *cell* so that a spreadsheet shows it as words instead of running it as a formula."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
