"""Senders of letters, each a process of its own, that a test may kill."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.factories import CODE_KEY, NOW, SECRET_KEY
from tests.mailbox import Mailbox

# After that, whatever a dead sender held is free again.
LATER = timedelta(minutes=10)


@dataclass
class Sender:
    """The process that starts senders, and the moment at which the last one was started."""

    process: "subprocess.Popen[str]"
    site: dict[str, str]
    now: datetime = NOW
    pid: int = 0

    def start(self) -> int:
        """Let somebody send what is due, a while after the one before, and return the id of that process."""
        assert self.process.stdin
        self.now += LATER
        asked = {"now": self.now.isoformat(), "site": self.site}
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        self.pid = int(self._line())
        return self.pid

    def kill(self) -> None:
        """Kill the one who is sending, wherever it is."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> bool:
        """Wait for its end, and return whether it came to it by itself."""
        return self._line() == "0"

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


@dataclass
class Starters:
    """Programs that start senders, each for one test at a time: Python is slow to start with all that sending needs."""

    waiting: list["subprocess.Popen[str]"] = field(default_factory=list)

    @contextmanager
    def borrow(self, database_url: str, mailbox: Mailbox) -> Iterator[Sender]:
        """Give what starts senders for a database and a mail server."""
        site = {
            "INVOLVE_DATABASE_URL": database_url,
            "INVOLVE_PUBLIC_URL": "https://involve.example",
            "INVOLVE_SECRET_KEY": SECRET_KEY,
            "INVOLVE_CODE_KEY": CODE_KEY,
            "INVOLVE_MAIL_HOST": mailbox.host,
            "INVOLVE_MAIL_PORT": str(mailbox.port),
            "INVOLVE_MAIL_SECURITY": "none",
            "INVOLVE_MAIL_FROM": "dim-ateb@involve.example",
        }
        process = self.waiting.pop() if self.waiting else _start()
        try:
            yield Sender(process, site)
        except BaseException:
            # It may owe an answer, which the next test would take for its own.
            _end(process)
            raise
        self.waiting.append(process)

    def close(self) -> None:
        """Let them end."""
        while self.waiting:
            _end(self.waiting.pop())


def _start() -> "subprocess.Popen[str]":
    program = [sys.executable, str(Path(__file__).with_name("sender_process.py"))]
    return subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _end(process: "subprocess.Popen[str]") -> None:
    with process:
        assert process.stdin
        process.stdin.close()
