"""`involve backup` and `involve restore`, as an administrator types them."""

from pathlib import Path

import pytest

from tests.cli.commands import involve

STORY = "text\nThe bus to the hospital stops too early in the evening.\n"
ADD = ("body", "add", "corff", "--name-cy", "Corff", "--name-en", "Body")
PROJECT = ("project", "add", "bysiau", "--body", "corff", "--name-cy", "Bysiau", "--name-en", "Buses")


@pytest.fixture
def site(tmp_path: Path, tables: Path) -> Path:
    """The folder of a site with a project and a story."""
    (tmp_path / "stories.csv").write_text(STORY)
    for command in (
        ADD,
        PROJECT,
        ("import", str(tmp_path / "stories.csv"), "--project", "bysiau", "--source", "post"),
    ):
        done = involve(*command, folder=tmp_path)
        assert done.returncode == 0, done.stderr
    return tmp_path


def test_a_backup_says_what_it_lacks_and_comes_back_into_an_empty_site(site: Path, tmp_path: Path) -> None:
    made = involve("backup", str(tmp_path / "kept"), folder=site)
    assert made.returncode == 0, made.stderr
    assert "INVOLVE_CODE_KEY is not in it" in made.stdout
    other = tmp_path / "other"
    other.mkdir()
    done = involve("restore", str(tmp_path / "kept"), folder=other)
    assert done.returncode == 0, done.stderr
    assert "bysiau" in involve("project", "list", folder=other).stdout
    again = involve("restore", str(tmp_path / "kept"), folder=other)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "not empty" in again.stderr


def test_a_file_that_is_no_backup_is_refused_in_one_line(site: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("nothing")
    done = involve("restore", str(tmp_path / "kept"), folder=site)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("command", ["backup", "doctor"])
def test_a_list_of_withdrawals_that_cannot_be_written_is_said_with_what_to_do(
    site: Path, tmp_path: Path, command: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    extra = {"INVOLVE_WITHDRAWALS_FILE": str(tmp_path / "file" / "list")}
    done = involve(
        *[command, str(tmp_path / "kept")][: 2 if command == "backup" else 1], folder=site, extra=extra
    )
    assert done.returncode != 0
    assert "Check INVOLVE_WITHDRAWALS_FILE" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
