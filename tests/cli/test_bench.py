"""`involve bench`: every part runs on small numbers, says what each figure is, and leaves nothing behind."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from involve.cli.bench.stories import invent_stories
from involve.cli.bench.visitor import PageRefused, Visitor
from involve.database import open_database, session_factory, transaction, upgrade_schema
from involve.models import Base, Project, Publication
from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse
from tests.cli.commands import involve
from tests.factories import make_project, make_story


def figures_of(part: str, folder: Path, *more: str) -> dict[str, Any]:
    done = involve("bench", part, "--stories", "4", "--format", "json", *more, folder=folder)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["figures"]
    assert all(figure["meaning"] for figure in found)
    return {f"{figure['part']}.{figure['name']}": figure["value"] for figure in found}


@pytest.mark.parametrize(
    ("part", "figures"),
    [
        ("tag", ["tag.words_rate", "tag.tags_rate", "tag.everything_rate", "tag.memory", "tag.cold_start"]),
        ("retag", ["retag.first_rate", "retag.first_tagged", "retag.cues_cpu", "retag.words_rate"]),
        ("submit", ["submit.sent_cpu_p50", "submit.sent_and_read_cpu_p95", "submit.form_weight"]),
        (
            "browse",
            [
                "browse.list_cpu_p50",
                "browse.deep_anew_queries",
                "browse.filtered_anew_weight",
                "browse.bare_list_cpu_p95",
            ],
        ),
        ("export", ["export.csv_rate", "export.xlsx_rate", "export.jsonl_size"]),
    ],
)
def test_each_part_reports_its_figures_and_the_machine(part: str, figures: list[str], tmp_path: Path) -> None:
    found = figures_of(part, tmp_path)
    assert found["machine.yardstick"] > 0
    assert [name for name in figures if not found[name] > 0] == []


def test_each_receipt_is_a_story_in_the_database(tmp_path: Path) -> None:
    found = figures_of("submit", tmp_path)
    assert (found["submit.sent_rows"], found["submit.sent_and_read_rows"]) == (4, 4)


def test_the_data_folder_of_the_site_stays_untouched(tmp_path: Path) -> None:
    figures_of("export", tmp_path)
    assert not (tmp_path / "data").exists()


def test_a_table_has_a_line_for_each_figure(tmp_path: Path) -> None:
    done = involve("bench", "export", "--stories", "4", folder=tmp_path)
    assert "csv_rate" in done.stdout
    assert "what it is" in done.stdout.splitlines()[0]


def test_a_database_that_is_named_is_left_as_it_was(database_url: str, tmp_path: Path) -> None:
    engine = open_database(database_url)
    upgrade_schema(engine)
    factory = session_factory(engine)
    with transaction(factory) as session:
        make_project(session)
        make_story(session)
    before = count_rows(engine)
    for part in ("browse", "retag", "submit", "export"):
        figures_of(part, tmp_path, "--database", database_url)
    # The audit trail is only ever added to.
    left = {"signpost": 0, "event": 0}
    assert {**count_rows(engine), **left} == {**before, **left}
    with factory() as session:
        assert list(session.scalars(select(Project.slug))) == ["bywyd-da"]
        assert session.scalar(select(func.count()).select_from(Publication)) == 0
    engine.dispose()


def count_rows(engine: Any) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_a_number_of_stories_that_is_none_is_refused(tmp_path: Path) -> None:
    assert involve("bench", "tag", "--stories", "0", folder=tmp_path).returncode == 2


def test_invented_stories_are_in_both_languages_and_are_read_as_stories() -> None:
    codebook = load_builtin()
    stories = invent_stories(codebook, 12)
    assert stories == invent_stories(codebook, 12)
    read = [analyse(story, codebook) for story in stories]
    assert [analysis.language for analysis in read] == ["cy", "en"] * 6
    assert all(analysis.tags and not analysis.spam for analysis in read)
    assert all(190 < len(story.split()) < 270 for story in stories)


def test_a_page_that_is_refused_gives_no_figure() -> None:
    class Refusing:
        extensions = {"involve": type("Kept", (), {"factory": session_factory(open_database("sqlite://"))})}

        def __call__(self, environ: Any, start: Any) -> list[bytes]:
            start("503 Away", [])
            return [b""]

    with pytest.raises(PageRefused):
        Visitor(Refusing()).ask("/")
