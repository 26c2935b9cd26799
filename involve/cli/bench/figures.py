"""What a benchmark reports, and how it measures: processor time, elapsed time, memory, progress."""

import os
import platform
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from involve import __version__

_YARDSTICK_NUMBERS = 300_000
_KB_PER_MB = 1000
_SAY_MOST = """
from involve.cli import main
try:
    main()
finally:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing. `meaning` says what was done and what the number leaves out."""

    part: str
    name: str
    value: float | str
    unit: str
    meaning: str

    @property
    def written(self) -> str:
        """The value for a person: three digits or so."""
        if isinstance(self.value, str):
            return self.value
        return f"{self.value:,.0f}" if abs(self.value) >= 100 or self.value == 0 else f"{self.value:.3g}"


@dataclass(frozen=True, slots=True)
class Times:
    """How long each of some equal pieces of work took, in ms: of this process's processor time, and elapsed."""

    cpu: tuple[float, ...]
    elapsed: tuple[float, ...]

    def figures(self, part: str, name: str, meaning: str) -> Iterator[Figure]:
        """Yield the median and the 95th percentile of the processor time, and the median that elapsed."""
        yield Figure(part, f"{name}_cpu_p50", percentile(self.cpu, 50), "ms", meaning)
        yield Figure(part, f"{name}_cpu_p95", percentile(self.cpu, 95), "ms", "the same, 95th percentile")
        yield Figure(
            part, f"{name}_elapsed_p50", percentile(self.elapsed, 50), "ms", "the same, as time passes"
        )


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that *share* percent of *values* do not exceed."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 3)


def time_each(
    pieces: Sequence[Item], do: Callable[[Item], object], label: str, most_seconds: float = float("inf")
) -> Times:
    """Do each of *pieces* and time it; stop after *most_seconds*, but not before ten."""
    cpu, elapsed = [], []
    started = time.perf_counter()
    with show_progress(pieces, label) as shown:
        for piece in shown:
            if len(cpu) >= 10 and time.perf_counter() - started > most_seconds:
                break
            used, since = time.process_time_ns(), time.perf_counter_ns()
            do(piece)
            elapsed.append((time.perf_counter_ns() - since) / 1e6)
            cpu.append((time.process_time_ns() - used) / 1e6)
    return Times(tuple(cpu), tuple(elapsed))


def show_progress(pieces: Sequence[Item], label: str) -> Any:
    """Return *pieces* with a bar on standard error; where nobody looks, with one line."""
    if not sys.stderr.isatty():
        click.echo(f"{label} …", err=True)
    return click.progressbar(pieces, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def peak_memory() -> float:
    """Return the most memory that this process has held so far, in MB."""
    return _in_megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def describe_machine() -> Iterable[Figure]:
    """Yield where and with what the figures were measured, and a yardstick to compare runs by."""
    yield Figure("machine", "version", __version__, "", "version of Involve")
    yield Figure("machine", "python", platform.python_version(), "", "version of Python")
    yield Figure("machine", "cores", len(os.sched_getaffinity(0)), "cores", "that this process may use")
    yield Figure("machine", "load", round(os.getloadavg()[0], 2), "", "processes that ran in the last minute")
    numbers = random.Random(1).choices(range(1_000_000), k=_YARDSTICK_NUMBERS)  # noqa: S311 - no secret
    times = [time_once(lambda: sorted(numbers)) for _ in range(5)]
    yield Figure(
        "machine",
        "yardstick",
        round(min(times), 3),
        "ms",
        f"CPU to sort {_YARDSTICK_NUMBERS:,} numbers, best of 5",
    )


def time_once(do: Callable[[], object]) -> float:
    """Return the processor time of *do*, in ms."""
    used = time.process_time_ns()
    do()
    return (time.process_time_ns() - used) / 1e6


def run_child(arguments: Sequence[str]) -> tuple[float, float, float]:
    """Run `involve` with *arguments* in a new process; return elapsed s, processor s and most memory in MB.

    Raises:
        ChildProcessError: it failed.
    """
    started = time.perf_counter()
    command = [sys.executable, "-c", "from involve.cli import main; main()", *arguments]
    to_nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(sys.executable, command, os.environ, file_actions=to_nowhere)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise ChildProcessError(os.waitstatus_to_exitcode(status), f"involve {arguments[0]} failed")
    elapsed = time.perf_counter() - started
    return elapsed, usage.ru_utime + usage.ru_stime, _in_megabytes(usage.ru_maxrss)


def most_held_by(arguments: Sequence[str], variables: Mapping[str, str]) -> float:
    """Run `involve` with *arguments* and *variables* in a new process and return the most memory it held, in MB.

    The process says so itself: what the system counts of a child begins with what its parent held.

    Raises:
        CalledProcessError: it failed.
    """
    said = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _SAY_MOST, *arguments],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return _in_megabytes(int(said.stdout.split()[-2]))


def _in_megabytes(kilobytes: int) -> float:
    """Return kilobytes of 1024 bytes, as Linux counts memory, in MB."""
    return round(kilobytes * 1.024 / _KB_PER_MB, 1)
