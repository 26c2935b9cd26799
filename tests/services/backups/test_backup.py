"""Back-ups: every row comes back on either database, nothing tampered with is believed, and withdrawals hold."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from involve.database import (
    SessionFactory,
    newest_revision,
    open_database,
    session_factory,
    transaction,
)
from involve.models import Base, Follow, Follower, Publication, PublicationVector, Stage, Story
from involve.services.backups.backup import Origin, write_backup
from involve.services.backups.backup_format import MANIFEST, SEAL, ArchiveRefused
from involve.services.backups.replay import catch_up, replay_withdrawals
from involve.services.backups.restoring import NotEmpty, check_backup, check_empty, restore_backup
from involve.services.backups.withdrawals import REFUSED, STOPPED, WITHDRAWN, WithdrawalList
from involve.services.demonstration.demonstration_readings import add_readings
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter
from involve.services.following.asking import ask_to_follow
from involve.services.following.follows import forget_follower, stop_following
from involve.services.following.readers import follower_state
from involve.services.staff.sessions import begin_session, find_session, list_sessions
from involve.services.stories.codes import hash_address
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import change_consent, find_by_code, withdraw_story
from tests import databases
from tests.factories import CODE_KEY, ENGLISH_STORY, NOW, WELSH_STORY, make_project, make_staff, make_story
from tests.publications import publish
from tests.services.following.readers import find_follower, follow, wish

THEMES: dict[str, Any] = {
    "reading": [
        {
            "project": "bywyd-da",
            "stage": "identification",
            "opened": 1,
            "theme": [{"by": "welsh", "cy": "Bysiau", "en": "Buses", "sentences": {"welsh": [1]}}],
        }
    ]
}


def silent(_rows: int) -> None:
    """Hear of progress and say nothing."""


@pytest.fixture
def source(factory: SessionFactory) -> Engine:
    engine: Engine = factory.kw["bind"]
    return engine


@pytest.fixture
def target(request: pytest.FixtureRequest, source: Engine, tmp_path: Path) -> Iterator[Engine]:
    """An empty database without tables: of the other kind, unless a test asks for one."""
    (other,) = set(databases.KINDS) - {source.dialect.name}
    folder = tmp_path / "target"
    folder.mkdir()
    with databases.new_database(getattr(request, "param", other), folder) as url:
        engine = open_database(url)
        yield engine
        engine.dispose()


@pytest.fixture
def told(source: Engine) -> dict[str, Receipt]:
    """Two published stories, one of them in a theme that is merged into a later one."""
    with transaction(session_factory(source)) as session:
        make_project(session)
        session.scalars(select(Stage)).one().rung = "collaborate"
        receipts = {
            "welsh": make_story(session, text=WELSH_STORY),
            "english": make_story(session, text=ENGLISH_STORY),
        }
        for receipt in receipts.values():
            publish(session, receipt)
        number = session.scalars(select(Publication.id)).first() or 0
        session.add(PublicationVector(publication_id=number, model="m", vector=bytes(range(256))))
        add_readings(session, THEMES, make_staff(session, "decision_maker"), receipts, NOW)
        themes = Base.metadata.tables["theme"]
        ids = session.scalars(select(themes.c.id).order_by(themes.c.id)).all()
        first, last = ids[0], ids[-1]
        session.execute(themes.update().where(themes.c.id == first).values(merged_into_id=last))
    return receipts


def back_up(engine: Engine, path: Path) -> None:
    write_backup(engine, path, Origin(newest_revision(), NOW, 0), CODE_KEY, silent)


def restore(engine: Engine, path: Path) -> None:
    manifest = check_backup(path, CODE_KEY, silent)
    check_empty(engine)
    restore_backup(engine, path, manifest, silent)


def rows_of(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("target", databases.KINDS, indirect=True)
def test_every_row_comes_back_on_either_database(
    source: Engine, target: Engine, told: dict[str, Receipt], tmp_path: Path
) -> None:
    path = tmp_path / "site.backup"
    back_up(source, path)
    assert path.stat().st_mode & 0o777 == 0o600
    restore(target, path)
    assert rows_of(target) == rows_of(source)
    with transaction(session_factory(target)) as session:
        assert find_by_code(session, told["welsh"].code, CODE_KEY) == told["welsh"].story_id
        assert len(find_stories(session, EvidenceFilter(words="bws")).stories) == 2
        # Numbers go on where they were.
        assert make_story(session).story_id > max(receipt.story_id for receipt in told.values())


def test_nobody_is_signed_in_after_a_restore(
    source: Engine, target: Engine, told: dict[str, Receipt], tmp_path: Path
) -> None:
    with transaction(session_factory(source)) as session:
        user_id = make_staff(session).user_id
        token = begin_session(session, user_id, "password", "", NOW)
    back_up(source, tmp_path / "site.backup")
    restore(target, tmp_path / "site.backup")
    with session_factory(target)() as session:
        assert find_session(session, token, NOW) is None
        assert list_sessions(session, user_id, NOW) == ()


def test_what_was_taken_back_after_the_backup_stays_taken_back(
    source: Engine, target: Engine, told: dict[str, Receipt], tmp_path: Path
) -> None:
    path, withdrawals = tmp_path / "site.backup", WithdrawalList(tmp_path / "withdrawals", CODE_KEY)
    with transaction(session_factory(source)) as session:
        third = make_story(session, text="The library is closed on Mondays.")
        publish(session, third)
    back_up(source, path)
    with transaction(session_factory(source)) as session:
        withdrawals.note(WITHDRAWN, withdraw_story(session, told["welsh"].story_id, NOW), NOW)
        later = NOW + timedelta(hours=1)
        reference, refused = change_consent(session, third.story_id, frozenset({"read"}), "en", later)
        withdrawals.note(REFUSED, reference, later, refused)
    restore(target, path)
    with transaction(session_factory(target)) as session:
        done = replay_withdrawals(session, withdrawals, NOW)
        assert (done.withdrawn, done.refused) == (1, 1)
    with transaction(session_factory(target)) as session:
        assert session.get_one(Story, told["welsh"].story_id).text == ""
        shown = session.scalars(select(Publication.reference)).all()
        assert told["welsh"].reference not in shown
        assert third.reference not in shown
        assert told["english"].reference in shown
        again = replay_withdrawals(session, withdrawals, NOW)
        assert (again.withdrawn, again.refused) == (0, 0)


def test_who_ended_following_is_followed_no_more_after_a_restore(
    source: Engine, target: Engine, tmp_path: Path
) -> None:
    path, withdrawals = tmp_path / "site.backup", WithdrawalList(tmp_path / "withdrawals", CODE_KEY)
    with transaction(session_factory(source)) as session:
        make_project(session)
        both, gone, again = (f"{name}@example.org" for name in ("both", "gone", "again"))
        for address in (both, gone, again):
            follow(session, wish(address=address))
        follow(session, wish("goal", "culture", address=both))
        # Asked for, and not confirmed before the back-up.
        ask_to_follow(session, wish("everything", "all", address=gone), NOW, CODE_KEY)
    back_up(source, path)
    later = NOW + timedelta(hours=1)
    with transaction(session_factory(source)) as session:
        for address, one in ((both, True), (gone, False), (again, False)):
            withdrawals.note(STOPPED, end(session, address, one), later)
    restore(target, path)
    with transaction(session_factory(target)) as session:
        follow(session, wish("goal", "culture", address=again), later + timedelta(hours=1))
        assert replay_withdrawals(session, withdrawals, later).stopped == 4
    with transaction(session_factory(target)) as session:
        left = session.execute(select(Follower.mark, Follow.kind).join(Follow.follower)).all()
        assert sorted(kind for _, kind in left) == ["goal", "goal"]
        assert {mark for mark, _ in left} == {hash_address(CODE_KEY, each) for each in (both, again)}
        assert replay_withdrawals(session, withdrawals, later).stopped == 0
    assert "example.org" not in (tmp_path / "withdrawals").read_text()


def end(session: Session, address: str, one: bool) -> str:
    """End following one thing or everything, and return what the list is to know of it."""
    follower = find_follower(session, address)
    assert follower is not None
    state = follower_state(follower)
    mark = (
        stop_following(session, follower.id, state, follower.follows[0].id)
        if one
        else forget_follower(session, follower.id, state)
    )
    assert mark is not None
    return mark


def test_a_list_that_was_lost_is_written_anew_from_the_database(
    source: Engine, told: dict[str, Receipt], tmp_path: Path
) -> None:
    withdrawals = WithdrawalList(tmp_path / "withdrawals", CODE_KEY)
    with transaction(session_factory(source)) as session:
        withdraw_story(session, told["welsh"].story_id, NOW)
        assert catch_up(session, withdrawals) == 1
        assert catch_up(session, withdrawals) == 0
    text = (tmp_path / "withdrawals").read_text()
    assert told["welsh"].reference not in text
    assert told["welsh"].code not in text


def test_a_line_that_was_cut_short_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "withdrawals"
    withdrawals = WithdrawalList(path, CODE_KEY)
    withdrawals.note(WITHDRAWN, "1234-5678", NOW)
    path.write_bytes(path.read_bytes() + b"2026-04-02T10:3")
    withdrawals.note(WITHDRAWN, "8765-4321", NOW)
    assert [line.mark for line in withdrawals.read()] == [
        withdrawals.mark("1234-5678"),
        withdrawals.mark("8765-4321"),
    ]


@pytest.mark.parametrize("harm", ["cut", "changed row", "changed manifest", "no archive", "other key"])
def test_a_backup_that_cannot_be_trusted_is_refused(
    source: Engine, told: dict[str, Receipt], tmp_path: Path, harm: str
) -> None:
    path = tmp_path / "site.backup"
    back_up(source, path)
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-400])
    elif harm == "no archive":
        path.write_bytes(b"not a back-up")
    elif harm.startswith("changed"):
        spoil(path, MANIFEST if harm == "changed manifest" else "rows/story.jsonl")
    with pytest.raises(ArchiveRefused):
        check_backup(path, "another key" if harm == "other key" else CODE_KEY, silent)


def spoil(path: Path, member: str) -> None:
    """Change one letter of a file in the archive, and pack it again so that the archive itself is sound."""
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[member] = files[member].replace(b"e", b"a", 1)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert SEAL in files


def test_a_database_that_is_used_is_not_restored_into(
    source: Engine, told: dict[str, Receipt], tmp_path: Path
) -> None:
    with pytest.raises(NotEmpty):
        check_empty(source)


def test_a_backup_that_fails_leaves_no_file(source: Engine, told: dict[str, Receipt], tmp_path: Path) -> None:
    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_backup(source, tmp_path / "site.backup", Origin(newest_revision(), NOW, 0), CODE_KEY, stop)
    assert not list(tmp_path.glob("*backup*"))
