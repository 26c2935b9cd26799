"""Asks the site for pages as a browser would, straight through its WSGI interface: no socket, no server."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from sqlalchemy import Engine, event

from involve.errors import InvolveError


class PageRefused(InvolveError):
    """The site answered otherwise than a benchmark expects; its times would mean nothing."""

    code = "page_refused"


@dataclass
class Visitor:
    """Someone who asks one WSGI application for pages. `queries` counts the statements that its database got."""

    app: Any
    queries: int = 0
    weight: int = 0
    _status: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        event.listen(self._engine, "before_cursor_execute", self._count)

    @property
    def _engine(self) -> Engine:
        engine: Engine = self.app.extensions["involve"].factory.kw["bind"]
        return engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the site's connections."""
        self._engine.dispose()

    def ask(self, path: str, query: str = "", form: Sequence[tuple[str, str]] | None = None) -> bytes:
        """Return the page at *path*, compressed as for a browser; with a *form* it is posted.

        Raises:
            PageRefused: the status is not 200.
        """
        body = urlencode(form or ()).encode()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET" if form is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_ACCEPT_ENCODING": "br, gzip",
            "wsgi.input": io.BytesIO(body),
        }
        setup_testing_defaults(environ)
        answer = self.app(environ, self._start)
        page = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if not self._status.startswith("200"):
            raise PageRefused(f"{path} answered {self._status}.")
        self.weight = len(page)
        return page

    def _start(self, status: str, _headers: object, _exception: object = None) -> None:
        self._status = status

    def _count(self, *_: object) -> None:
        self.queries += 1
