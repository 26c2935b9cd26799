"""Which function writes which form of file."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import IO

from involve.documents.qdpx import write_qdpx
from involve.documents.tables.columnar import has_parquet, write_parquet
from involve.documents.tables.opendocument import write_ods
from involve.documents.tables.plain import write_csv, write_csv_zip, write_jsonl
from involve.documents.tables.shape import PUBLISHED, Writer
from involve.documents.tables.workbook import write_xlsx
from involve.services.evidence.making import Exporter
from involve.services.evidence.public_story import PublicStory
from involve.settings import Settings
from involve.vocabulary.exports import EXPORT_FORMS, ExportForm

WRITERS: Mapping[str, Writer] = {
    "csv": write_csv,
    "csv-zip": write_csv_zip,
    "xlsx": write_xlsx,
    "ods": write_ods,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "qdpx": lambda file, stories, _shape: write_qdpx(file, "Involve", stories, datetime.now(UTC)),
}


def write_stories(form: str, file: IO[bytes], stories: Iterable[PublicStory]) -> None:
    """Write published stories in that form, as they come."""
    WRITERS[form](file, stories, PUBLISHED)


def make_exporter(settings: Settings) -> Exporter:
    """Return what makes the files of a site."""
    return Exporter(settings.resolved_export_dir, write_stories, lambda: datetime.now(UTC))


def forms_here() -> tuple[ExportForm, ...]:
    """Return the forms that this installation can write."""
    return tuple(form for form in EXPORT_FORMS if form.id != "parquet" or has_parquet())
