"""A demonstration as `involve run --demo` fills it, made once in a run: filling takes longer than most tests."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.cli.commands import start
from tests.once import make_once

NO_KEYS = {"INVOLVE_SECRET_KEY": "", "INVOLVE_CODE_KEY": ""}
# Seconds: a busy machine fills the demonstration slowly.
PATIENCE = 240


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def copy_demonstration(temporary: pytest.TempPathFactory, folder: Path) -> str:
    """Put the data of a demonstration that was started before into *folder*; return what its first start printed."""
    filled = make_once(temporary, "demonstration", _fill)
    shutil.copytree(filled / "data", folder / "data")
    return (filled / "printed").read_text(encoding="utf-8")


def wait_until_up(port: int, server: "subprocess.Popen[str]") -> None:
    """Wait until the site is ready; fail with what it printed when it never is."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the site did not come up: {end(server)}")


def stop(server: "subprocess.Popen[str]") -> str:
    """Tell the site to stop; return what it printed."""
    server.send_signal(signal.SIGTERM)
    output, _ = server.communicate(timeout=40)
    return output


def end(server: "subprocess.Popen[str]") -> str:
    """End the site and its processes, if it still runs; return what nobody has read of what it printed."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
        return server.communicate()[0]
    return ""


def _fill(folder: Path) -> None:
    """Start a demonstration for the first time, and stop it when it answers."""
    port = free_port()
    server = start("run", "--demo", "--port", str(port), folder=folder, extra=NO_KEYS)
    try:
        wait_until_up(port, server)
        (folder / "printed").write_text(stop(server), encoding="utf-8")
    finally:
        end(server)
    assert server.returncode == 0
