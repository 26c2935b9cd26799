"""The words of letters: a template for each kind, in the reader's language, with links made at sending."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from involve.documents.news import write_letter_news
from involve.paths import asset_dir
from involve.services.following.letters import ASKS
from involve.services.upkeep.letters import Envelope
from involve.services.upkeep.tokens import make_token
from involve.settings import Settings
from involve.vocabulary.letters import (
    STOP_FOLLOWING_MARK,
    STOP_FOLLOWING_PATHS,
    STOP_MARK,
    STOP_PATHS,
    find_letter_kind,
)


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
    root, stop = settings.public_url.rstrip("/"), _write_stop(envelope, settings)
    token = make_token(settings.secret_key, kind.mark or kind.id, _about(envelope), envelope.state)
    link = root + kind.paths[envelope.language].format(token=token, **envelope.detail)
    given: dict[str, Any] = dict.fromkeys(kind.detail, "") | envelope.detail
    if envelope.follower is not None:
        given |= write_letter_news(envelope.follower, envelope.language, root)
    template = make_environment(envelope.language).get_template(f"letters/{kind.id}.txt")
    text = template.render(link=link, stop=stop, **given)
    subject, _, body = text.strip().partition("\n")
    # A subject is one line, whatever a name in it holds.
    return Words(" ".join(subject.split()), body.strip() + "\n", stop)


def _about(envelope: Envelope) -> int:
    """Return the number of the row that the link in a letter is about."""
    if envelope.follower is not None:
        return envelope.follower.follow_id if envelope.kind == ASKS else envelope.follower.follower_id
    return envelope.user_id or envelope.contact_id or 0


def _write_stop(envelope: Envelope, settings: Settings) -> str:
    """Return the address at which whoever reads a letter ends such letters; empty where they cannot."""
    if envelope.follower is not None:
        purpose, about, paths = STOP_FOLLOWING_MARK, envelope.follower.follower_id, STOP_FOLLOWING_PATHS
    elif envelope.contact_id is not None:
        purpose, about, paths = STOP_MARK, envelope.contact_id, STOP_PATHS
    else:
        return ""
    mark = make_token(settings.secret_key, purpose, about, envelope.state)
    return settings.public_url.rstrip("/") + paths[envelope.language].format(token=mark)


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
