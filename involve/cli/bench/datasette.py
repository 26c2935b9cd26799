"""What Datasette, the quickest browser of data that we know, takes for the same rows in the same run, if installed."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import click

from involve.cli.bench.figures import Figure
from involve.cli.bench.flat import FACETS

PROGRAM = "datasette"
VISITS = 12
PATIENCE = 20.0  # seconds for all visits of a page, and for its start
SETTINGS = {
    "suggest_facets": "off",
    "facet_time_limit_ms": "60000",
    "sql_time_limit_ms": "60000",
    "num_sql_threads": "1",
}


def measure_datasette(flat: Path, words: Sequence[str], filters: Mapping[str, str]) -> Iterator[Figure]:
    """Yield the processor time of its own process for a visit of each page, its HTTP server included."""
    program = shutil.which(PROGRAM)
    if program is None:
        yield Figure("browse", PROGRAM, "not installed", "", "no comparison; put it on the path to have one")
        return
    shown = [("_size", "20"), ("_sort_desc", "id"), *(("_facet", name) for name in FACETS)]
    pages = {
        "list": ("the newest 20, four facets", [shown] * VISITS),
        "filtered": ("two filters, four facets", [[*shown, *filters.items()]] * VISITS),
        "search": ("search, no facets", [[("_size", "20"), ("_search", word)] for word in words[:VISITS]]),
        "search_facets": ("search, four facets", [[*shown, ("_search", word)] for word in words[:VISITS]]),
    }
    with _serving(program, flat) as (process, address):
        for name, (meaning, queries) in pages.items():
            click.echo(f"Datasette: {name} …", err=True)
            paths = [f"{address}/{flat.stem}/story?{urlencode(query)}" for query in queries]
            _ask(paths[0])
            used, visits = _measure(process.pid, paths)
            meaning = f"Datasette with its HTTP server, mean of {visits} visits: {meaning}"
            yield Figure("browse", f"{PROGRAM}_{name}_cpu", used, "ms", meaning)


def _measure(process: int, paths: Sequence[str]) -> tuple[float, int]:
    """Ask for the pages and return the mean processor time of the process, in ms, and for how many of them."""
    before, started, visits = _used(process), time.perf_counter(), 0
    for path in paths:
        if visits and time.perf_counter() - started > PATIENCE:
            break
        _ask(path)
        visits += 1
    return round(1000 * (_used(process) - before) / visits, 3), visits


def _used(process: int) -> float:
    """Return the processor time of a process so far, in seconds (proc(5): utime and stime, in clock ticks)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _ask(address: str) -> None:
    with urllib.request.urlopen(address, timeout=PATIENCE * 6) as answer:  # noqa: S310  our own child
        answer.read()


@contextmanager
def _serving(program: str, flat: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """Serve the table on a free port; give the process and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, value)]
    process = subprocess.Popen(  # noqa: S603  a program that was looked up on the path
        [program, "serve", str(flat), "--port", str(port), *settings],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield process, address
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    until = time.perf_counter() + PATIENCE
    while True:
        try:
            return _ask(address)
        except OSError:
            if time.perf_counter() > until:
                raise
            time.sleep(0.2)
