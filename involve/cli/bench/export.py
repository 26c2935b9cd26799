"""Measures writing the published stories of a project to a file, in each format."""

import time
from collections.abc import Iterator

from involve.cli.bench.figures import Figure, most_held_by, show_progress, time_once
from involve.cli.bench.scratch import SLUG, ScratchSite
from involve.cli.export import choose, write_file
from involve.cli.memory import settle_memory
from involve.documents.tables.writers import forms_here
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.published import one_moment

# With fewer stories, what a format holds of them is lost in what the program itself holds.
ENOUGH_TO_HOLD = 1_000


def measure_export(site: ScratchSite) -> Iterator[Figure]:
    """Yield for each format how many rows a second, seconds, how much more memory than for no story, and size."""
    settle_memory()  # as the command does
    forms = [form.id for form in forms_here()]
    with show_progress(forms, "Exporting") as shown:
        for form in shown:
            yield from _measure_format(site, form)


def _measure_format(site: ScratchSite, form: str) -> Iterator[Figure]:
    """Yield the figures of one format."""
    path = site.folder / f"export.{form}"
    since = time.perf_counter()
    with one_moment(site.factory) as session:
        chosen = choose(session, EvidenceFilter(project=SLUG))
        rows = chosen.total
        used = time_once(lambda: write_file(form, path, chosen, chosen.stories))
    elapsed = time.perf_counter() - since
    meaning = f"of one core, read from the database and written as {form}: {rows} stories with their tags"
    yield Figure("export", f"{form}_rows", rows, "rows", "stories written")
    yield Figure("export", f"{form}_rate", round(1000 * rows / used, 1), "rows/s", meaning)
    yield Figure("export", f"{form}_elapsed", round(elapsed, 2), "s", "the same, as time passes")
    if rows >= ENOUGH_TO_HOLD:
        yield Figure(
            "export", f"{form}_memory", _growth(site, form), "MB", "most held, above that for no story"
        )
    yield Figure("export", f"{form}_size", round(path.stat().st_size / 1e6, 4), "MB", "of the file")


def _growth(site: ScratchSite, form: str) -> float:
    """Return how much more memory a process of its own holds at most for all stories than for none."""
    there = {
        "INVOLVE_DATABASE_URL": site.settings.resolved_database_url,
        "INVOLVE_DATA_DIR": str(site.folder),
    }
    command = ["export", "--project", SLUG, "--format", form, "-o", str(site.folder / f"child.{form}")]
    held = [most_held_by([*command, *more], there) for more in (["--since", "9999-01-01"], [])]
    return round(held[1] - held[0], 1)
