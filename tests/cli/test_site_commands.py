"""The commands around the site: database, body, project, user, doctor."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from involve.app import create_app
from involve.cli.site import now
from involve.cli.user import PATHS
from involve.database import open_database, session_factory, upgrade_schema
from involve.services.staff.members import find_invitation
from involve.settings import Settings
from tests.cli.commands import KEYS, involve

ROOT = Path(__file__).resolve().parents[2]
ADD_BODY = ("body", "add", "corff", "--name-cy", "Corff", "--name-en", "Body")


def said(folder: Path, *arguments: str, extra: dict[str, str] | None = None) -> str:
    done = involve(*arguments, folder=folder, extra=extra)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(folder: Path, *arguments: str, extra: dict[str, str] | None = None) -> str:
    done = involve(*arguments, folder=folder, extra=extra)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_tables_are_made_once_and_then_left_alone(tmp_path: Path) -> None:
    assert "before: no tables" in said(tmp_path, "database", "upgrade")
    assert "before" not in said(tmp_path, "database", "upgrade")


def test_older_tables_are_noticed_and_the_command_that_helps_is_named(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/data/involve.sqlite3")
    upgrade_schema(engine, "0001")
    engine.dispose()
    done = involve("project", "list", folder=tmp_path)
    assert done.returncode == 1
    assert "run involve database upgrade" in done.stderr


def test_a_body_and_a_project_are_added_and_listed(tmp_path: Path) -> None:
    said(tmp_path, *ADD_BODY)
    assert "corff  Corff · Body" in said(tmp_path, "body", "list")
    said(tmp_path, "project", "add", "bysiau", "--body", "corff", "--name-cy", "Bysiau", "--name-en", "Buses")
    assert said(tmp_path, "project", "list") == "bysiau  (open)  Bysiau · Buses\n"


WRONG_PROJECTS = [
    (("x", "--body", "dim", "--unlisted"), "There is no body 'dim'"),
    (("x", "--body", "corff"), "both languages"),
    (("x", "--body", "corff", "--name-cy", "X"), "both languages"),
    (("X y", "--body", "corff", "--unlisted"), "cannot stand in an address"),
    (("x", "--body", "corff", "--unlisted", "--rung", "top"), "There is no rung 'top'"),
    (("x", "--body", "corff", "--unlisted", "--closes", "2001-01-01"), "another order"),
    (("bysiau", "--body", "corff", "--unlisted"), "There is a project 'bysiau' already"),
    (("x", "--body", "corff", "--unlisted", "--opens", "soon"), "--opens"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG_PROJECTS)
def test_a_project_that_breaks_a_rule_is_refused(
    tmp_path: Path, tables: Path, arguments: tuple[str, ...], message: str
) -> None:
    said(tmp_path, *ADD_BODY)
    said(tmp_path, "project", "add", "bysiau", "--body", "corff", "--unlisted")
    assert message in refused(tmp_path, "project", "add", *arguments)


def test_an_invitation_link_works_in_both_languages(tmp_path: Path, tables: Path) -> None:
    said(tmp_path, *ADD_BODY)
    public = {"INVOLVE_PUBLIC_URL": "https://involve.example/"}
    told = said(
        tmp_path, "user", "add", "a@corff.example", "--role", "moderator", "--body", "corff", extra=public
    )
    links = re.findall(r"https://involve\.example(/\S+/)(\S+)", told)
    assert [path for path, _ in links] == list(PATHS.values())
    assert len({token for _, token in links}) == 1
    settings = Settings(data_dir=tmp_path / "data", secret_key=KEYS["INVOLVE_SECRET_KEY"], code_key="c" * 40)
    app = create_app(settings)
    for path, token in links:
        endpoint, values = app.url_map.bind("localhost").match(path + token)
        assert (endpoint.partition(".")[0], values["token"]) == ("accounts", token)
    engine = open_database(settings.resolved_database_url)
    with session_factory(engine)() as session:
        assert find_invitation(session, links[0][1], now(), settings.secret_key)
    engine.dispose()


WRONG_USERS = [
    (("a@b.example", "--role", "king", "--body", "corff"), "--role"),
    (("a@b.example", "--role", "analyst", "--body", "7"), "There is no body '7'"),
    (("ab.example", "--role", "analyst", "--body", "corff"), "not an e-mail address"),
    (
        ("a@b.example", "--role", "analyst", "--body", "corff", "--project", "dim"),
        "There is no project 'dim'",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG_USERS)
def test_an_invitation_that_breaks_a_rule_is_refused(
    tmp_path: Path, tables: Path, arguments: tuple[str, ...], message: str
) -> None:
    said(tmp_path, *ADD_BODY)
    assert message in refused(tmp_path, "user", "add", *arguments)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"INVOLVE_CODE_KEY": "short"}, "INVOLVE_CODE_KEY must be set"),
        ({"INVOLVE_CODE_KEY": "s" * 40}, "must not be the same"),
        ({"INVOLVE_JOBS": "never"}, "INVOLVE_JOBS"),
        ({"INVOLVE_LIMITS": "yes"}, "INVOLVE_LIMITS must be 1 or 0"),
        ({"INVOLVE_DATABASE_URL": "no address"}, "INVOLVE_DATABASE_URL"),
        ({"INVOLVE_DATABASE_URL": "oracle+dim://x"}, "INVOLVE_DATABASE_URL"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, extra: dict[str, str], message: str) -> None:
    arguments = ("user", "add", "a@b.example", "--role", "analyst", "--body", "corff")
    assert message in refused(tmp_path, *arguments, extra=extra)


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    away = {"INVOLVE_DATABASE_URL": "postgresql://someone:hush@127.0.0.1:1/none"}
    done = involve("project", "list", folder=tmp_path, extra=away)
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "hush" not in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_a_good_installation_well(tmp_path: Path, tables: Path) -> None:
    said(tmp_path, "database", "upgrade")
    told = said(tmp_path, "doctor")
    assert "WRONG" not in told
    assert "the one that this database knows" in told
    assert "a second step is left to moderators and administrators; 0 of 0 have none yet" in told


def test_whoever_lost_app_and_codes_is_helped_by_a_command(tmp_path: Path, tables: Path) -> None:
    said(tmp_path, *ADD_BODY)
    said(tmp_path, "user", "add", "a@corff.example", "--role", "moderator", "--body", "corff")
    assert "without a second step" in said(tmp_path, "user", "forget-second-step", "A@corff.example")
    assert "no account" in refused(tmp_path, "user", "forget-second-step", "b@corff.example")


PROVIDER_AWAY = {
    "INVOLVE_OIDC_ISSUER": "http://127.0.0.1:9",
    "INVOLVE_OIDC_CLIENT_ID": "involve",
    "INVOLVE_OIDC_CLIENT_SECRET": "hush",
    "INVOLVE_OIDC_NAME_CY": "Cyfrif y cyngor",
    "INVOLVE_OIDC_NAME_EN": "The council’s account",
}


@pytest.mark.parametrize(
    ("extra", "wrong"),
    [
        ({"INVOLVE_SECRET_KEY": ""}, "keys"),
        ({"INVOLVE_CODE_KEY": "d" * 40}, "code key"),
        ({"INVOLVE_DATABASE_URL": "postgresql://someone:hush@127.0.0.1:1/none"}, "database"),
        ({"INVOLVE_DATABASE_URL": "no address"}, "database"),
        ({"INVOLVE_BROKER_URL": "redis://:hush@127.0.0.1:1/0"}, "broker"),
        (PROVIDER_AWAY, "single sign-on"),
    ],
)
def test_the_doctor_says_what_is_wrong_and_what_to_do(
    tmp_path: Path, tables: Path, extra: dict[str, str], wrong: str
) -> None:
    said(tmp_path, "database", "upgrade")
    done = involve("doctor", folder=tmp_path, extra=extra)
    assert done.returncode == 1
    assert re.findall(r"WRONG  (.*?):", done.stdout) == [wrong]
    assert "hush" not in done.stdout + done.stderr
    assert f"failed: {wrong}." in done.stderr


def test_the_doctor_notices_a_database_without_tables(tmp_path: Path) -> None:
    done = involve("doctor", folder=tmp_path)
    assert done.returncode == 1
    assert "run involve database upgrade" in done.stdout


def test_every_setting_is_listed_and_no_secret_is_shown(tmp_path: Path) -> None:
    told = said(tmp_path, "doctor", "--settings", extra={"INVOLVE_DATABASE_URL": "postgresql://a:hush@b/c"})
    assert all(each.metadata["variable"] in told for each in fields(Settings))
    assert "hush" not in told
    assert not any(key in told for key in KEYS.values())


def test_the_page_of_settings_lists_every_setting_and_no_other() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(INVOLVE_[A-Z_]+)`", page, re.M)) == {
        each.metadata["variable"] for each in fields(Settings)
    }


def test_the_doctor_notices_what_was_done_to_the_audit_trail_by_hand(tmp_path: Path, tables: Path) -> None:
    said(tmp_path, "database", "upgrade")
    said(tmp_path, *ADD_BODY)
    said(tmp_path, "user", "add", "mair@corff.example", "--role", "moderator", "--body", "corff")
    assert re.search(r"well +audit trail: +1 lines, none changed", said(tmp_path, "doctor"))
    engine = open_database(f"sqlite:///{tmp_path}/data/involve.sqlite3")
    with engine.begin() as connection:
        connection.exec_driver_sql("drop trigger event_not_deleted")
        connection.exec_driver_sql("delete from event")
    engine.dispose()
    done = involve("doctor", folder=tmp_path)
    assert done.returncode == 1
    assert "the trail does not hold at line 1" in done.stdout


def test_a_key_for_programs_is_made_listed_and_revoked(tmp_path: Path) -> None:
    said(tmp_path, *ADD_BODY)
    secret = said(tmp_path, "key", "add", "corff", "--name", "Dangosfwrdd").strip()
    assert secret.startswith("involve_")
    listed = said(tmp_path, "key", "list", "corff")
    assert "used never       works    Dangosfwrdd" in listed
    assert secret not in listed
    assert "Key 1 is revoked" in said(tmp_path, "key", "revoke", "corff", "1")
    assert "revoked" in said(tmp_path, "key", "list", "corff")
    for arguments, words in (
        (("add", "corff", "--name", " "), "needs a name"),
        (("add", "corff", "--name", "x", "--until", "2020-01-01"), "That day is over"),
        (("add", "dim", "--name", "x"), "There is no body 'dim'"),
        (("list", "dim"), "There is no body 'dim'"),
        (("revoke", "corff", "2"), "There is no key 2"),
    ):
        assert words in refused(tmp_path, "key", *arguments)
