"""A Parquet file of stories, for programs that analyse data. The library that writes it is the extra `parquet`."""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.util import find_spec
from itertools import islice
from typing import IO, Any

from involve.documents.tables.shape import Shape
from involve.errors import BadInput
from involve.services.evidence.public_story import PublicStory
from involve.vocabulary.exports import STORY_COLUMNS, TAG_COLUMNS

# Stories in one group of rows: enough to pack well, few enough to hold.
GROUP = 500
# Columns of few values: each value is written once, and which there are stands at the end of the file for programs
# that look for some stories. For words that are never the same twice both would only take memory and room.
REPEATED = ("project", "language", "area", "told_as")


class ParquetMissing(BadInput):
    """This installation cannot write Parquet."""

    code = "parquet_missing"


def has_parquet() -> bool:
    """Whether this installation can write Parquet."""
    return find_spec("pyarrow") is not None


def write_parquet(file: IO[bytes], stories: Iterable[PublicStory], _shape: Shape) -> None:
    """Write one row a story, its tags a list in it; the words stand as they are.

    Raises:
        ParquetMissing: the extra is not installed.
    """
    if not has_parquet():
        raise ParquetMissing(
            "Parquet needs pyarrow: run pip install 'involve[parquet]', or take another format."
        )
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    pa.set_memory_pool(pa.system_memory_pool())  # the library's own keeps what it took once
    schema = _schema(pa)
    waiting = iter(stories)
    kept = {"use_dictionary": [*REPEATED], "write_statistics": [*REPEATED, "published_on"]}
    with ParquetWriter(file, schema, **kept) as writer:
        while rows := [_row(story) for story in islice(waiting, GROUP)]:
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema))


def _row(story: PublicStory) -> dict[str, Any]:
    """Return the story as Parquet keeps it: dates, truths and lists instead of words for them."""
    translated = {each.language: each.text for each in story.translations}
    published_on: date = story.published_on
    return {
        "reference": story.reference,
        "project": story.project_slug,
        "published_on": published_on,
        "language": story.language,
        "area": story.area,
        "told_as": story.told_as,
        "quotable": story.quotable,
        "text": story.text,
        "translation_cy": translated.get("cy"),
        "translation_en": translated.get("en"),
        "tags": list(_tags(story)),
    }


def _tags(story: PublicStory) -> Iterator[dict[str, Any]]:
    """Yield the tags of a story, with their passages."""
    for tag in story.tags:
        yield {
            "scheme": tag.scheme,
            "concept": tag.concept,
            "stance": tag.stance,
            "agreed": tag.agreed,
            "passages": [{"start": start, "end": end} for start, end in tag.passages],
        }


def _schema(pa: Any) -> Any:
    """Return the columns and their kinds, each with what it means in both languages."""
    place = pa.struct([("start", pa.int32()), ("end", pa.int32())])
    tag = pa.struct(
        [
            ("scheme", pa.string()),
            ("concept", pa.string()),
            ("stance", pa.string()),
            ("agreed", pa.bool_()),
            ("passages", pa.list_(place)),
        ]
    )
    kinds = {"published_on": pa.date32(), "quotable": pa.bool_()}
    fields = [
        pa.field(each.id, kinds.get(each.id, pa.string()), metadata={"cy": each.name.cy, "en": each.name.en})
        for each in STORY_COLUMNS
        if each.id not in ("goals", "ways", "themes")
    ]
    words = {
        language: "; ".join(f"{each.id}: {getattr(each.name, language)}" for each in TAG_COLUMNS)
        for language in ("cy", "en")
    }
    return pa.schema([*fields, pa.field("tags", pa.list_(tag), metadata=words)])
