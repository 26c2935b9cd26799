"""The least that a page can cost: Flask, one template and one SQLite file, in one language and with nothing else."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from involve.cli.bench.figures import Figure, time_each
from involve.cli.bench.flat import FACETS

# As many columns and facets as the site's own page shows, and nothing of its frame.
TEMPLATE = """<!DOCTYPE html><html lang="en"><title>Stories</title><h1>Stories</h1>
{% for name, rows in facets %}<h2>{{ name }}</h2><ul>{% for value, count in rows %}<li>{{ value }} {{ count }}</li>
{% endfor %}</ul>{% endfor %}
{% for story in stories %}<article lang="{{ story[3] }}"><p>{{ story[2] }}</p><p>{{ story[4] }} {{ story[5] }}</p>
<a href="/{{ story[1] }}">{{ story[1] }}</a></article>{% endfor %}</html>"""
NEWEST = "select * from story order by id desc limit 20"
RANKED = """select story.* from story_fts join story on story.id = story_fts.rowid
where story_fts match ? order by bm25(story_fts) limit 20"""


def measure_reference(flat: Path, words: Sequence[str], visits: int, patience: float) -> Iterator[Figure]:
    """Yield what the bare pages take: the list, the list with four facets counted by SQL, and a ranked search."""
    client = _make_app(flat).test_client()
    pages = {
        "bare_list": ("the newest 20, no facets", ["/"] * visits),
        "bare_facets": ("the newest 20 and four facets, counted by SQL", ["/?facets=1"] * visits),
        "bare_search": ("search with bm25 for the same words, no facets", [f"/?q={word}" for word in words]),
    }
    for name, (meaning, paths) in pages.items():
        client.get(paths[0])
        times = time_each(paths[:visits], client.get, f"Bare Flask: {name}", patience)
        yield from times.figures("browse", name, f"bare Flask and FTS5, {len(times.cpu)} visits: {meaning}")


def _make_app(flat: Path) -> Any:
    # Imported here: nothing else of the command line makes an application by itself.
    from flask import Flask, render_template_string, request

    app = Flask("bare")
    database = sqlite3.connect(flat, check_same_thread=False)

    @app.get("/")
    def list_stories() -> str:
        word = request.args.get("q")
        rows = database.execute(RANKED, (word,)) if word else database.execute(NEWEST)
        facets = [(name, _count(database, name)) for name in FACETS] if "facets" in request.args else []
        return render_template_string(TEMPLATE, stories=rows.fetchall(), facets=facets)

    return app


def _count(database: sqlite3.Connection, name: str) -> list[Any]:
    counted = f"select {name}, count(*) from story group by {name} order by 2 desc"  # noqa: S608  one of FACETS
    return database.execute(counted).fetchall()
