"""The words of letters: a template for each kind, in the reader's language, with links made at sending."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from involve.paths import asset_dir
from involve.services.upkeep.letters import Envelope
from involve.services.upkeep.tokens import make_token
from involve.settings import Settings
from involve.vocabulary.letters import STOP_MARK, STOP_PATHS, find_letter_kind


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says. `stop` is the address at which its reader ends such letters; empty where they cannot."""

    subject: str
    body: str
    stop: str


def write_words(envelope: Envelope, settings: Settings) -> Words:
    """Return the words of a letter; the first line of its template is the subject.

    Raises:
        NotFound: there is no such kind of letter.
    """
    kind = find_letter_kind(envelope.kind)
    root, stop = settings.public_url.rstrip("/"), ""
    token = make_token(
        settings.secret_key, kind.id, envelope.user_id or envelope.contact_id or 0, envelope.state
    )
    if envelope.contact_id is not None:
        mark = make_token(settings.secret_key, STOP_MARK, envelope.contact_id, envelope.state)
        stop = root + STOP_PATHS[envelope.language].format(token=mark)
    link = root + kind.paths[envelope.language].format(token=token, **envelope.detail)
    given: dict[str, Any] = dict.fromkeys(kind.detail, "") | envelope.detail
    template = make_environment(envelope.language).get_template(f"letters/{kind.id}.txt")
    text = template.render(link=link, stop=stop, **given)
    subject, _, body = text.strip().partition("\n")
    # A subject is one line, whatever a name in it holds.
    return Words(" ".join(subject.split()), body.strip() + "\n", stop)


@cache
def make_environment(language: str) -> Environment:
    """Return what renders letters in one language: plain text, so nothing is escaped."""
    environment = Environment(  # noqa: S701  no HTML
        loader=FileSystemLoader(asset_dir("templates")),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translations = Translations.load(str(asset_dir("translations")), [language])
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    return environment
