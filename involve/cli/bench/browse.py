"""Measures the pages of evidence: list, filters with counts, search, depth; and what others take for the same rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.cli.bench.datasette import measure_datasette
from involve.cli.bench.figures import Figure, time_each
from involve.cli.bench.flat import copy_flat
from involve.cli.bench.reference import measure_reference
from involve.cli.bench.scratch import ScratchSite
from involve.cli.bench.visitor import Visitor
from involve.models import Publication
from involve.services.evidence.evidence import PAGE, find_stories
from involve.services.evidence.filters import EvidenceFilter

LIST = "/en/evidence"
VISITS = 60  # of each page at most
PATIENCE = 6.0  # seconds for all visits of a page
FILTERS = {"goal": "healthier", "language": "cy"}
_SAMPLE = 1_000
_MID = 0.03  # share of the stories that hold a word which is neither rare nor common
_SHORTEST = 5  # letters
_ANY_WORD = "bws"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to visit; `queries` is what stands behind the question mark, another one at each visit or always one."""

    name: str
    meaning: str
    queries: Sequence[Mapping[str, str]]
    path: str = LIST


def measure_browse(site: ScratchSite) -> Iterator[Figure]:
    """Yield for each page its processor time, number of database statements and weight; then those of others."""
    with site.factory() as session:
        # Of very few stories no word is rare enough; any will do then.
        words = _mid_words(session) or [_ANY_WORD]
        hits = find_stories(session, EvidenceFilter(words=words[0]), 1).total
        pages = tuple(_pages(session, words, hits))
    with site.visitor() as visitor:
        for page in pages:
            yield from _measure_page(visitor, page)
    database = site.factory.kw["bind"].url.database
    if site.factory.kw["bind"].dialect.name == "sqlite":
        flat = copy_flat(database, site.folder)
        yield from measure_reference(flat, words, VISITS, PATIENCE)
        yield from measure_datasette(flat, words, FILTERS)


def _pages(session: Session, words: Sequence[str], hits: int) -> Iterator[Page]:
    """Yield the pages: where it says “anew”, no visit asks for what an earlier one asked for."""
    anew = [{"after": str(cursor)} for cursor in _cursors(session, 0)]
    deep = [{"after": str(cursor)} for cursor in _cursors(session, 9)]
    searches = [{"q": word} for word in words]
    yield Page("list", "the newest 20, with four facets", [{}])
    yield Page("list_cy", "the same in Welsh", [{}], "/cy/tystiolaeth")
    yield Page("list_anew", "20 stories and four facets, anew", anew)
    yield Page(
        "list_all_facets", "20 stories and all facets, anew", [{**each, "open": "all"} for each in anew]
    )
    yield Page("deep_anew", "20 stories at nine tenths of the way to the oldest, anew", deep)
    yield Page(
        "filtered_anew",
        "two filters (goal, language), four facets, anew",
        [{**each, **FILTERS} for each in anew],
    )
    yield Page(
        "search_anew",
        f"ranked search for words such as “{words[0]}” ({hits} hits), four facets, anew",
        searches,
    )
    yield Page(
        "search_filtered", "the same with the two filters, anew", [{**each, **FILTERS} for each in searches]
    )
    one = [{"q": words[0], "after": each["after"]} for each in anew]
    yield Page("search_again", f"further pages of the search for “{words[0]}”", [{"q": words[0]}, *one])
    yield Page("typical", "the most typical first", [{"sort": "typical"}])


def _measure_page(visitor: Visitor, page: Page) -> Iterator[Figure]:
    """Yield the figures of one page."""
    queries = [urlencode(each) for each in page.queries]
    visitor.ask(page.path, queries[0])  # templates are compiled on the first visit
    visitor.queries = 0
    visitor.ask(page.path, queries[-1])
    statements, weight = visitor.queries, visitor.weight
    visits = (queries[1:-1] or queries * VISITS)[:VISITS]
    times = time_each(visits, lambda query: visitor.ask(page.path, query), f"Browsing: {page.name}", PATIENCE)
    meaning = f"without the HTTP server, {len(times.cpu)} visits: {page.meaning}"
    yield from times.figures("browse", page.name, meaning)
    yield Figure("browse", f"{page.name}_queries", statements, "queries", "to the database for one visit")
    yield Figure(
        "browse", f"{page.name}_weight", round(weight / 1000, 1), "kB", "of HTML, packed with Brotli"
    )


def _mid_words(session: Session) -> list[str]:
    """Return words that about three in a hundred of the newest stories hold, the nearest to that first."""
    texts = session.scalars(select(Publication.text).order_by(Publication.id.desc()).limit(_SAMPLE)).all()
    held = Counter(word for text in texts for word in set(text.lower().split()) if word.isalpha())
    long = [word for word in held if len(word) >= _SHORTEST]
    nearest = sorted(long, key=lambda word: (abs(held[word] / len(texts) - _MID), word))
    # Words of grammar find nothing by themselves.
    found = (word for word in nearest if find_stories(session, EvidenceFilter(words=word), 1).total)
    return list(islice(found, VISITS + 2))


def _cursors(session: Session, tenths: int) -> list[int]:
    """Return cursors of pages from so many tenths of the way to the oldest on, each a page further."""
    total = find_stories(session, EvidenceFilter(), 1).total
    query = select(Publication.id).order_by(Publication.id.desc()).offset(total * tenths // 10)
    return [number + 1 for number in session.scalars(query.limit(PAGE * (VISITS + 2)))][::PAGE]
