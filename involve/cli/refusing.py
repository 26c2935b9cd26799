"""What the server says before the site sees a request: an address too long, in both languages."""

from typing import Any

from gunicorn import util
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

TITLE = "Mae’r cyfeiriad yn rhy hir · The address is too long"
PAGE = f"""<!doctype html>
<html lang="cy">
<head><meta charset="utf-8"><title>{TITLE}</title></head>
<body>
<h1>Mae’r cyfeiriad yn rhy hir</h1>
<p>Ewch yn ôl i’r dudalen flaenorol, a chwiliwch am lai o eiriau neu dewiswch lai o hidlwyr.</p>
<div lang="en">
<h1>The address is too long</h1>
<p>Go back to the page before, and search for fewer words or choose fewer filters.</p>
</div>
</body>
</html>
""".encode()
HEAD = (
    "HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
    f"Content-Length: {len(PAGE)}\r\n\r\n"
).encode("ascii")


class BilingualWorker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker with threads, whose own page for an address too long can be read by whoever meets it."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer an address too long in both languages, and leave everything else to gunicorn."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("A request was malformed.")
        try:
            util.write_nonblock(client, HEAD + PAGE)
        except OSError:
            self.log.debug("The visitor has gone.")
