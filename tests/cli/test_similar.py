"""`involve similar` and `--second-opinion`: what the extra embeddings adds to the command line."""

import json
from pathlib import Path

import pytest

from involve.text.meaning import can_embed
from tests.cli.commands import involve

STORIES = [
    "The last bus goes at ten to six, so nobody here can work late.",
    "My GP rang me back the same day, wonderful.",
    "Our choir lost its hall.",
    "Y meddyg teulu yn ffonio’n ôl yr un diwrnod, gwych.",
]
needs_extra = pytest.mark.skipif(not can_embed(), reason="the extra embeddings is not installed")


@pytest.fixture
def told(tmp_path: Path) -> Path:
    path = tmp_path / "told.jsonl"
    path.write_text("".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(STORIES)))
    return path


@needs_extra
def test_a_welsh_question_finds_the_english_story(told: Path) -> None:
    done = involve(
        "similar", told, "--to", "Dim bws ar ôl chwech", "--most", "1", "--format", "json", folder=told.parent
    )
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [0]


@needs_extra
def test_a_table_says_how_like_each_is(told: Path) -> None:
    lines = involve("similar", told, "--to", "a kind doctor", folder=told.parent).stdout.splitlines()
    assert lines[0].split() == ["likeness", "id", "story"]
    assert {line.split()[1] for line in lines[1:3]} == {"1", "3"}


def test_nothing_to_compare_with_is_refused(told: Path) -> None:
    done = involve("similar", told, "--to", "  ", folder=told.parent)
    assert done.returncode == 2
    assert "needs some words" in done.stderr


@needs_extra
def test_a_second_opinion_still_gives_reasons(told: Path) -> None:
    done = involve("tag", told, "--second-opinion", "--format", "jsonl", folder=told.parent)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [row["tags"][0]["concept"] for row in rows[:2]] == ["cohesive", "healthier"]
    assert all(tag["passages"] for row in rows for tag in row["tags"])
