"""A file that staff bring in: who may, what is looked through, what goes in, and what stays of it afterwards."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.errors import BadInput, Conflict, NotAllowed, NotFound
from involve.models import Consent, Event, Insight, Story, StoryImport
from involve.services.evidence.import_plan import ImportPlan, Refusal
from involve.services.importing import taking
from involve.services.importing.columns import guess_columns
from involve.services.importing.kept_files import keep_lines, path_of, read_lines
from involve.services.importing.opening import open_table
from involve.services.importing.taking import Importer
from involve.services.importing.uploads import (
    LASTS,
    ImportView,
    confirm_import,
    first_rows,
    forget_import,
    keep_upload,
    list_importing,
    plan_import,
    refused_lines,
    tidy_imports,
    view_import,
)
from involve.services.staff.access import Actor
from involve.services.upkeep.handlers import import_handlers
from involve.services.upkeep.jobs import run_due_jobs
from tests.factories import CODE_KEY, NOW, Clock, make_project, make_staff
from tests.services.importing.files import BUS, WELSH, write

PHONE = "Ring me on 07700 900123 and I will tell you about the bus."
DANGER = "My partner hits me and I am afraid to go home."
LINES = [
    "rhif,stori,ardal", f'1,"{BUS}",x', f'2,"{WELSH}",', f"3,{PHONE},", f"4,{DANGER},", f'1,"{BUS}",', "6,,", '7,a\0b,',
]  # fmt: skip
PLACES = {"text": 1, "id": 0}
KEY = "k" * 22


class Desk:
    """One member of staff with a file, and the worker beside them."""

    def __init__(self, factory: SessionFactory, folder: Path) -> None:
        self.factory, self.folder, self.clock = factory, folder / "imports", Clock()
        self.tmp = folder
        with transaction(factory) as session:
            make_project(session, "bws")
            self.actor = make_staff(session, "moderator")
            self.other = make_staff(session, "moderator", email="arall@corff.cymru")
        self.importer = Importer(self.folder, CODE_KEY, self.clock)

    def send(self, lines: list[str] = LINES, key: str = KEY) -> None:
        table = open_table(write(self.tmp, "\n".join(lines).encode()))
        with transaction(self.factory) as session:
            keep_lines(
                self.folder, key, keep_upload(session, self.actor, "bws", table, (key, "a.csv"), self.clock())
            )

    def plan(self, places: dict[str, int] = PLACES, **said: object) -> None:
        plan = ImportPlan("bws", "holiadur", **said)  # type: ignore[arg-type]
        with transaction(self.factory) as session:
            plan_import(session, self.actor, KEY, plan, places, self.clock())
        self.work()

    def confirm(self) -> None:
        with transaction(self.factory) as session:
            confirm_import(session, self.actor, KEY, self.clock())
        self.work()

    def work(self) -> None:
        run_due_jobs(self.factory, import_handlers(self.importer), self.clock)

    def view(self, actor: Actor | None = None) -> ImportView:
        with self.factory() as session:
            return view_import(session, actor or self.actor, KEY, self.clock())

    def count(self, table: type) -> int:
        with self.factory() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def desk(factory: SessionFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(taking, "LOOKED_AT_ONCE", 3)
    monkeypatch.setattr(taking, "TAKEN_AT_ONCE", 3)
    return Desk(factory, tmp_path)


def test_a_file_goes_in_step_by_step_and_leaves_nothing_but_what_was_refused(desk: Desk) -> None:
    desk.send()
    assert (desk.view().state, desk.view().columns) == ("sent", ("rhif", "stori", "ardal"))
    assert first_rows(desk.folder, KEY)[0] == ["1", BUS, "x"]
    desk.plan(told_as="on_behalf", uses=frozenset({"read", "publish"}))
    seen = desk.view()
    assert (seen.state, seen.fresh, seen.repeated, seen.personal, seen.at_risk) == ("looked", 4, 1, 1, 1)
    assert seen.refused == (Refusal(7, "empty"), Refusal(8, "unreadable"))
    assert desk.count(Story) == 0
    desk.confirm()
    done = desk.view()
    assert (done.state, done.added, done.known, done.done) == ("done", 4, 1, 7)
    with desk.factory() as session:
        stories = session.scalars(select(Story).order_by(Story.id)).all()
        assert {(each.state, each.told_as, each.source) for each in stories} == {
            ("received", "on_behalf", "holiadur")
        }
        assert {use.use for use in session.scalars(select(Consent).where(Consent.given))} == {
            "read",
            "publish",
        }
        event = session.scalars(select(Event).where(Event.kind == "imported")).first()
        assert event is not None
        assert (event.actor, event.user_id) == ("staff", desk.actor.user_id)
    assert [line for line, _ in read_lines(desk.folder, KEY)] == [7, 8]
    assert [list(cells) for _, cells in refused_lines(done, desk.folder)] == [
        ["6", "", ""],
        ["7", "a\0b", ""],
    ]


def test_the_words_are_readable_by_the_site_alone_and_end_within_the_hour(desk: Desk) -> None:
    desk.send()
    path = path_of(desk.folder, KEY)
    assert (path.stat().st_mode & 0o077, desk.folder.stat().st_mode & 0o077) == (0, 0)
    old, young = (desk.folder / f"of-nobody-{age}.sent" for age in ("old", "young"))
    for left, age in ((old, 2 * LASTS), (young, LASTS / 2)):
        left.write_text("words")
        os.utime(left, 2 * ((NOW - age).timestamp(),))
    assert tidy_imports(desk.factory, desk.folder, NOW) == 1
    assert sorted(desk.folder.iterdir()) == sorted((path, young))
    young.unlink()
    assert tidy_imports(desk.factory, desk.folder, NOW + LASTS) == 1
    assert (list(desk.folder.iterdir()), desk.count(StoryImport)) == ([], 0)
    assert tidy_imports(desk.factory, desk.folder, NOW + LASTS) == 0


def test_a_file_is_seen_by_its_sender_alone_and_no_longer_than_it_lasts(desk: Desk) -> None:
    desk.send()
    with pytest.raises(NotFound):
        desk.view(desk.other)
    desk.clock.now += LASTS
    with pytest.raises(NotFound):
        desk.view()


def test_who_may_not_moderate_brings_nothing_in(desk: Desk) -> None:
    table = open_table(write(desk.tmp, b"text\nwords\n"))
    with transaction(desk.factory) as session:
        analyst = make_staff(session, "analyst", email="d@corff.cymru")
        assert list_importing(session, analyst) == ()
        with pytest.raises(NotAllowed):
            keep_upload(session, analyst, "bws", table, ("x", "a.csv"), NOW)


def test_a_deleted_file_is_gone_and_nothing_of_it_is_taken(desk: Desk) -> None:
    desk.send()
    desk.plan()
    with transaction(desk.factory) as session:
        confirm_import(session, desk.actor, KEY, NOW)
        forget_import(session, desk.actor, KEY, desk.folder, NOW)
    desk.work()
    assert (desk.count(Story), list(desk.folder.iterdir())) == (0, [])


def test_work_that_was_interrupted_goes_on_where_it_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.send()
    desk.plan()
    take, calls = taking.import_batch, []

    def fail_once(*given: object) -> object:
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return take(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "import_batch", fail_once)
    desk.confirm()
    assert (desk.view().state, desk.view().done, desk.view().added) == ("taking", 3, 3)
    desk.clock.now += timedelta(minutes=1)
    desk.work()
    assert (desk.view().state, desk.view().added, desk.view().known) == ("done", 4, 1)


def test_words_that_are_gone_are_a_failure_and_no_empty_success(desk: Desk) -> None:
    desk.send()
    path_of(desk.folder, KEY).unlink()
    desk.plan()
    assert desk.view().state == "failed"


def test_the_same_file_again_adds_nothing(desk: Desk) -> None:
    desk.send()
    desk.plan()
    desk.confirm()
    with transaction(desk.factory) as session:
        forget_import(session, desk.actor, KEY, desk.folder, NOW)
    desk.send()
    desk.plan()
    assert (desk.view().fresh, desk.view().repeated) == (0, 5)


def test_insights_have_columns_of_their_own_and_their_own_reasons(desk: Desk) -> None:
    desk.send(["text,people,how", f"{BUS},12,several", "x,dozens,", "y,,dreamt"])
    desk.plan({"text": 0, "people": 1, "how": 2}, told_as="insight")
    assert desk.view().refused == (Refusal(3, "people"), Refusal(4, "how"))
    desk.confirm()
    with desk.factory() as session:
        assert [(each.people, each.how) for each in session.scalars(select(Insight))] == [(12, "several")]


@pytest.mark.parametrize(
    ("places", "said"),
    [({"id": 0}, {}), ({"text": 9}, {}), ({"text": -1}, {}), (PLACES, {"told_as": "theirs"}),
     (PLACES, {"uses": frozenset({"read", "sell"})})],
)  # fmt: skip
def test_what_is_said_of_a_file_is_held_to_the_rules(
    desk: Desk, places: dict[str, int], said: dict[str, object]
) -> None:
    desk.send()
    with pytest.raises(BadInput):
        desk.plan(places, **said)


def test_nothing_is_confirmed_unseen_or_twice(desk: Desk) -> None:
    desk.send()
    with pytest.raises(Conflict):
        desk.confirm()
    desk.plan()
    desk.confirm()
    for again in (desk.confirm, desk.plan):
        with pytest.raises(Conflict):
            again()


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["Story ID", "Stori", "ID"], {"text": 1, "id": 2}),
        (["Response ID", "Your experience", "Comment"], {"text": 2, "id": 0}),
        (["Cyfeirnod / Ref", "Stori / Story", "Sylwadau"], {"text": 1, "id": 0}),
        (["a", "b"], {"text": 1}),
        (["Testun", "Awdurdod lleol", "Faint o bobl?"], {"text": 0, "area": 1, "people": 2}),
    ],
)
def test_columns_are_known_by_their_names_in_either_language(
    names: list[str], places: dict[str, int]
) -> None:
    assert guess_columns(names, [(2, ["1", "some longer words"])]) == places
