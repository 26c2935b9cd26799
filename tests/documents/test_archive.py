"""A ZIP of many parts is whole for other readers, though the writer remembers next to nothing of each."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

from involve.documents.archive import Archive

MOMENT = (2026, 4, 2, 0, 0, 0)


def test_every_part_is_found_and_none_is_remembered_as_a_whole() -> None:
    file, words = BytesIO(), {f"sources/ŵ{at}.txt": f"Stori {at} " * at for at in range(300)}
    with Archive(file) as archive:
        for name, content in words.items():
            archive.add(name, content.encode(), MOMENT)
        with archive.open("project.qde", "w", force_zip64=True) as inner:
            inner.write(b"<Project/>")
        assert len(archive.filelist) == 301
        assert list.__len__(archive.filelist) == 1
    with ZipFile(file) as read:
        assert read.testzip() is None
        assert {part.filename: read.read(part).decode() for part in read.infolist()} == {
            **words,
            "project.qde": "<Project/>",
        }
        assert date(*read.infolist()[0].date_time[:3]) == date(2026, 4, 2)


def test_a_zip_of_nothing_is_a_zip() -> None:
    file = BytesIO()
    Archive(file).close()
    assert ZipFile(file).namelist() == []
