"""`involve themes`: what sets a file of stories apart, as tables and as JSON."""

import json
from pathlib import Path

from tests.cli.commands import involve

RIVER = [
    "The river is brown again and my kids cannot swim",
    "Mae’r afon yn frown eto",
    "Our river smells since the farm spilled",
    "The river is brown again and my kids cannot swim!",
    "I love the river, clean and cold, best thing here",
    "They put a bench by the river and now half the street sits there",
    "River levels came up to my door in February",
    "Nobody tests the river below the tip",
]
OTHERS = ["The bus never comes", "Dim bws", "I waited six hours for an ambulance", "Great GP"]


def write(path: Path, texts: list[str]) -> Path:
    path.write_text("".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(texts)))
    return path


def test_words_repeats_and_both_sides_are_shown(tmp_path: Path) -> None:
    river = write(tmp_path / "river.jsonl", RIVER)
    others = write(tmp_path / "others.jsonl", OTHERS * 9)
    done = involve("themes", river, "--against", others, "--format", "json", folder=tmp_path)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["words"][0]["word"] == "river"
    assert found["repeats"] == [["0", "3"]]
    assert [each["id"] for each in found["contrary"]] == ["4"]
    table = involve("themes", river, "--against", others, folder=tmp_path).stdout
    assert "Nearly the same text\nstories\n0, 3" in table
    assert "best thing here" in table


def test_a_file_that_is_no_story_is_refused_in_one_line(tmp_path: Path) -> None:
    done = involve("themes", tmp_path / "none.jsonl", folder=tmp_path)
    assert done.returncode == 2
    assert "cannot be read" in done.stderr
