"""A running site with demonstration data, and a browser the size of a phone."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.demonstrated import PATIENCE, copy_demonstration, free_port

PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class RunningSite:
    """Where the site answers, and what it printed: the sign-ins by the name before the @; and its data."""

    address: str
    passwords: dict[str, tuple[str, str]]
    folder: Path


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The site as `make run` starts it, on a free port and in a folder of its own."""
    site = tmp_path_factory.mktemp("site")
    copy_demonstration(tmp_path_factory, site)
    folder, port = site / "data", free_port()
    environment = {**os.environ, "INVOLVE_DATA_DIR": str(folder), "INVOLVE_LIMITS": "0"}
    involve = Path(sys.executable).with_name("involve")
    command = [str(involve), "run", "--demo", "--port", str(port), "--workers", "1"]
    with (folder / "printed").open("wb") as printed:
        process = subprocess.Popen(command, env=environment, stdout=printed, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_it_answers(address, process, folder / "printed")
        passwords = read_passwords((folder / "printed").read_text(encoding="utf-8"))
        yield RunningSite(address, passwords, folder)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait_until_it_answers(address: str, process: "subprocess.Popen[bytes]", printed: Path) -> None:
    """Wait until the site is ready; say what it printed when it never is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    pytest.fail("the site did not start:\n" + printed.read_text(encoding="utf-8"))


def read_passwords(printed: str) -> dict[str, tuple[str, str]]:
    """Return address and password of each demonstration sign-in that was printed."""
    found = re.findall(r"^\s*(([\w.]+)@\S+)\s+(\S+)", printed, re.MULTILINE)
    return {name: (address, password) for address, name, password in found}


@pytest.fixture(scope="session")
def chromium(browser_path: str) -> Iterator[Browser]:
    """One browser for all journeys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser, running_site: RunningSite) -> Iterator[Page]:
    """A page on a phone, in a browser that knows nothing yet."""
    context = chromium.new_context(base_url=running_site.address, viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(chromium: Browser, running_site: RunningSite) -> Iterator[Page]:
    """A page on a desk, for staff."""
    context = chromium.new_context(base_url=running_site.address, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def back_office(chromium: Browser, running_site: RunningSite) -> Iterator[Page]:
    """Another desk, for other staff."""
    context = chromium.new_context(base_url=running_site.address, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_phone(chromium: Browser, running_site: RunningSite) -> Iterator[Page]:
    """A phone without scripts."""
    context = chromium.new_context(base_url=running_site.address, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()
