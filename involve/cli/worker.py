"""`involve worker`: carries out jobs apart from the site's own processes."""

import importlib

import click

from involve.cli.site import check_tables, open_engine, read_checked_settings

# The worker lives among the jobs, which commands do not import: it is started by name.
WORKER = "involve.jobs.worker"


@click.command()
@click.option(
    "--every",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.05, 3600),
    help="Seconds between looks for work when there is none.",
)
@click.option(
    "--processes",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that carry out jobs, where there is a broker.",
)
def worker(every: float, processes: int) -> None:
    """Carry out jobs: what is due now, then whatever comes, until stopped.

    With INVOLVE_BROKER_URL the site's processes hand out the numbers of jobs at once; without it this command
    looks for them. Either way the table of jobs is the truth: a job whose worker died is done by the next one.
    """
    settings = read_checked_settings()
    engine = open_engine(settings)
    check_tables(engine)
    engine.dispose()
    importlib.import_module(WORKER).run_worker(settings, every, processes)
