"""Measures telling a story as people do, page by page, to the receipt; and makes sure that each story was kept."""

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

from sqlalchemy import func, select

from involve.cli.bench.figures import Figure, time_each
from involve.cli.bench.scratch import SLUG, ScratchSite
from involve.cli.bench.stories import invent_stories
from involve.cli.bench.visitor import PageRefused, Visitor
from involve.database import SessionFactory
from involve.models import Story
from involve.text.codebook import load_builtin

PATH = f"/cy/prosiectau/{SLUG}/dweud"
STEPS = ("story", "about", "agree")
# Who carries out the reading of a story, and what is then measured.
WAYS = (
    ("worker", "sent", "the last step: story, consents, job and event kept, receipt with QR code shown"),
    (
        "request",
        "sent_and_read",
        "the same, and the story read and tagged before the answer, as without a worker",
    ),
)
Answers = tuple[tuple[str, str], ...]


def measure_submit(site: ScratchSite, number: int) -> Iterator[Figure]:
    """Yield what telling *number* stories costs, with the reading left to a worker and with it in the request.

    Raises:
        PageRefused: a receipt was shown for a story that is not in the database.
    """
    stories = invent_stories(load_builtin(), number)
    for jobs, name, meaning in WAYS:
        with site.visitor(jobs=jobs) as visitor:
            yield from _measure_sending(site.factory, visitor, stories, name, meaning)
    with site.visitor(jobs="worker") as visitor:
        yield from _measure_steps(visitor, stories)


def _measure_sending(
    factory: SessionFactory, visitor: Visitor, stories: Sequence[str], name: str, meaning: str
) -> Iterator[Figure]:
    """Yield what the last step costs, after making sure that it kept what it said it kept."""
    _send(visitor, _answers(uuid4(), stories[0]))  # templates are compiled for the first
    before, receipts = _count(factory), len(stories)
    answers = [_answers(uuid4(), story) for story in stories]
    times = time_each(answers, lambda each: _send(visitor, each), f"Sending {receipts} stories: {name}")
    landed = _count(factory) - before
    if landed != receipts:
        raise PageRefused(f"{receipts} receipts were shown, but {landed} stories are in the database.")
    yield from times.figures("submit", name, f"without the HTTP server: {meaning}")
    yield Figure("submit", f"{name}_rows", landed, "stories", f"in the database after {receipts} receipts")


def _measure_steps(visitor: Visitor, stories: Sequence[str]) -> Iterator[Figure]:
    """Yield what the pages before the last one cost together, and the first of them alone."""
    visitor.ask(PATH)
    weight = visitor.weight
    times = time_each(stories, lambda _: visitor.ask(PATH), "Opening the form")
    yield from times.figures("submit", "form", "without the HTTP server: the empty first page of telling")
    yield Figure("submit", "form_weight", round(weight / 1000, 1), "kB", "of its HTML, packed with Brotli")
    times = time_each(
        [_answers(uuid4(), story) for story in stories],
        lambda answers: _go_through(visitor, answers),
        "Answering",
    )
    yield from times.figures(
        "submit", "steps", "without the HTTP server: the first page and the three steps to the last"
    )


def _go_through(visitor: Visitor, answers: Answers) -> None:
    """Open the form and answer every question, without sending."""
    visitor.ask(PATH)
    for step in STEPS:
        visitor.ask(PATH, form=[*answers, ("step", step)])


def _send(visitor: Visitor, answers: Answers) -> None:
    """Press the last button."""
    visitor.ask(PATH, form=[*answers, ("step", "check"), ("go", "sent")])


def _answers(client_id: UUID, story: str) -> Answers:
    """Return the answers of someone who agrees to being read, published and quoted."""
    return (
        ("client_id", str(client_id)),
        ("story", story),
        ("told_as", "own"),
        ("area", ""),
        ("read", "y"),
        ("uses", "publish"),
        ("uses", "quote"),
        ("reply_language", "cy"),
    )


def _count(factory: SessionFactory) -> int:
    """Return the number of stories in the database."""
    with factory() as session:
        return session.scalar(select(func.count()).select_from(Story)) or 0
