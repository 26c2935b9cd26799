"""The production server: gunicorn with threads, started from here, whose log never names a participant."""

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from involve.cli.memory import settle_memory
from involve.cli.refusing import BilingualWorker
from involve.documents.work import make_site_handlers
from involve.errors import InvolveError
from involve.services.evidence.meanings import keep_meanings
from involve.services.upkeep.jobs import run_due_jobs, work_until
from involve.services.upkeep.rounds import go_round
from involve.settings import Settings

THREADS = 4
SWEEP_EVERY = 10.0  # seconds between looks for letters, and for jobs whose request died


class PortTaken(InvolveError):
    """Another program listens there."""

    code = "port_taken"


class NotServed(InvolveError):
    """The server gave up; its log has said why."""

    code = "not_served"


class QuietLogger(Logger):
    """Gunicorn's own log without what its messages say of a visitor: no address, path or browser."""

    def access(self, *_: Any) -> None:
        """Write nothing: who asked for what is nobody's business."""

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Write a warning, unless it names the visitor who caused it."""
        if "ip=" in str(msg):
            msg, args = "A request was malformed.", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Write an error with its trace but without the address that was asked for."""
        if "request" in str(msg).lower():
            msg, args = "A request could not be handled.", ()
        super().exception(msg, *args, **kwargs)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, given its settings by us instead of by a file; each worker process makes its own application."""

    def __init__(
        self, make_app: Callable[[Settings], Any], settings: Settings, host: str, port: int, workers: int
    ) -> None:
        self.make_app, self.settings = make_app, settings
        self.host, self.port, self.workers = host, port, workers
        super().__init__()

    def load_config(self) -> None:
        """Set what we choose; gunicorn's own variables and files do not count."""
        chosen = {
            "bind": f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}",
            "workers": self.workers,
            "worker_class": BilingualWorker,
            "threads": THREADS,
            "preload_app": False,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "logger_class": QuietLogger,
            "timeout": 60,
            "graceful_timeout": 30,
            "keepalive": 5,
            "proc_name": "involve",
            # Its control socket would be one more way in, and stands in the home folder.
            "control_socket_disable": True,
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until told to stop.

        Raises:
            NotServed: the workers could not start.
        """
        try:
            super().run()
        except SystemExit as stopped:
            if stopped.code:
                raise NotServed("The site could not be served; the lines above say why.") from stopped

    def load(self) -> Any:
        """Return the application: once in each worker process, after the fork, so that no connection is shared."""
        app = self.make_app(self.settings)
        settle_memory()
        if self.settings.jobs_in_request:
            sweep = _sweeper(app.extensions["involve"].factory, self.settings)
            threading.Thread(target=sweep, name="sweep", daemon=True).start()
        return app


def _sweeper(factory: Any, settings: Settings) -> Callable[[], None]:
    """Return a loop over letters, jobs that a request left behind when its process died, and what stories mean."""

    def clock() -> datetime:
        return datetime.now(UTC)

    handlers = make_site_handlers(settings, clock)
    exports, imports = settings.resolved_export_dir, settings.resolved_import_dir
    begun = time.monotonic()

    def look() -> int:
        done = go_round(factory, clock(), exports, imports) + run_due_jobs(factory, handlers, clock)
        # Readers share this process: nothing is made at the start, and there is a rest after each few.
        if not done and time.monotonic() - begun >= SWEEP_EVERY:
            keep_meanings(factory)
        return done

    return lambda: work_until(lambda: False, lambda: time.sleep(SWEEP_EVERY), look)


def check_port(host: str, port: int) -> None:
    """Make sure that the site can listen there.

    Raises:
        PortTaken: something else does, or the address is not this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise PortTaken(
            f"Cannot listen on {host} port {port} ({error.strerror}): choose another with --port."
        ) from error
