"""`involve pack`: a brief with its tables as a file, in the languages that were asked for."""

from pathlib import Path

import docx
import pypdf
import pytest

from involve.database import open_database, session_factory, transaction, upgrade_schema
from tests.cli.commands import involve
from tests.factories import make_project
from tests.publications import Shown, add_rows

CONCERN = (("goal", "healthier", "concern"),)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project and two published stories."""
    folder = tmp_path_factory.mktemp("pack")
    engine = open_database(f"sqlite:///{folder / 'data' / 'involve.sqlite3'}")
    upgrade_schema(engine)
    stories = [
        Shown("Meddygon prysur.", "cy", "W06000002", CONCERN, quotable=True),
        Shown("A quiet lake.", quotable=True),
    ]
    with transaction(session_factory(engine)) as session:
        make_project(session)
        add_rows(session, "bywyd-da", stories)
    engine.dispose()
    return folder


def test_a_pack_holds_what_fits_in_the_language_that_was_asked_for(folder: Path) -> None:
    output = folder / "pecyn.docx"
    chosen = ("--project", "bywyd-da", "--told-in", "cy", "--language", "cy")
    done = involve("pack", *chosen, "--format", "docx", "-o", output, folder=folder)
    assert done.stdout == f"Stories: 1 in {output}\n", done.stderr
    words = [each.text for each in docx.Document(str(output)).paragraphs]
    assert "“Meddygon prysur.”" in words
    assert "“A quiet lake.”" not in words
    assert "Pa mor gryf ydyw?" in words
    assert "How strong is it?" not in words


def test_a_pack_in_both_languages_is_a_pdf_with_welsh_first(folder: Path) -> None:
    output = folder / "pack.pdf"
    chosen = ("--words", "hippopotamus", "--language", "en", "--language", "cy")
    site = {"INVOLVE_PUBLIC_URL": "https://cymru.example"}
    done = involve("pack", *chosen, "--format", "pdf", "-o", output, folder=folder, extra=site)
    assert done.returncode == 0, done.stderr
    words = " ".join(each.extract_text() for each in pypdf.PdfReader(output).pages)
    assert 0 <= words.index("Briff tystiolaeth") < words.index("Evidence brief")
    assert "https://cymru.example/en/evidence/brief?q=hippopotamus" in words.replace("\n", "")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (("--project", "dim", "--language", "cy"), "There is no project"),
        (("--language", "fr"), "--language"),
        (("--goal", "healthier"), "--language"),
        (("--since", "2026-03-01", "--until", "2026-02-01", "--language", "cy"), "no story can fit"),
    ],
)
def test_what_cannot_be_asked_for_is_said_and_leaves_no_file(
    folder: Path, chosen: tuple[str, ...], said: str
) -> None:
    done = involve("pack", "--format", "pdf", "-o", folder / "wrong.pdf", *chosen, folder=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(folder.glob("*wrong*")) == []
