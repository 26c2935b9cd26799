"""What the installation is told from outside: read once from INVOLVE_* variables and checked at the start."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from involve.errors import SettingsError

SHORTEST_KEY = 32
NOTIFY = "https://api.notifications.service.gov.uk"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# A name, the service and the secret.
NOTIFY_KEY = re.compile(rf".*{UUID}-{UUID}")
SHORTEST_TOKEN = 20
LOCAL = ("http://localhost:", "http://127.0.0.1:")


def _described(default: Any, variable: str, meaning: str) -> Any:
    """Return a dataclass field that knows the variable it is read from and what it means."""
    return field(default=default, metadata={"variable": variable, "meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """All settings, frozen. Keys are never given a default: see `from_environment` and `with_kept_keys`."""

    data_dir: Path = _described(  # noqa: RUF009  a Path never changes
        Path("var"), "INVOLVE_DATA_DIR", "folder for the embedded database and generated keys"
    )
    database_url: str = _described(
        "", "INVOLVE_DATABASE_URL", "SQLAlchemy address; empty means SQLite in the data folder"
    )
    broker_url: str = _described(
        "", "INVOLVE_BROKER_URL", "Redis address; empty means that no broker hands out jobs"
    )
    jobs: str = _described(
        "", "INVOLVE_JOBS", "'request' or 'worker': who carries jobs out; empty: worker if there is a broker"
    )
    secret_key: str = _described("", "INVOLVE_SECRET_KEY", "signs sessions and forms; 32 characters or more")
    code_key: str = _described(
        "", "INVOLVE_CODE_KEY", "makes and checks story codes; losing it loses every code"
    )
    limiter_url: str = _described(
        "memory://", "INVOLVE_LIMITER_URL", "where request limits are counted: memory:// or redis://…"
    )
    limits: bool = _described(True, "INVOLVE_LIMITS", "1 or 0: whether requests are limited")
    secure_cookies: bool = _described(
        True, "INVOLVE_SECURE_COOKIES", "1 or 0: cookies only over https; 0 only for a local trial"
    )
    trusted_proxies: int = _described(
        0, "INVOLVE_TRUSTED_PROXIES", "how many proxies in front may be believed about addresses"
    )
    public_url: str = _described(
        "", "INVOLVE_PUBLIC_URL", "the site's own address, for QR codes and messages"
    )
    mail_host: str = _described(
        "", "INVOLVE_MAIL_HOST", "mail server (SMTP) for letters; empty: letters wait until there is one"
    )
    mail_port: int = _described(587, "INVOLVE_MAIL_PORT", "port of the mail server")
    mail_security: str = _described(
        "starttls", "INVOLVE_MAIL_SECURITY", "'starttls', 'tls' or 'none': how the connection is encrypted"
    )
    mail_user: str = _described("", "INVOLVE_MAIL_USER", "name at the mail server; empty: it asks for none")
    mail_password: str = _described("", "INVOLVE_MAIL_PASSWORD", "password at the mail server")
    mail_from: str = _described("", "INVOLVE_MAIL_FROM", "address that letters come from")
    mail_by: str = _described(
        "smtp", "INVOLVE_MAIL_BY", "'smtp' or 'notify' (GOV.UK Notify): who carries e-mails"
    )
    text_by: str = _described("off", "INVOLVE_TEXT_BY", "'off' or 'notify': who carries text messages")
    notify_api_key: str = _described("", "INVOLVE_NOTIFY_API_KEY", "API key of a GOV.UK Notify service")
    notify_url: str = _described(NOTIFY, "INVOLVE_NOTIFY_URL", "where GOV.UK Notify answers")
    notify_email_template: str = _described(
        "", "INVOLVE_NOTIFY_EMAIL_TEMPLATE", "id of its e-mail template: ((subject)) and ((body))"
    )
    notify_text_template: str = _described(
        "", "INVOLVE_NOTIFY_TEXT_TEMPLATE", "id of its text message template: ((body))"
    )
    notify_callback_token: str = _described(
        "",
        "INVOLVE_NOTIFY_CALLBACK_TOKEN",
        "bearer token of its delivery receipts, 20 characters or more; empty: Notify is asked instead",
    )
    oidc_issuer: str = _described(
        "", "INVOLVE_OIDC_ISSUER", "single sign-on: the provider's address (OpenID Connect); empty: none"
    )
    oidc_client_id: str = _described("", "INVOLVE_OIDC_CLIENT_ID", "this site's name at the provider")
    oidc_client_secret: str = _described(
        "", "INVOLVE_OIDC_CLIENT_SECRET", "this site's secret at the provider"
    )
    oidc_name_cy: str = _described("", "INVOLVE_OIDC_NAME_CY", "the button of single sign-on in Welsh")
    oidc_name_en: str = _described("", "INVOLVE_OIDC_NAME_EN", "the button of single sign-on in English")
    second_factor: str = _described(
        "optional",
        "INVOLVE_SECOND_FACTOR",
        "'optional' or 'required': whether moderators and administrators need a second step to sign in",
    )
    withdrawals_file: str = _described(
        "",
        "INVOLVE_WITHDRAWALS_FILE",
        "list of withdrawn stories that a restore replays; empty: in the data folder; better on another disk",
    )
    export_dir: str = _described(
        "",
        "INVOLVE_EXPORT_DIR",
        "folder for files of stories, which the site and its workers share; empty: in the data folder",
    )
    import_dir: str = _described(
        "",
        "INVOLVE_IMPORT_DIR",
        "folder for files of stories that staff bring in, for an hour, which the site and its workers share; "
        "empty: in the data folder",
    )
    demonstration: bool = _described(
        False, "INVOLVE_DEMONSTRATION", "1 or 0: the site says that its stories are invented"
    )

    @property
    def resolved_database_url(self) -> str:
        """The database address, with the embedded SQLite file as the default."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'involve.sqlite3'}"

    @property
    def resolved_withdrawals_file(self) -> Path:
        """The list of withdrawn stories, in the data folder unless it is said to be elsewhere."""
        return Path(self.withdrawals_file) if self.withdrawals_file else self.data_dir / "withdrawals"

    @property
    def resolved_export_dir(self) -> Path:
        """Where files of stories wait to be fetched: in the data folder unless it is said to be elsewhere."""
        return Path(self.export_dir) if self.export_dir else self.data_dir / "exports"

    @property
    def resolved_import_dir(self) -> Path:
        """Where the words of files that staff bring in wait: in the data folder unless it is said to be elsewhere."""
        return Path(self.import_dir) if self.import_dir else self.data_dir / "imports"

    @property
    def trail_heads_file(self) -> Path:
        """Where it is noted how far the audit trail had come: in the data folder, outside the database."""
        return self.data_dir / "trail"

    @property
    def carriers(self) -> dict[str, str]:
        """Who carries the letters of each channel that is set up: smtp or notify, by email and text."""
        carriers = {}
        if self.mail_by == "notify" or self.mail_host:
            carriers["email"] = self.mail_by
        if self.text_by == "notify":
            carriers["text"] = self.text_by
        return carriers

    @property
    def jobs_in_request(self) -> bool:
        """Whether the request that causes a job also carries it out."""
        return self.jobs == "request" or (self.jobs == "" and not self.broker_url)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from INVOLVE_* variables.

    Raises:
        SettingsError: a value cannot be read as what the setting is.
    """
    values: dict[str, object] = {}
    for each in fields(Settings):
        raw = environment.get(each.metadata["variable"])
        if raw is not None:
            values[each.name] = _read_value(each.metadata["variable"], raw, each.default)
    settings = Settings(**values)  # type: ignore[arg-type]
    if settings.jobs not in ("", "request", "worker"):
        raise SettingsError("INVOLVE_JOBS must be 'request' or 'worker'.")
    if settings.second_factor not in ("optional", "required"):
        raise SettingsError("INVOLVE_SECOND_FACTOR must be 'optional' or 'required'.")
    return _check_oidc(_check_notify(_check_mail(settings)))


def _check_oidc(settings: Settings) -> Settings:
    """Return *settings* if single sign-on can work with them, or if there is to be none.

    Raises:
        SettingsError: says what is missing.
    """
    given = (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)
    if not any(given):
        return settings
    if not all((*given, settings.oidc_name_cy, settings.oidc_name_en)):
        raise SettingsError(
            "Single sign-on needs all of INVOLVE_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _NAME_CY and _NAME_EN."
        )
    if not settings.oidc_issuer.startswith(("https://", *LOCAL)):
        raise SettingsError("INVOLVE_OIDC_ISSUER must begin with https://.")
    return settings


def _check_mail(settings: Settings) -> Settings:
    """Return *settings* if letters can be sent with them, or if there are to be none.

    Raises:
        SettingsError: says what is missing.
    """
    if settings.mail_security not in ("starttls", "tls", "none"):
        raise SettingsError("INVOLVE_MAIL_SECURITY must be 'starttls', 'tls' or 'none'.")
    if settings.mail_by not in ("smtp", "notify"):
        raise SettingsError("INVOLVE_MAIL_BY must be 'smtp' or 'notify'.")
    if settings.mail_by == "smtp" and settings.mail_host and not (settings.mail_from and settings.public_url):
        raise SettingsError(
            "INVOLVE_MAIL_HOST needs INVOLVE_MAIL_FROM, the sender of letters, and INVOLVE_PUBLIC_URL, for their links."
        )
    return settings


def _check_notify(settings: Settings) -> Settings:
    """Return *settings* if GOV.UK Notify can carry letters with them, or if it is to carry none.

    Raises:
        SettingsError: says what is missing.
    """
    if settings.text_by not in ("off", "notify"):
        raise SettingsError("INVOLVE_TEXT_BY must be 'off' or 'notify'.")
    if settings.notify_callback_token and len(settings.notify_callback_token) < SHORTEST_TOKEN:
        raise SettingsError(f"INVOLVE_NOTIFY_CALLBACK_TOKEN must be at least {SHORTEST_TOKEN} characters.")
    if "notify" not in settings.carriers.values():
        return settings
    if not NOTIFY_KEY.fullmatch(settings.notify_api_key):
        raise SettingsError(
            "INVOLVE_NOTIFY_API_KEY must be a key of GOV.UK Notify, whole: name-service-secret."
        )
    if not settings.notify_url.startswith(("https://", *LOCAL)):
        raise SettingsError("INVOLVE_NOTIFY_URL must begin with https://.")
    if not settings.public_url:
        raise SettingsError("GOV.UK Notify needs INVOLVE_PUBLIC_URL, for the links in letters.")
    templates = {"email": settings.notify_email_template, "text": settings.notify_text_template}
    for channel, carrier in settings.carriers.items():
        if carrier == "notify" and not re.fullmatch(UUID, templates[channel]):
            raise SettingsError(
                f"INVOLVE_NOTIFY_{channel.upper()}_TEMPLATE must be the id of a template of GOV.UK Notify."
            )
    return settings


def _read_value(variable: str, raw: str, default: object) -> object:
    """Read *raw* as the type of *default*."""
    if isinstance(default, bool):
        if raw not in ("0", "1"):
            raise SettingsError(f"{variable} must be 1 or 0, not {raw!r}.")
        return raw == "1"
    if isinstance(default, int):
        if not raw.isdigit():
            raise SettingsError(f"{variable} must be a whole number, not {raw!r}.")
        return int(raw)
    return Path(raw) if isinstance(default, Path) else raw


def check_keys(settings: Settings) -> Settings:
    """Return *settings* if both keys are set, long enough and not the same.

    Raises:
        SettingsError: says which key is wrong and how to make one.
    """
    for variable, key in (
        ("INVOLVE_SECRET_KEY", settings.secret_key),
        ("INVOLVE_CODE_KEY", settings.code_key),
    ):
        if len(key) < SHORTEST_KEY:
            raise SettingsError(
                f"{variable} must be set to at least {SHORTEST_KEY} characters; "
                "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
    if settings.secret_key == settings.code_key:
        raise SettingsError("INVOLVE_SECRET_KEY and INVOLVE_CODE_KEY must not be the same.")
    return settings


def with_kept_keys(settings: Settings) -> Settings:
    """Return *settings* with missing keys read from, or made and kept in, the data folder.

    For the demonstration site and local trials only; a real site sets its keys itself.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return replace(
        settings,
        secret_key=settings.secret_key or _kept_key(settings.data_dir / "secret_key"),
        code_key=settings.code_key or _kept_key(settings.data_dir / "code_key"),
    )


def _kept_key(path: Path) -> str:
    """Return the key kept in *path*, making it first if needed; only its owner can read the file."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
