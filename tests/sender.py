"""Senders of letters, each a process of its own, that a test may kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
    now: datetime = NOW
    pid: int = 0

    def start(self) -> int:
        """Let somebody send what is due, a while after the one before, and return the id of that process."""
        assert self.process.stdin
        self.now += LATER
        print(self.now.isoformat(), file=self.process.stdin, flush=True)
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


@contextmanager
def open_sender(database_url: str, mailbox: Mailbox) -> Iterator[Sender]:
    """Give what starts senders for a database and a mail server."""
    settings = {
        "INVOLVE_DATABASE_URL": database_url,
        "INVOLVE_PUBLIC_URL": "https://involve.example",
        "INVOLVE_SECRET_KEY": SECRET_KEY,
        "INVOLVE_CODE_KEY": CODE_KEY,
        "INVOLVE_MAIL_HOST": mailbox.host,
        "INVOLVE_MAIL_PORT": str(mailbox.port),
        "INVOLVE_MAIL_SECURITY": "none",
        "INVOLVE_MAIL_FROM": "dim-ateb@involve.example",
    }
    program = [sys.executable, str(Path(__file__).with_name("sender_process.py"))]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(program, **pipes, text=True, env={**os.environ, **settings}) as process:
        yield Sender(process)
        assert process.stdin
        process.stdin.close()
