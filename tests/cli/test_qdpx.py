"""`involve export --format qdpx`: a project that programs of qualitative research can open."""

import json
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.cli.commands import involve

Q = "{urn:QDA-XML:project:1.0}"
STORIES = {
    "a": "Mae’r meddyg teulu yn ŵr caredig, ond 😀 does dim bws i’r feddygfa ar ôl chwech.",
    "b": "The last bus leaves at five & I cannot see the <doctor> after work.",
}


@pytest.fixture
def folder(tmp_path: Path, tables: Path) -> Path:
    """A folder whose project has two published stories and one that waits."""
    rows = [json.dumps({"id": name, "text": text}) for name, text in STORIES.items()]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join([*rows, json.dumps({"id": "c", "text": "Ring me on 07700 900123"})]), "utf-8")
    for command in (
        ("project", "add", "bws", "--body", "corff", "--body-name-cy", "Corff", "--body-name-en", "Body",
         "--unlisted"),
        ("import", str(file), "--project", "bws", "--source", "x", "--consent", "publish,share", "--publish",
         "--because", "agreed"),
    ):  # fmt: skip
        done = involve(*command, folder=tmp_path)
        assert done.returncode == 0, done.stderr
    return tmp_path


def export(folder: Path, *more: str) -> Path:
    path = folder / "out.qdpx"
    done = involve("export", "--project", "bws", "--format", "qdpx", "-o", path, *more, folder=folder)
    assert done.returncode == 0, done.stderr
    return path


def opened(path: Path) -> tuple[etree._Element, dict[str, str]]:
    """Return the project of a file and its texts, by name."""
    with ZipFile(path) as archive:
        texts = {
            name: archive.read(name).decode() for name in archive.namelist() if name.startswith("sources/")
        }
        return etree.fromstring(archive.read("project.qde")), texts


def test_each_published_story_is_a_source_whose_text_is_the_published_one(folder: Path) -> None:
    project, texts = opened(export(folder))
    sources = project.findall(f"{Q}Sources/{Q}TextSource")
    paths = [each.get("plainTextPath").replace("internal://", "sources/") for each in sources]
    assert sorted(paths) == sorted(texts)
    assert set(texts.values()) == set(STORIES.values())


def test_each_tag_is_a_coding_of_its_own_words_by_who_said_so(folder: Path) -> None:
    project, texts = opened(export(folder))
    names = {code.get("guid"): code.get("name") for code in project.iter(f"{Q}Code")}
    users = {user.get("guid"): user.get("name") for user in project.iter(f"{Q}User")}
    coded: set[tuple[str, str]] = set()
    for source in project.iter(f"{Q}TextSource"):
        text = texts[source.get("plainTextPath").replace("internal://", "sources/")]
        for selection in source.iter(f"{Q}PlainTextSelection"):
            words = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            assert words
            assert "software" in users[selection.get("creatingUser")]
            targets = [names[ref.get("targetGUID")] for ref in selection.iter(f"{Q}CodeRef")]
            assert len(targets) == 2
            coded.add((words, targets[0]))
    assert ("meddyg teulu", "Cymru iachach · A healthier Wales") in coded
    assert any("bws" in words for words, _ in coded)


def test_ids_are_ids_and_the_same_in_every_file(folder: Path) -> None:
    first, _ = opened(export(folder))
    ids = [each.get("guid") for each in first.iter() if each.get("guid")]
    assert len(set(ids)) == len(ids)
    assert all(UUID(each) for each in ids)
    second, _ = opened(export(folder))
    assert [each.get("guid") for each in second.iter() if each.get("guid")] == ids


def test_what_may_be_handed_on_is_no_qdpx(folder: Path) -> None:
    done = involve(
        "export", "--project", "bws", "--format", "qdpx", "--use", "share", "-o", folder / "x.qdpx", folder=folder
    )  # fmt: skip
    assert done.returncode == 2
    assert "leave --use out" in done.stderr
    assert not (folder / "x.qdpx").exists()


def test_a_qdc_file_holds_codes_alone_and_converts_to_a_codebook(folder: Path) -> None:
    done = involve("export", "--project", "bws", "--format", "qdc", "-o", folder / "a.qdc", folder=folder)
    assert (done.returncode, done.stdout) == (0, f"Themes: 0 in {folder / 'a.qdc'}\n"), done.stderr
    codes = etree.parse(str(folder / "a.qdc")).getroot()
    assert len(list(codes.iter("{urn:QDA-XML:codebook:1.0}Code"))) == 7 + 5 + 2
    other = {
        "themes": [{"id": "bws", "name": {"cy": "Bŵs", "en": "Bus"}, "cues": {"cy": ["bws"], "en": ["bus"]}}]
    }
    (folder / "b.json").write_text(json.dumps(other), "utf-8")
    for new, old in (("b.qdc", "b.json"), ("c.json", "b.qdc")):
        done = involve("codebook", "convert", folder / old, "-o", folder / new, folder=folder)
        assert done.returncode == 0, done.stderr
    assert json.loads((folder / "c.json").read_text("utf-8")) == other
