"""What `sender.py` starts: a program that lets a process of its own send what is due, for each line that it is given.

The line is an object of JSON: the moment (ISO 8601) and the variables of a site. It says that process's id and, when it
ended, how. Starting Python anew for each of them would take most of the time.
"""

import json
import os
import sys
from datetime import datetime

from involve.database import open_database, session_factory
from involve.documents.post import make_post
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.settings import Settings, from_environment


def send_all(settings: Settings, now: datetime) -> None:
    """Send what is due at one moment."""
    factory = session_factory(open_database(settings.resolved_database_url))
    handlers = make_handlers(make_post(settings), settings.code_key)
    while run_due_jobs(factory, handlers, lambda: now):
        pass


def main() -> None:
    """Start a process for each line, and say how it ended."""
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if not pid:
            send_all(from_environment(asked["site"]), datetime.fromisoformat(asked["now"]))
            os._exit(0)
        print(pid, flush=True)
        print(os.waitpid(pid, 0)[1], flush=True)


if __name__ == "__main__":
    main()
