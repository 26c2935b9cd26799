"""`involve run`: the site answers, says what one needs to know, keeps visitors out of its log, and stops when told."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from tests.cli.commands import involve, start

NO_KEYS = {"INVOLVE_SECRET_KEY": "", "INVOLVE_CODE_KEY": ""}
BROWSER = "SecretBrowser/7.0"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def get(port: int, path: str) -> str:
    request = Request(f"http://127.0.0.1:{port}{path}", headers={"User-Agent": BROWSER})
    with urlopen(request, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def wait_until_up(port: int, server: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            get(port, "/readyz")
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"the site did not come up: {server.communicate(timeout=10)}")


def stop(server: subprocess.Popen[str]) -> str:
    server.send_signal(signal.SIGTERM)
    output, _ = server.communicate(timeout=40)
    return output


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A demonstration site in a process of its own, and its port."""
    port = free_port()
    server = start("run", "--demo", "--port", str(port), folder=tmp_path, extra=NO_KEYS)
    try:
        wait_until_up(port, server)
        yield server, port
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.communicate()


def test_a_demonstration_prints_its_addresses_and_sign_ins_and_stops_when_told(
    demo: tuple[subprocess.Popen[str], int], tmp_path: Path
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
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "data").glob("*_key")} == {0o600}


def test_a_second_start_keeps_the_data_and_the_sign_ins(
    demo: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    server, port = demo
    before = [line for line in stop(server).splitlines() if "@enghraifft.example" in line]
    again = start("run", "--demo", "--port", str(port), folder=tmp_path, extra=NO_KEYS)
    wait_until_up(port, again)
    assert [line for line in stop(again).splitlines() if "@enghraifft.example" in line] == before


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
