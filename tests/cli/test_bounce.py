"""`involve bounce`: what a mail server pipes in, and what the doctor says of letters and of GOV.UK Notify."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from involve.database import open_database, session_factory, transaction
from involve.models import Letter
from involve.services.tellers.contacts import contact_fails
from involve.services.upkeep.letters import send_letter, tell_of_news
from involve.services.upkeep.marks import letter_mark
from tests.cli.commands import involve
from tests.factories import CODE_KEY, NOW, make_project, make_story
from tests.notifications import make_notification
from tests.notify_service import EMAIL_TEMPLATE, KEY, TEXT_TEMPLATE, Notify, open_notify

OURS = {"INVOLVE_CODE_KEY": CODE_KEY}
OTHER_KEY = KEY[:-1] + "0"


@pytest.fixture
def notify() -> Iterator[Notify]:
    with open_notify() as notify:
        yield notify


@pytest.fixture
def mark(tables: Path) -> str:
    """The mark of a letter that was sent."""
    engine = open_database(f"sqlite:///{tables}")
    factory = session_factory(engine)
    with transaction(factory) as session:
        make_project(session)
        story_id = make_story(session, contact="mair@example.org").story_id
        tell_of_news(session, story_id, NOW)
        letter_id = session.scalars(select(Letter.id)).one()
    send_letter(factory, letter_id, NOW, lambda _envelope: None, CODE_KEY)
    engine.dispose()
    return letter_mark(CODE_KEY, letter_id, NOW)


def fails(tmp_path: Path) -> bool:
    engine = open_database(f"sqlite:///{tmp_path / 'data' / 'involve.sqlite3'}")
    with session_factory(engine)() as session:
        found = contact_fails(session, 1)
    engine.dispose()
    return found


def test_a_letter_that_came_back_is_noted_once_and_again_without_harm(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "back.eml"
    path.write_bytes(make_notification(f"<{mark}@involve.example>"))
    for _ in range(2):
        done = involve("bounce", path, folder=tmp_path, extra=OURS)
        assert (done.returncode, done.stdout) == (0, "Noted: 1\n")
    assert fails(tmp_path)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"garbled \xff\x00",
        make_notification("<1-00000000000000000000000000000000@x>"),
        make_notification("<nobody@x>"),
    ],
)
def test_what_is_not_about_a_letter_of_ours_ends_with_1_and_changes_nothing(
    tmp_path: Path, mark: str, raw: bytes
) -> None:
    path = tmp_path / "back.eml"
    path.write_bytes(raw)
    done = involve("bounce", path, folder=tmp_path, extra=OURS)
    assert done.returncode == 1
    assert "Not about a letter of this site" in done.stderr
    assert "Traceback" not in done.stderr
    assert not fails(tmp_path)


def by_notify(notify: Notify, **changed: str) -> dict[str, str]:
    """Return the variables of a site whose letters Notify carries."""
    return {
        **OURS,
        "INVOLVE_PUBLIC_URL": "https://involve.example",
        "INVOLVE_MAIL_BY": "notify",
        "INVOLVE_TEXT_BY": "notify",
        "INVOLVE_NOTIFY_URL": f"http://127.0.0.1:{notify.port}",
        "INVOLVE_NOTIFY_API_KEY": KEY,
        "INVOLVE_NOTIFY_EMAIL_TEMPLATE": EMAIL_TEMPLATE,
        "INVOLVE_NOTIFY_TEXT_TEMPLATE": TEXT_TEMPLATE,
        **changed,
    }


def line_of(tmp_path: Path, extra: dict[str, str]) -> str:
    """Return what the doctor says of Notify."""
    said = involve("doctor", folder=tmp_path, extra=extra).stdout
    return next(line for line in said.splitlines() if "GOV.UK Notify:" in line)


def test_the_doctor_asks_notify_for_the_templates(tmp_path: Path, mark: str, notify: Notify) -> None:
    said = line_of(tmp_path, by_notify(notify))
    assert said.startswith("well")
    assert "Involve email, Involve sms" in said
    assert "parts of a text: 2 at most" in said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"INVOLVE_NOTIFY_API_KEY": OTHER_KEY}, "check INVOLVE_NOTIFY_API_KEY"),
        ({"INVOLVE_NOTIFY_TEXT_TEMPLATE": EMAIL_TEMPLATE}, "the template for text is not of type sms"),
        ({"INVOLVE_NOTIFY_URL": "http://127.0.0.1:1"}, "does not answer"),
        ({"INVOLVE_PUBLIC_URL": "https://" + "hir." * 40 + "cymru"}, "too long for texts"),
    ],
)
def test_the_doctor_says_what_is_wrong_with_notify(
    tmp_path: Path, mark: str, notify: Notify, changed: dict[str, str], said: str
) -> None:
    line = line_of(tmp_path, by_notify(notify, **changed))
    assert line.startswith("WRONG")
    assert said in line
    assert KEY[-36:] not in line


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"INVOLVE_MAIL_BY": "pigeon"}, "INVOLVE_MAIL_BY must be 'smtp' or 'notify'"),
        ({"INVOLVE_TEXT_BY": "pigeon"}, "INVOLVE_TEXT_BY must be 'off' or 'notify'"),
        ({"INVOLVE_NOTIFY_API_KEY": "x"}, "INVOLVE_NOTIFY_API_KEY must be a key"),
        ({"INVOLVE_NOTIFY_URL": "http://example.org"}, "INVOLVE_NOTIFY_URL must begin with https://"),
        ({"INVOLVE_NOTIFY_TEXT_TEMPLATE": ""}, "INVOLVE_NOTIFY_TEXT_TEMPLATE must be"),
        ({"INVOLVE_NOTIFY_CALLBACK_TOKEN": "short"}, "at least 20 characters"),
        ({"INVOLVE_PUBLIC_URL": ""}, "INVOLVE_PUBLIC_URL"),
    ],
)
def test_a_wrong_setting_of_notify_is_one_clear_line(
    tmp_path: Path, notify: Notify, changed: dict[str, str], said: str
) -> None:
    done = involve("doctor", folder=tmp_path, extra=by_notify(notify, **changed))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_the_list_of_settings_shows_no_secret_of_notify(tmp_path: Path, notify: Notify) -> None:
    extra = by_notify(notify, INVOLVE_NOTIFY_CALLBACK_TOKEN="t" * 30)
    said = involve("doctor", "--settings", folder=tmp_path, extra=extra).stdout
    assert "INVOLVE_NOTIFY_API_KEY" in said
    assert KEY not in said
    assert "t" * 30 not in said
