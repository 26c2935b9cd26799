"""`involve purge` and `involve withdraw`, as an administrator or a timer types them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from involve.cli.site import read_settings, writing
from involve.services.projects.privacy import state_privacy
from involve.services.projects.projects import find_project
from tests.cli.commands import environment, involve
from tests.cli.test_backup import ADD, PROJECT
from tests.services.projects.test_privacy import PRIVACY

STORIES = "id,text\nold,The bus to the hospital stops too early.\nother,There is a café by the lake.\n"


@pytest.fixture
def site(tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site with two projects of two stories each; the time of the first is long over."""
    (tmp_path / "stories.csv").write_text(STORIES)
    long_ago = datetime.now(UTC) - timedelta(days=1000)
    days = {"--opens": 0, "--closes": 30, "--answer-by": 60}
    past = [
        part
        for name, after in days.items()
        for part in (name, f"{long_ago + timedelta(days=after):%Y-%m-%d}")
    ]
    commands: list[tuple[str, ...]] = [
        ADD,
        (*PROJECT, *past),
        tuple("hen" if part == "bysiau" else part for part in PROJECT),
    ]
    for slug in ("bysiau", "hen"):
        commands.append(("import", str(tmp_path / "stories.csv"), "--project", slug, "--source", "post"))
    for command in commands:
        done = involve(*command, folder=tmp_path)
        assert done.returncode == 0, done.stderr
    for name, value in environment(tmp_path).items():
        monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
    with writing(read_settings()) as session:
        for slug in ("bysiau", "hen"):
            state_privacy(session, find_project(session, slug).id, PRIVACY, datetime.now(UTC), None)
    return tmp_path


def purged(site: Path, *options: str) -> dict[str, object]:
    done = involve("purge", "--json", *options, folder=site)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_it_says_what_it_would_do_and_does_it_when_told_to(site: Path) -> None:
    would = {
        "erased": False,
        "stories": 2,
        "published_stay": 0,
        "insights": 0,
        "contacts": 0,
        "projects": {"bysiau": 2},
    }
    assert purged(site) == purged(site, "--dry-run", "--yes") == would
    said = involve("purge", folder=site).stdout
    assert "Would erase the original words of 2 in bysiau" in said
    assert "add --yes" in said
    assert purged(site, "--yes", "--project", "hen")["stories"] == 0
    assert "2 stories are kept longer than was said" in involve("doctor", folder=site).stdout
    assert purged(site, "--yes") == {**would, "erased": True}
    assert purged(site, "--yes") == {**would, "erased": True, "stories": 0, "projects": {}}
    assert "nothing is kept longer than was said" in involve("doctor", folder=site).stdout
    assert involve("purge", folder=site).stdout == "Nothing was kept longer than was said.\n"


def test_a_project_that_is_not_there_is_bad_input(site: Path) -> None:
    done = involve("purge", "--project", "nowhere", folder=site)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_story_without_a_code_is_taken_back_by_its_number_and_a_reason(site: Path) -> None:
    from sqlalchemy import select

    from involve.models import Event, Story

    with writing(read_settings()) as session:
        reference = session.scalars(select(Story.reference).order_by(Story.id)).first() or ""
    refused = involve("withdraw", reference, folder=site)
    assert refused.returncode == 2
    done = involve("withdraw", reference, "--because", "asked", folder=site)
    assert (done.returncode, done.stdout) == (0, f"Withdrawn: {reference}\n")
    with writing(read_settings()) as session:
        assert [story.text == "" for story in session.scalars(select(Story).order_by(Story.id))] == [
            True,
            False,
            False,
            False,
        ]
        [event] = session.scalars(select(Event).where(Event.kind == "withdrawn")).all()
        assert (event.actor, event.detail) == ("command", {"because": "asked"})
    again = involve("withdraw", reference, "--because", "asked", folder=site)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert read_settings().resolved_withdrawals_file.read_text().count("withdrawn") == 1
