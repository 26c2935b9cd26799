"""`involve run`: the site answers, says what one needs to know, keeps visitors out of its log, and stops when told."""

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.cli.commands import involve, start
from tests.demonstrated import NO_KEYS, copy_demonstration, end, free_port, stop, wait_until_up

BROWSER = "SecretBrowser/7.0"


def get(port: int, path: str) -> str:
    request = Request(f"http://127.0.0.1:{port}{path}", headers={"User-Agent": BROWSER})
    with urlopen(request, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def sign_ins(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if "@enghraifft.example" in line]


@pytest.fixture
def first_start(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> str:
    """What the first start of a demonstration printed, whose data are now this test's."""
    return copy_demonstration(tmp_path_factory, tmp_path)


@pytest.fixture
def demo(first_start: str, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A demonstration site, started for a second time in a process of its own, and its port."""
    port = free_port()
    server = start("run", "--demo", "--port", str(port), folder=tmp_path, extra=NO_KEYS)
    try:
        wait_until_up(port, server)
        yield server, port
    finally:
        end(server)


def test_a_second_start_prints_its_addresses_keeps_the_data_and_the_sign_ins_and_stops_when_told(
    demo: tuple[subprocess.Popen[str], int], tmp_path: Path, first_start: str
) -> None:
    server, port = demo
    assert "/en/projects/mynd-o-le-i-le" in get(port, "/en/projects")
    assert "/cy/prosiectau/mynd-o-le-i-le" in get(port, "/cy/prosiectau")
    output = stop(server)
    assert server.returncode == 0
    for line in (
        f"http://127.0.0.1:{port}/cy/",
        f"http://127.0.0.1:{port}/en/",
        "moderator@enghraifft.example",
    ):
        assert line in output
    assert sign_ins(output) == sign_ins(first_start)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "data").glob("*_key")} == {0o600}


def test_the_log_names_no_visitor_and_nothing_that_was_searched(
    demo: tuple[subprocess.Popen[str], int],
) -> None:
    server, port = demo
    get(port, "/en/projects?q=secretword")
    for broken in (
        b"GET /secretpath HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01 nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(broken)
            connection.recv(1000)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET /secretpath?q=" + b"x" * 5000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
        said = connection.recv(2000).decode()
    assert "yn rhy hir" in said
    assert "is too long" in said
    after_start = stop(server).split("Ctrl+C to stop")[1]
    for hidden in ("secretword", "secretpath", BROWSER, "127.0.0.1", "ip="):
        assert hidden not in after_start


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = involve("run", "--port", str(other.getsockname()[1]), folder=tmp_path)
    assert done.returncode == 1
    assert "choose another with --port" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "involve.example"])
def test_a_demonstration_is_never_open_to_others(tmp_path: Path, host: str) -> None:
    done = involve("run", "--demo", "--host", host, folder=tmp_path)
    assert (done.returncode, "this machine only" in done.stderr) == (2, True)


def test_a_site_without_keys_does_not_start_and_says_how_to_make_them(tmp_path: Path) -> None:
    done = involve("run", folder=tmp_path, extra=NO_KEYS)
    assert done.returncode == 2
    assert "INVOLVE_SECRET_KEY must be set" in done.stderr
    assert "secrets.token_urlsafe" in done.stderr


def test_a_site_does_not_start_under_another_code_key(tmp_path: Path) -> None:
    assert involve("database", "upgrade", folder=tmp_path).returncode == 0
    port = str(free_port())
    done = involve("run", "--port", port, folder=tmp_path, extra={"INVOLVE_CODE_KEY": "d" * 40})
    assert done.returncode == 2
    assert "Set it back" in done.stderr
