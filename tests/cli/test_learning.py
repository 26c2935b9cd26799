"""`involve learn` and `involve tag --model`: from a file of labelled stories to tags, and every fault in one run."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import Done, involve
from tests.text.learning.test_learning import CODEBOOK, ROWS


def write(folder: Path, rows: list[object]) -> Path:
    (folder / "themes.toml").write_text(CODEBOOK, encoding="utf-8")
    path = folder / "labelled.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def labelled() -> list[object]:
    return [{"id": at, "text": text, "labels": [theme]} for at, (text, theme) in enumerate(ROWS)]


def learn(folder: Path, rows: list[object], *more: str) -> Done:
    path = write(folder, rows)
    return involve(
        *("learn", path, "--codebook", folder / "themes.toml", "--out", folder / "m.json", *more),
        folder=folder,
    )


def test_what_was_learnt_is_used_by_tag(tmp_path: Path) -> None:
    done = learn(tmp_path, labelled())
    assert done.returncode == 0
    assert "learnt from 22 stories" in done.stdout
    story = tmp_path / "story.txt"
    story.write_text("More dead trout today", encoding="utf-8")
    options = ("--codebook", tmp_path / "themes.toml", "--model", tmp_path / "m.json", "--format", "jsonl")
    tagged = involve("tag", story, *options, folder=tmp_path)
    [theme] = [tag for tag in json.loads(tagged.stdout)["tags"] if tag["scheme"] == "theme"]
    assert theme["concept"] == "dŵr"
    assert "trout" in " ".join(passage["text"] for passage in theme["passages"])


def test_a_story_can_be_forgotten_by_its_id(tmp_path: Path) -> None:
    assert "learnt from 20 stories" in learn(tmp_path, labelled(), "--forget", "3", "--forget", "4").stdout


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "a", "labels": ["trenau"]}, "line 23: not in the codebook: trenau"),
        ({"text": "a"}, 'line 23: "labels" is not a list'),
        ({"text": "a", "labels": "dŵr"}, 'line 23: "labels" is not a list'),
        ({"labels": []}, 'line 23: has no "text"'),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, row: object, said: str) -> None:
    done = learn(tmp_path, [*labelled(), row])
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "m.json").exists()


def test_stories_that_are_all_alike_and_a_model_without_its_codebook_are_refused(tmp_path: Path) -> None:
    done = learn(tmp_path, labelled()[:5])
    assert done.returncode == 2
    assert "nothing to tell apart" in done.stderr
    alone = involve("tag", "--model", tmp_path / "m.json", folder=tmp_path)
    assert alone.returncode == 2
    assert "--codebook" in alone.stderr
