"""What of a published story stands in a file: the public values and nothing else, as rows of tables."""

from collections.abc import Iterator

from involve.services.evidence.public_story import PublicStory
from involve.vocabulary.exports import STORY_COLUMNS
from involve.vocabulary.exports import TAG_COLUMNS as TAG_TERMS

# What staff made of the text stands last; the text itself is the record.
COLUMNS = tuple(column.id for column in STORY_COLUMNS)
TAG_COLUMNS = tuple(column.id for column in TAG_TERMS)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def export_row(story: PublicStory) -> tuple[str, ...]:
    """Return the story as one row under `COLUMNS`; a tag reads ``id: stance (agreed|suggested)``."""
    tags: dict[str, list[str]] = {"goal": [], "way": [], "theme": []}
    for tag in story.tags:
        voice = "agreed" if tag.agreed else "suggested"
        tags.setdefault(tag.scheme, []).append(f"{tag.concept}: {tag.stance} ({voice})")
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
        "; ".join(tags["goal"]),
        "; ".join(tags["way"]),
        "; ".join(tags["theme"]),
        translated.get("cy", ""),
        translated.get("en", ""),
    )


def tag_rows(story: PublicStory) -> Iterator[tuple[str, ...]]:
    """Yield one row under `TAG_COLUMNS` for each tag of the story, with the words that it rests on."""
    for tag in story.tags:
        yield (
            story.reference,
            tag.scheme,
            tag.concept,
            tag.stance,
            "yes" if tag.agreed else "no",
            "; ".join(f"{start}-{end}" for start, end in tag.passages),
            " … ".join(story.text[start:end] for start, end in tag.passages),
        )


def guard_cell(cell: str) -> str:
    """Return *cell* so that a spreadsheet shows it as words instead of running it as a formula."""
    return "'" + cell if cell.startswith(FORMULA) else cell
