"""Measures the pages of evidence over published stories: list, filters with counts, search, depth."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.cli.bench.figures import Figure, time_each
from involve.cli.bench.scratch import ScratchSite
from involve.cli.bench.visitor import Visitor
from involve.models import Publication
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter

LIST = "/en/evidence"
FEWEST, MOST = 10, 100  # visits of each page
PATIENCE = 4.0  # seconds for all visits of a page
_SAMPLE = 1_000
_MID = 0.03  # share of the stories that hold a word which is neither rare nor common
_SHORTEST = 5  # letters


@dataclass(frozen=True, slots=True)
class Page:
    """A page to visit; `query` is what stands behind the question mark."""

    name: str
    meaning: str
    path: str
    query: Mapping[str, str]


def measure_browse(site: ScratchSite) -> Iterator[Figure]:
    """Yield for each page its processor time, number of database statements and weight."""
    with site.factory() as session:
        total = find_stories(session, EvidenceFilter(), 1).total
        word = _mid_word(session)
        hits = find_stories(session, EvidenceFilter(words=word), 1).total
        deep = _deep_cursor(session, total)
    filters = {"goal": "healthier", "language": "cy"}
    pages = (
        Page("list", "the newest 20, with all counts", LIST, {}),
        Page("list_cy", "the same in Welsh", "/cy/tystiolaeth", {}),
        Page("deep", "20 stories at nine tenths of the way to the oldest", LIST, {"after": deep}),
        Page("filtered", "two filters (goal, language) with counts", LIST, filters),
        Page("search", f"search for “{word}”, {hits} hits, with counts", LIST, {"q": word}),
        Page("search_filtered", "the same search with the two filters", LIST, {"q": word, **filters}),
    )
    with site.visitor() as visitor:
        for page in pages:
            yield from _measure_page(visitor, page, max(FEWEST, min(MOST, total)))


def _measure_page(visitor: Visitor, page: Page, visits: int) -> Iterator[Figure]:
    """Yield the figures of one page."""
    query = urlencode(page.query)
    visitor.ask(page.path, query)  # templates are compiled on the first visit
    visitor.queries = 0
    visitor.ask(page.path, query)
    queries, weight = visitor.queries, visitor.weight
    label = f"Browsing: {page.name}"
    times = time_each(range(visits), lambda _: visitor.ask(page.path, query), label, PATIENCE)
    meaning = f"without the HTTP server, {len(times.cpu)} visits: {page.meaning}"
    yield from times.figures("browse", page.name, meaning)
    yield Figure("browse", f"{page.name}_queries", queries, "queries", "to the database for one visit")
    yield Figure(
        "browse", f"{page.name}_weight", round(weight / 1000, 1), "kB", "of HTML, packed with Brotli"
    )


def _mid_word(session: Session) -> str:
    """Return a word that about three in a hundred of the newest stories hold."""
    texts = session.scalars(select(Publication.text).order_by(Publication.id.desc()).limit(_SAMPLE)).all()
    held = Counter(word for text in texts for word in set(text.lower().split()) if word.isalpha())
    long = [word for word in held if len(word) >= _SHORTEST]
    return min(long, key=lambda word: (abs(held[word] / len(texts) - _MID), word))


def _deep_cursor(session: Session, total: int) -> str:
    """Return the cursor after which nine tenths of the stories are past."""
    query = select(Publication.id).order_by(Publication.id.desc()).offset(total * 9 // 10).limit(1)
    return str(session.scalars(query).one() + 1)
