"""Measures writing the published stories of a project to a file, in each format."""

import time
from collections.abc import Iterator

from involve.cli.bench.figures import Figure, peak_memory, show_progress, time_once
from involve.cli.bench.scratch import SLUG, ScratchSite
from involve.cli.export import WRITERS, choose


def measure_export(site: ScratchSite) -> Iterator[Figure]:
    """Yield rows a second, memory and size of the file for each format."""
    with show_progress(list(WRITERS), "Exporting") as forms:
        for form in forms:
            yield from _measure_format(site, form)


def _measure_format(site: ScratchSite, form: str) -> Iterator[Figure]:
    """Yield the figures of one format."""
    path = site.folder / f"export.{form}"
    held, since = peak_memory(), time.perf_counter()
    with site.factory() as session:
        chosen = choose(session, SLUG)
        rows = chosen.total
        used = time_once(lambda: WRITERS[form](path, chosen, chosen.stories))
    elapsed = time.perf_counter() - since
    meaning = f"of one core, read from the database and written as {form}: {rows} stories with their tags"
    yield Figure("export", f"{form}_rate", round(1000 * rows / used, 1), "rows/s", meaning)
    yield Figure(
        "export", f"{form}_rate_elapsed", round(rows / elapsed, 1), "rows/s", "the same, as time passes"
    )
    yield Figure(
        "export", f"{form}_memory", round(peak_memory() - held, 1), "MB", "more held at most than ever before"
    )
    yield Figure("export", f"{form}_size", round(path.stat().st_size / 1e6, 2), "MB", "of the file")
