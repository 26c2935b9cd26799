"""What the next page has to say: kept in both languages, since that page may be in the other one."""

import flask
from flask_babel import LazyString

from involve.i18n import in_both, page_language
from involve.i18n import lazy_gettext as _l

# What a participant reads when an answer of theirs is kept.
KEPT = _l("Thank you. We have saved your answer.")


def flash(message: LazyString, kind: str) -> None:
    """Have the next page say *message*; `kind` is 'good' or 'warn'."""
    flask.flash(in_both(message), kind)  # type: ignore[arg-type]  # the session keeps any value that JSON can hold


def flashed() -> list[tuple[str, str]]:
    """Return (kind, words in the page's language) of what there is to say, once."""
    said = flask.get_flashed_messages(with_categories=True)
    return [(kind, words[page_language()]) for kind, words in said if isinstance(words, dict)]
