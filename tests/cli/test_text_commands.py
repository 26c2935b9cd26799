"""The text commands answer as the contract says, and explain every bad input in one line."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from involve.cli import main

STORY = "Dim bws ar ôl chwech, a neb wedi gofyn i ni. Ffoniwch 01632 960123."
CODEBOOK = {
    "themes": [
        {
            "id": "buses",
            "name": {"cy": "Bysiau", "en": "Buses"},
            "definition": {"cy": "Bysiau", "en": "Buses"},
            "cues": {"cy": ["bws"], "en": ["double decker"]},
        }
    ]
}


def run(*args: str | Path, given: str | bytes = "") -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=given)


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def jsonl(*stories: object) -> str:
    return "".join(json.dumps(story, ensure_ascii=False) + "\n" for story in stories)


def test_tag_gives_one_object_a_story_with_the_fields_in_order() -> None:
    row = rows(run("tag", "--format", "jsonl", "-", given=STORY))[0]
    assert list(row) == ["id", "language", "tags", "personal", "safeguarding", "spam"]
    assert (row["id"], row["language"], row["safeguarding"], row["spam"]) == (None, "cy", False, False)
    assert {tag["concept"] for tag in row["tags"]} >= {"cohesive", "involvement"}
    for tag in row["tags"]:
        assert list(tag) == ["scheme", "concept", "stance", "confidence", "passages"]
        assert 0 <= tag["confidence"] <= 1
        for passage in tag["passages"]:
            assert STORY[passage["start"] : passage["end"]] == passage["text"]
    assert [STORY[each["start"] : each["end"]] for each in row["personal"]] == ["01632 960123"]
    assert row["personal"][0]["kind"] == "phone"


def test_ids_are_kept_unchanged_and_in_input_order(tmp_path: Path) -> None:
    lines = write(
        tmp_path, "a.jsonl", jsonl({"text": "Dim bws", "id": 7}, {"text": "Bus"}, {"id": "x é", "text": ""})
    )
    plain = write(tmp_path, "b.txt", "The surgery is shut")
    table = write(tmp_path, "c.csv", "id,text\n9,Dim bws\n,Bus\n")
    found = [row["id"] for row in rows(run("tag", "--format", "jsonl", lines, plain, table))]
    assert found == [7, None, "x é", "b.txt", "9", ""]


def test_a_csv_without_an_id_column_has_null_ids(tmp_path: Path) -> None:
    table = write(tmp_path, "c.csv", '\ufeffwhen,text\r\nmonday,"Dim bws,\r\nsori"\r\n')
    assert [row["id"] for row in rows(run("tag", "--format", "jsonl", table))] == [None]


def test_positions_count_code_points_of_the_input(tmp_path: Path) -> None:
    text = "👩‍👩‍👧 e\u0302 ’r tŷ — dim bws!"
    row = rows(run("tag", "--format", "jsonl", write(tmp_path, "a.jsonl", jsonl({"text": text}))))[0]
    passages = [passage for tag in row["tags"] for passage in tag["passages"]]
    assert passages
    assert all(text[each["start"] : each["end"]] == each["text"] for each in passages)


def test_a_table_for_people_names_the_words_behind_each_tag() -> None:
    result = run("tag", given=STORY)
    assert result.exit_code == 0
    assert "involvement" in result.stdout
    assert "neb wedi gofyn" in result.stdout


@pytest.mark.parametrize("name", ["none.txt", "none.jsonl", "none.csv"])
def test_an_empty_file_is_fine(tmp_path: Path, name: str) -> None:
    result = run("tag", "--format", "jsonl", write(tmp_path, name, ""))
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == (1 if name.endswith("txt") else 0)


def test_themes_of_a_project_stand_beside_goals_and_ways(tmp_path: Path) -> None:
    codebook = write(tmp_path, "themes.json", json.dumps(CODEBOOK))
    tags = rows(run("tag", "--format", "jsonl", "--codebook", codebook, given=STORY))[0]["tags"]
    assert ("theme", "buses") in {(tag["scheme"], tag["concept"]) for tag in tags}
    assert {"goal", "way"} <= {tag["scheme"] for tag in tags}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"caf\xe9", "line 1: is not UTF-8"),
        ("a.txt", "a\0b", "null byte"),
        ("a.jsonl", '{"text": "a\\u0000b"}', "line 1: holds a null byte"),
        ("a.jsonl", '{"text": "a"}\n{"text": "\\ud800"}', "line 2: holds half a character"),
        ("a.jsonl", '{"text": "a", "id": "\\udfff"}', "line 1, id"),
        ("a.jsonl", '{"text": "a"}\n\n{"text":', "line 3: is not JSON"),
        ("a.jsonl", "[1]", "line 1: is not a JSON object"),
        ("a.jsonl", '{"story": "a"}', 'line 1: has no "text"'),
        ("a.jsonl", '{"text": 3}', 'line 1: "text" is not a text'),
        ("a.jsonl", "[" * 100_000, "line 1: is not JSON"),
        ("a.csv", "id,story\n1,Bus\n", 'has no column "text"; its columns are: id, story'),
        ("a.csv", "id,text\n1\n", "line 2: has fewer cells"),
        ("a.csv", "text\na\0b\n", "null byte"),
        ("a.docx", "PK", "ends in .txt, .jsonl or .csv"),
        ("a\n\x1b[31mb.docx", "PK", "ends in .txt, .jsonl or .csv"),
    ],
)
@pytest.mark.parametrize("command", ["tag", "redact"])
def test_bad_input_is_one_clear_line_and_status_two(
    tmp_path: Path, command: str, name: str, content: str | bytes, told: str
) -> None:
    result = run(command, write(tmp_path, name, content))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.isprintable() or result.stderr[:-1].isprintable()


def test_a_missing_file_an_unknown_option_and_an_unknown_command_are_one_line_and_status_two(
    tmp_path: Path,
) -> None:
    for args in (["tag", tmp_path / "none.txt"], ["tag", "--nothing"], ["nothing"], ["tag", tmp_path]):
        result = run(*args)
        assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1), result.stderr


def test_bad_bytes_on_standard_input_are_refused() -> None:
    result = run("tag", given=b"\xff\xfe")
    assert result.exit_code == 2
    assert "standard input, line 1: is not UTF-8" in result.stderr


@pytest.mark.parametrize(
    "text", ["مرحبا", "😀" * 50, "<script>alert(1)</script>", '=HYPERLINK("x")', "a" * 50_000, "-"]
)
def test_any_characters_are_taken_and_given_back(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "a.jsonl", jsonl({"text": text, "id": text}))
    assert rows(run("tag", "--format", "jsonl", path))[0]["id"] == text


def test_redact_gives_the_text_with_marks(tmp_path: Path) -> None:
    assert "[ffôn · phone]" in run("redact", given=STORY).stdout
    row = rows(
        run("redact", "--format", "jsonl", write(tmp_path, "a.jsonl", jsonl({"id": 1, "text": STORY})))
    )[0]
    assert list(row) == ["id", "redacted", "personal"]
    assert "01632" not in row["redacted"]


def test_redact_leaves_a_text_without_details_as_it_is() -> None:
    assert run("redact", given="Dim bws,\r\n’r un.\n").stdout_bytes == "Dim bws,\r\n’r un.\n".encode()


def test_evaluate_prints_scores_under_a_caption_and_by_language(tmp_path: Path) -> None:
    gold = write(
        tmp_path,
        "gold.jsonl",
        jsonl(
            {
                "id": 1,
                "text": STORY,
                "lang": "cy",
                "goals": {"cohesive": "concern"},
                "ways": {"involvement": "concern"},
            },
            {"id": 2, "text": "The bus is late", "lang": "en", "goals": {"cohesive": "concern"}, "ways": {}},
        ),
    )
    table = run("evaluate", gold, "--by", "language")
    assert table.exit_code == 0
    for words in (
        "precision",
        "Krippendorff",
        "Language cy: 1",
        "Language en: 1",
        "goals micro",
        "stance macro",
    ):
        assert words in table.stdout
    parsed = json.loads(run("evaluate", gold, "--format", "json").stdout)
    assert [each["part"] for each in parsed[0]["parts"]] == ["goals", "ways", "stance", "flags"]


def test_evaluate_refuses_a_row_with_an_unknown_label(tmp_path: Path) -> None:
    result = run(
        "evaluate", write(tmp_path, "gold.jsonl", jsonl({"text": "Bus", "goals": {"health": "concern"}}))
    )
    assert result.exit_code == 2
    assert "gold.jsonl, line 1" in result.stderr


def test_codebook_check_tells_warnings_and_succeeds(tmp_path: Path) -> None:
    theme = {**CODEBOOK["themes"][0], "cues": {"en": ["double decker"]}}
    result = run("codebook", "check", write(tmp_path, "a.json", json.dumps({"themes": [theme]})))
    assert result.exit_code == 0
    assert "has no Welsh cues" in result.stdout


def test_codebook_check_tells_which_cues_no_text_holds(tmp_path: Path) -> None:
    theme = {**CODEBOOK["themes"][0], "cues": {"cy": ["bws"], "en": ["bus", "minibus"]}}
    book = write(tmp_path, "a.json", json.dumps({"themes": [theme]}))
    told = write(tmp_path, "told.txt", "Mae’r bws yn hwyr. The buses are late.")
    result = run("codebook", "check", book, "--texts", told)
    assert result.exit_code == 0
    assert 'no text holds the cue "minibus"' in result.output
    assert 'the cue "bus"' not in result.output


def test_codebook_check_tells_every_error_and_fails(tmp_path: Path) -> None:
    bad = write(tmp_path, "a.json", json.dumps({"themes": [{"id": ""}, {"id": "a", "cues": []}]}))
    result = run("codebook", "check", bad)
    assert result.exit_code == 2
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()[:2]] == [
        "theme 1, id",
        'theme 2 ("a"), cues',
    ]
    assert run("tag", "--codebook", bad, given=STORY).exit_code == 2


@pytest.mark.parametrize(
    "command", [(), ("tag",), ("redact",), ("evaluate",), ("codebook",), ("codebook", "check")]
)
def test_every_command_explains_itself(command: Sequence[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_the_text_commands_load_no_web_framework_and_no_database() -> None:
    program = (
        "import sys; from involve.cli import main; main(['tag', '--format', 'jsonl'], standalone_mode=False);"
        "print([name for name in ('flask', 'sqlalchemy', 'nltk', 'celery') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=STORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_output_is_utf8_whatever_the_terminal_says() -> None:
    program = "from involve.cli import main; main(['tag'])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=STORY.encode(),
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin"},
    )
    assert "ôl" in done.stdout.decode() or done.stdout.isascii()
