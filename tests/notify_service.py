"""GOV.UK Notify for tests: a real HTTP server on this machine that speaks as much of its API as a site uses."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

from involve.settings import Settings
from tests.factories import CODE_KEY, SECRET_KEY

SERVICE, SECRET = "0b5a3d6e-3c53-4d0c-9a3a-3a6f5a9a1c11", "7f1e8c1a-6f43-4a86-b6a0-2f1d5f7f0d22"
KEY = f"trial-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE, TEXT_TEMPLATE = (
    "5e0c0c1e-8f6b-4d39-9a56-0d8b7f3f1a33",
    "9d1b2c3d-4e5f-4a6b-8c7d-1e2f3a4b5c44",
)
Answer = tuple[int, dict[str, Any]]
# Seconds in which it notices that its time is over: whoever closes it waits that long.
POLL = 0.01


def refusal(status: int, kind: str, message: str) -> Answer:
    """Return an error as Notify writes it."""
    return status, {"status_code": status, "errors": [{"error": kind, "message": message}]}


@dataclass
class Notify:
    """What was sent, newest last. `trouble` is what every request is answered with; `lost` answers are never given."""

    port: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    trouble: Answer | None = None
    lost: int = 0
    templates: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            EMAIL_TEMPLATE: {"type": "email", "personalisation": {"subject": {}, "body": {}}},
            TEXT_TEMPLATE: {"type": "sms", "personalisation": {"body": {}}},
        }
    )

    def settings(self, **more: Any) -> Settings:
        """The settings of a site whose e-mails and texts are carried by this Notify."""
        values: dict[str, Any] = {
            "secret_key": SECRET_KEY,
            "code_key": CODE_KEY,
            "public_url": "https://involve.example",
            "mail_by": "notify",
            "text_by": "notify",
            "notify_api_key": KEY,
            "notify_url": f"http://127.0.0.1:{self.port}",
            "notify_email_template": EMAIL_TEMPLATE,
            "notify_text_template": TEXT_TEMPLATE,
        }
        return Settings(**(values | more))

    def answer(self, method: str, path: str, bearer: str, body: bytes) -> Answer:
        """Return what Notify answers."""
        if self.trouble is not None:
            return self.trouble
        refused = self._check_token(bearer)
        if refused is not None:
            return refused
        parts = urlsplit(path)
        if method == "POST" and parts.path in ("/v2/notifications/email", "/v2/notifications/sms"):
            return self._take(parts.path.rpartition("/")[2], json.loads(body))
        if parts.path == "/v2/notifications":
            return self._list(parse_qs(parts.query).get("reference", [""])[0])
        if parts.path.startswith("/v2/template/"):
            return self._template(parts.path.rpartition("/")[2])
        return refusal(404, "NoResultFound", "No result found")

    def _check_token(self, bearer: str) -> Answer | None:
        token = bearer.removeprefix("Bearer ")
        try:
            if get_token_issuer(token) != SERVICE:
                return refusal(403, "AuthError", "Invalid token: service not found")
            decode_jwt_token(token, SECRET)
        except TokenError:
            return refusal(403, "AuthError", "Invalid token: API key not found")
        return None

    def _take(self, kind: str, wanted: dict[str, Any]) -> Answer:
        to = "email_address" if kind == "email" else "phone_number"
        template = self.templates.get(wanted["template_id"])
        if template is None or template["type"] != kind:
            return refusal(400, "BadRequestError", "Template not found")
        missing = set(template["personalisation"]) - set(wanted.get("personalisation", ()))
        if missing:
            return refusal(400, "BadRequestError", f"Missing personalisation: {', '.join(sorted(missing))}")
        wrong = _wrong_email(wanted[to]) if kind == "email" else _wrong_number(wanted[to])
        if wrong:
            return refusal(400, "ValidationError", f"{to} {wrong}")
        self.sent.append({**wanted, "id": str(uuid4()), "type": kind, "status": "created"})
        return 201, {"id": self.sent[-1]["id"], "reference": wanted.get("reference"), "content": {}}

    def _list(self, reference: str) -> Answer:
        self.asked.append(reference)
        found = [
            {"id": each["id"], "reference": reference, "type": each["type"], "status": each["status"]}
            for each in reversed(self.sent)
            if each.get("reference") == reference
        ]
        return 200, {"notifications": found, "links": {"current": "/v2/notifications"}}

    def _template(self, template_id: str) -> Answer:
        template = self.templates.get(template_id)
        if template is None:
            return refusal(404, "NoResultFound", "No result found")
        return 200, {"id": template_id, "name": f"Involve {template['type']}", **template}


def _wrong_email(address: str) -> str:
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return "Not a valid email address"
    return ""


def _wrong_number(number: str) -> str:
    try:
        return (
            "" if phonenumbers.is_possible_number(phonenumbers.parse(number, "GB")) else "Not enough digits"
        )
    except phonenumbers.NumberParseException:
        return "Must not contain letters or symbols"


class _Handler(BaseHTTPRequestHandler):
    """Gives each request to the Notify of its server."""

    server: "_Server"

    def do_POST(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, *_: Any) -> None:
        """Write nothing."""

    def _answer(self) -> None:
        notify = self.server.notify
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, said = notify.answer(self.command, self.path, self.headers.get("Authorization", ""), body)
        if notify.lost:
            notify.lost -= 1
            self.close_connection = True
            return
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    notify: Notify


@contextmanager
def open_notify() -> Iterator[Notify]:
    """Give a Notify that listens on a free port."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.notify = Notify(port=server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(POLL,), daemon=True)
    thread.start()
    try:
        yield server.notify
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
