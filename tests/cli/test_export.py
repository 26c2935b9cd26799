"""`involve export`: the filters of the evidence page, and what cannot be asked for."""

import json
import sys
from pathlib import Path

import pytest

from involve.database import open_database, session_factory, transaction, upgrade_schema
from tests.cli.commands import involve
from tests.factories import make_project
from tests.publications import Shown, add_rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two projects and published stories in both."""
    folder = tmp_path_factory.mktemp("export")
    engine = open_database(f"sqlite:///{folder / 'data' / 'involve.sqlite3'}")
    upgrade_schema(engine)
    concern = (("goal", "healthier", "concern"),)
    with transaction(session_factory(engine)) as session:
        make_project(session)
        make_project(session, "arall")
        add_rows(
            session,
            "bywyd-da",
            [Shown("Meddygon prysur.", "cy", "W06000002", concern), Shown("A quiet lake.")],
        )
        add_rows(session, "arall", [Shown(f"Number {at}.") for at in range(300)])
    engine.dispose()
    return folder


@pytest.mark.parametrize(
    ("chosen", "stories"),
    [
        ((), 302),
        (("--project", "bywyd-da"), 2),
        (("--goal", "healthier", "--stance", "concern", "--area", "W06000002", "--words", "meddyg"), 1),
        (("--goal", "healthier", "--stance", "strength"), 0),
        (("--since", "2999-01-01"), 0),
    ],
)
def test_a_file_holds_what_the_evidence_page_would_list(
    folder: Path, chosen: tuple[str, ...], stories: int
) -> None:
    output = folder / "out.jsonl"
    done = involve("export", *chosen, "--format", "jsonl", "-o", output, folder=folder)
    assert done.stdout == f"Stories: {stories} in {output}\n", done.stderr
    references = [json.loads(line)["reference"] for line in output.read_text("utf-8").splitlines()]
    assert len(set(references)) == stories


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (("--goal", "happier"), "--goal"),
        (("--area", "Gwynedd"), "--area"),
        (("--since", "2026-02-31"), "--since"),
        (("--since", "2026-03-01", "--until", "2026-02-01"), "no story can fit"),
        (("--words", "a" * 201), "200 characters"),
        (("--project", "dim"), "There is no project"),
        (("--use", "share"), "--project alone"),
        (("--format", "pdf"), "--format"),
    ],
)
def test_what_cannot_be_asked_for_is_said_and_leaves_no_file(
    folder: Path, chosen: tuple[str, ...], said: str
) -> None:
    done = involve("export", "--format", "csv", "-o", folder / "wrong.csv", *chosen, folder=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(folder.glob("*wrong*")) == []


def test_parquet_without_its_library_says_how_to_get_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [path for path in sys.path if not (Path(path) / "pyarrow").exists()])
    for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    done = involve("export", "--format", "parquet", "-o", folder / "x.parquet", folder=folder)
    assert done.returncode == 2
    assert "pip install 'involve[parquet]'" in done.stderr
