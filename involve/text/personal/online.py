"""Finds e-mail addresses, links, network addresses and what3words places."""

import re
from collections.abc import Iterator

from involve.text.types import PersonalDetail, PersonalKind

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%'-]{1,64}(?:@|\s?[\[(](?:at|@)[\])]\s?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)
_ENDINGS = r"(?:com|org|net|uk|wales|cymru|info|biz|eu)"
_LINK = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"']+"
    rf"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,5}}{_ENDINGS}\b(?:/[^\s<>\"']*)?(?![\w@])",
    re.IGNORECASE,
)
# The sites of public bodies identify nobody.
_PUBLIC = re.compile(
    r"^(?:\w+://)?(?:[\w-]+\.)*(?:gov\.uk|gov\.wales|llyw\.cymru|nhs\.uk|nhs\.wales|gig\.cymru|ac\.uk|police\.uk|"
    r"senedd\.(?:wales|cymru)|parliament\.uk|bbc\.co\.uk)(?:[:/?#]|$)",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\w)"
)
_WHAT3WORDS = re.compile(r"///\w{3,20}\.\w{3,20}\.\w{3,20}")
_TRAILING = ".,;:!?)]}…’\"'"


def find_online(text: str) -> Iterator[PersonalDetail]:
    """Yield e-mail addresses, links (but for those of public bodies), network addresses and what3words places."""
    patterns: tuple[tuple[re.Pattern[str], PersonalKind], ...] = (
        (_EMAIL, "email"),
        (_LINK, "url"),
        (_NETWORK, "other"),
        (_WHAT3WORDS, "address"),
    )
    for pattern, kind in patterns:
        for match in pattern.finditer(text):
            found = match.group().rstrip(_TRAILING)
            if kind != "url" or not _PUBLIC.search(found):
                yield PersonalDetail(match.start(), match.start() + len(found), kind)
