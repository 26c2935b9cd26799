"""The words of text messages: one short wording for all that is new, and a short way to have no more."""

from involve.documents.letters import make_environment
from involve.services.upkeep.letters import Envelope
from involve.services.upkeep.tokens import make_short_token
from involve.settings import Settings
from involve.vocabulary.letters import SHORT_STOP_PATHS, STOP_MARK, find_letter_kind

# What one text holds, and each part of a longer one. A sign outside the first alphabet makes all of it the second.
SINGLE_GSM, PART_GSM = 160, 153
SINGLE_UNICODE, PART_UNICODE = 70, 67
MOST_PARTS = 2
# The alphabet of GSM 03.38, and the signs of its second table, which count twice.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("\f^{}\\[~]|€")


def write_text(envelope: Envelope, settings: Settings) -> str:
    """Return the words of a text: that there is something new, where, and how to have no more; nothing of a story.

    Raises:
        NotFound: there is no such kind of letter.
    """
    path = find_letter_kind(envelope.kind).paths[envelope.language].format(token="", **envelope.detail)
    return _compose(settings, envelope.language, path, envelope.contact_id or 0, envelope.state)


def longest_text(settings: Settings) -> str:
    """Return the longest text that this site may send: to the thousand millionth number."""
    paths = find_letter_kind("news").paths
    texts = [_compose(settings, each, path, 10**9, "0" * 32) for each, path in paths.items()]
    return max(texts, key=lambda text: (count_parts(text), len(text)))


def _compose(settings: Settings, language: str, path: str, contact_id: int, state: str) -> str:
    """Return the words that lead to a page, and the short way to have no more."""
    root = settings.public_url.rstrip("/")
    mark = make_short_token(settings.secret_key, STOP_MARK, contact_id, state)
    stop = root + SHORT_STOP_PATHS[language].format(token=mark)
    text = make_environment(language).get_template("letters/text.txt").render(link=root + path, stop=stop)
    return " ".join(text.split())


def count_parts(text: str) -> int:
    """Return in how many parts a text travels, each of which is paid for."""
    if set(text) <= GSM | GSM_TWICE:
        length = len(text) + sum(sign in GSM_TWICE for sign in text)
        single, part = SINGLE_GSM, PART_GSM
    else:
        # Networks count halves of signs beyond the first plane.
        length, single, part = len(text.encode("utf-16-le")) // 2, SINGLE_UNICODE, PART_UNICODE
    return 1 if length <= single else -(-length // part)
