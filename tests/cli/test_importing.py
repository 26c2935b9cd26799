"""`involve import` and `involve export`: files good and bad, and what the person at the terminal is told."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from involve.database import open_database, session_factory
from involve.models import Story
from involve.services.tellers.my_story import find_by_code
from tests.cli.commands import KEYS, involve
from tests.servers import require_shared
from tests.services.importing.files import workbook

BUS = "The last bus leaves at five and I cannot see the doctor after work."
WELSH = "Mae’r bws olaf yn gadael am bump, a dydw i ddim yn gallu gweld y meddyg ar ôl gwaith."
PUBLISH = ("--consent", "publish,quote", "--publish", "--because", "public corpus")


@pytest.fixture
def project(tmp_path: Path, tables: Path) -> str:
    """A scratch project made by one command."""
    done = involve(
        "project", "add", "crafu", "--body", "corff", "--body-name-cy", "Corff", "--body-name-en", "Body",
        "--unlisted", folder=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return "crafu"


def take(folder: Path, file: Path, *more: str) -> dict[str, object]:
    done = involve("import", file, "--project", "crafu", "--source", "ffeil", "--json", *more, folder=folder)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_csv_file_goes_in_and_a_second_run_adds_nothing(tmp_path: Path, project: str) -> None:
    file = write(tmp_path, "a.csv", f'\ufeffnumber,said,other\n1,"{BUS}",x\n2,"{WELSH}",y\n')
    first = take(tmp_path, file, "--map", "text=said,id=number", *PUBLISH)
    assert (first["added"], first["published"], first["refused"]) == (2, 2, [])
    again = take(tmp_path, file, "--map", "text=said,id=number", *PUBLISH)
    assert (again["added"], again["repeated"], again["published"]) == (0, 2, 0)


def test_codes_are_written_for_the_tellers_once_and_open_their_stories(tmp_path: Path, project: str) -> None:
    file, codes = write(tmp_path, "a.csv", f'id,text\n=1+1,"{BUS}"\n2,"{WELSH}"\n'), tmp_path / "codes.csv"
    first = take(tmp_path, file, "--codes", str(codes))
    assert (first["added"], "codes" in first) == (2, False)
    assert codes.stat().st_mode & 0o077 == 0
    with codes.open(encoding="utf-8", newline="") as lines:
        given = list(csv.DictReader(lines))
    assert [each["id"] for each in given] == ["'=1+1", "2"]
    engine = open_database(f"sqlite:///{tmp_path / 'data' / 'involve.sqlite3'}")
    with session_factory(engine)() as session:
        key = KEYS["INVOLVE_CODE_KEY"]
        for each, words in zip(given, (BUS, WELSH), strict=True):
            story = session.get_one(Story, find_by_code(session, each["code"], key))
            assert (story.reference, story.text) == (each["reference"], words)
    engine.dispose()
    take(tmp_path, file, "--codes", str(codes))
    with codes.open(encoding="utf-8", newline="") as lines:
        assert list(csv.DictReader(lines)) == given


def test_an_insight_is_given_no_code(tmp_path: Path, project: str) -> None:
    file = write(tmp_path, "a.csv", f'text\n"{BUS}"\n')
    more = ("--as", "insight", "--codes", tmp_path / "codes.csv")
    done = involve("import", file, "--project", "crafu", "--source", "ffeil", *more, folder=tmp_path)
    assert (done.returncode, "no participant to give a code to" in done.stderr) == (2, True)


def test_the_summary_says_what_happened_to_every_row(tmp_path: Path, project: str) -> None:
    file = write(tmp_path, "a.csv", f'text\n"{BUS}"\n"{BUS}"\n" "\nRing me on 07700 900123\n')
    done = involve("import", file, "--project", "crafu", "--source", "ffeil", *PUBLISH, folder=tmp_path)
    assert done.returncode == 0
    assert "Added:     2" in done.stdout
    assert "Published: 1" in done.stdout
    assert "Held back: 1" in done.stdout
    assert "Repeated:  1" in done.stdout
    assert "Not taken: 1" in done.stdout
    assert "a.csv, line 4: not taken, its text is empty" in done.stderr


def test_rows_that_cannot_be_taken_are_listed_by_the_line_they_begin_on(tmp_path: Path, project: str) -> None:
    content = f'id,text\n1,"two\nlines {BUS}"\n2\n3,{"x" * 20_001}\n4,a\0b\n5,"{WELSH}"\n6,"never closed\n'
    found = take(tmp_path, write(tmp_path, "a.csv", content))
    assert found["added"] == 2
    assert [row["line"] for row in found["refused"]] == [4, 5, 6, 8]  # type: ignore[index, attr-defined]


def test_json_lines_that_cannot_be_taken_are_listed(tmp_path: Path, project: str) -> None:
    lines = [
        json.dumps({"text": BUS, "id": 1}), "", "{", "[]", '"words"', '{"id": 2}', '{"text": 7}', '{"text": null}',
        '{"text": "half \\ud800"}', '{"text": "ok", "id": {}}', json.dumps({"text": WELSH, "id": "1b"}),
    ]  # fmt: skip
    found = take(tmp_path, write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert found["added"] == 2
    assert [row["line"] for row in found["refused"]] == [3, 4, 5, 6, 7, 8, 9, 10]  # type: ignore[index, attr-defined]


def test_a_workbook_goes_in_as_a_table_does(tmp_path: Path, project: str) -> None:
    content = workbook(["A title"], ["number", "text"], [1, BUS], [2.0, WELSH], [3, None])
    found = take(tmp_path, write(tmp_path, "a.xlsx", content), "--map", "id=number")
    assert (found["added"], [row["line"] for row in found["refused"]]) == (2, [5])  # type: ignore[attr-defined]


def test_a_text_file_is_one_story(tmp_path: Path, project: str) -> None:
    assert take(tmp_path, write(tmp_path, "a.txt", WELSH))["added"] == 1


def test_insights_go_to_a_place_of_their_own(tmp_path: Path, project: str) -> None:
    file = write(tmp_path, "a.csv", f'text,how many\n{BUS},12\n"{WELSH}",\nother,dozens\n')
    found = take(tmp_path, file, "--as", "insight", "--map", "people=how many")
    assert (found["added"], found["as"]) == (2, "insight")
    assert found["refused"][0]["line"] == 4  # type: ignore[index]


def test_insights_say_how_where_and_what_to_try_and_a_column_of_a_story_means_nothing(
    tmp_path: Path, project: str
) -> None:
    lines = [
        "text,people,how,area,try",
        f"{BUS},2-5,several,Sir Benfro,Bws mini",
        "x,,dreamt,,",
        "y,,,Atlantis,",
        f"{'z' * 2001},,,,",
    ]
    file = write(tmp_path, "a.csv", "\n".join(lines) + "\n")
    found = take(tmp_path, file, "--as", "insight")
    assert [row["line"] for row in found["refused"]] == [3, 4, 5]  # type: ignore[index, attr-defined]
    assert found["added"] == 1
    stories = write(tmp_path, "b.csv", f"text,how,area\n{BUS},anything,Atlantis\n")
    assert take(tmp_path, stories)["added"] == 1


BAD_FILES = [
    ("a.csv", b"id,comment\n1,words\n", "has no column 'text'"),
    ("a.csv", b"", "is empty"),
    ("a.csv", b"text\ngood\n\xe2rth\n", "line 3: is not UTF-8"),
    ("a.csv", "text\nŵyn\n".encode("utf-16"), "is UTF-16"),
    ("a.jsonl", b'{"words": "x"}\n', "has no column 'text'"),
    ("a.jsonl", b'{"text": "caf\xe9"}\n', "line 1: is not UTF-8"),
    ("a.docx", b"PK", "ends in .csv, .xlsx, .ods, .jsonl or .txt"),
    ("a.xlsx", b"PK\x03\x04 half of a workbook", "is no spreadsheet, or damaged"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, project: str, name: str, content: bytes, message: str
) -> None:
    file = write(tmp_path, name, content)
    done = involve("import", file, "--project", "crafu", "--source", "ffeil", folder=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


BAD_OPTIONS = [
    (("--project", "dim"), "There is no project 'dim'"),
    (("--map", "text:said"), "--map is written"),
    (("--map", "text=said"), "has no column 'said'"),
    (("--map", "id=number"), "has no column 'number'"),
    (("--consent", "publish,sell"), "Unknown consent: sell"),
    (("--publish", "--because", "x"), "needs the participants' consent"),
    (("--publish", "--consent", "publish"), "needs a reason"),
    (("--source", " "), "needs a name"),
    (("--as", "insight", "--consent", "publish"), "second-hand"),
]


@pytest.mark.parametrize(("options", "message"), BAD_OPTIONS)
def test_a_wrong_option_is_explained_before_anything_is_stored(
    tmp_path: Path, project: str, options: tuple[str, ...], message: str
) -> None:
    file = write(tmp_path, "a.csv", f"text\n{BUS}\n")
    done = involve("import", file, "--project", "crafu", "--source", "ffeil", *options, folder=tmp_path)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
    assert take(tmp_path, file)["added"] == 1


def test_a_file_of_which_nothing_can_be_taken_is_a_failure(tmp_path: Path, project: str) -> None:
    file = write(tmp_path, "a.csv", 'text\n" "\n" "\n')
    done = involve("import", file, "--project", "crafu", "--source", "ffeil", folder=tmp_path)
    assert done.returncode == 1
    assert "no row could be taken" in done.stderr


def test_an_import_under_another_code_key_is_refused(tmp_path: Path, project: str) -> None:
    file = write(tmp_path, "a.csv", f"text\n{BUS}\n")
    take(tmp_path, file)
    other = {"INVOLVE_CODE_KEY": "d" * 40}
    done = involve("import", file, "--project", "crafu", "--source", "x", folder=tmp_path, extra=other)
    assert done.returncode == 2
    assert "INVOLVE_CODE_KEY is not the key" in done.stderr


@pytest.fixture
def exported(tmp_path: Path, project: str) -> Path:
    """A folder whose project has three published stories and one that waits."""
    stories = [
        BUS,
        "=HYPERLINK(the bus stop near the doctor is broken)",
        "+ a better bus to the doctor\x0b please",
    ]
    rows = "".join(json.dumps({"text": text}) + "\n" for text in [*stories, "Ring me on 07700 900123"])
    assert take(tmp_path, write(tmp_path, "a.jsonl", rows), *PUBLISH)["published"] == 3
    return tmp_path


def export(folder: Path, form: str) -> Path:
    output = folder / f"out.{form}"
    done = involve("export", "--project", "crafu", "--format", form, "-o", output, folder=folder)
    assert (done.returncode, done.stdout) == (0, f"Stories: 3 in {output}\n"), done.stderr
    return output


def test_an_export_for_a_use_holds_only_stories_that_may_go_and_is_an_event(tmp_path: Path) -> None:
    from sqlalchemy import create_engine, text

    file = tmp_path / "stories.csv"
    file.write_text("id,text\na,The bus stops too early.\nb,The lake is lovely.\n")
    for command in (
        ("body", "add", "corff", "--name-cy", "Corff", "--name-en", "Body"),
        ("project", "add", "bws", "--body", "corff", "--name-cy", "Bws", "--name-en", "Bus"),
        (
            "import",
            file,
            "--project",
            "bws",
            "--source",
            "x",
            "--consent",
            "publish,research",
            "--publish",
            "--because",
            "agreed",
        ),
    ):
        assert involve(*command, folder=tmp_path).returncode == 0
    counts = {}
    for use in ("research", "share"):
        for form in ("csv", "jsonl"):
            output = tmp_path / f"{use}.{form}"
            done = involve(
                "export", "--project", "bws", "--format", form, "-o", output, "--use", use, folder=tmp_path
            )
            assert done.returncode == 0, done.stderr
        counts[use] = len((tmp_path / f"{use}.jsonl").read_text().splitlines())
        assert len((tmp_path / f"{use}.csv").read_text().splitlines()) == counts[use] + 1
    assert counts == {"research": 2, "share": 0}
    with create_engine(f"sqlite:///{tmp_path / 'data' / 'involve.sqlite3'}").connect() as connection:
        assert connection.execute(text("select count(*) from event where kind = 'exported'")).scalar() == 4


def test_a_table_holds_published_stories_and_no_formula(exported: Path) -> None:
    with export(exported, "csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["text"][0] for row in rows} == {"T", "'"}
    assert not any("07700" in row["text"] for row in rows)
    assert any("healthier: " in row["goals"] and "(suggested)" in row["goals"] for row in rows)


def test_a_workbook_opens_and_holds_no_formula(exported: Path) -> None:
    sheet = load_workbook(export(exported, "xlsx"))["stories"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(list(sheet.rows)) == 4
    assert "f" not in {cell.data_type for cell in cells}
    assert not any(str(cell.value).startswith(("=", "+")) for cell in cells)


def test_json_lines_hold_the_words_unchanged_with_passages(exported: Path) -> None:
    rows = [json.loads(line) for line in export(exported, "jsonl").read_text(encoding="utf-8").splitlines()]
    assert BUS in {row["text"] for row in rows}
    story = next(row for row in rows if row["text"] == BUS)
    start, end = story["tags"][0]["passages"][0]
    assert story["text"][start:end].strip()
    assert set(story) & {"id", "code", "text_original"} == set()


def test_an_export_of_an_unknown_project_leaves_no_file(tmp_path: Path, project: str) -> None:
    done = involve("export", "--project", "dim", "--format", "csv", "-o", tmp_path / "x.csv", folder=tmp_path)
    assert done.returncode == 2
    assert list(tmp_path.glob("*x.csv*")) == []


@pytest.mark.slow
def test_real_comments_go_in_whole_and_once(tmp_path: Path, project: str) -> None:
    file = require_shared("data/corpora/polis/scoop-hivemind.biodiversity.csv")
    with file.open(encoding="utf-8", newline="") as rows:
        expected = sum(1 for row in csv.DictReader(rows) if row["comment-body"].strip())
    mapping = ("--map", "text=comment-body,id=comment-id")
    first = take(tmp_path, file, *mapping, *PUBLISH)
    assert (first["added"], first["repeated"]) == (expected, 0)
    assert take(tmp_path, file, *mapping, *PUBLISH)["repeated"] == expected
