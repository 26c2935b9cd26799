"""Finds where somebody lives: house numbers with their street, in both languages, and postcodes."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from involve.text.personal.register import load_register
from involve.text.types import PersonalDetail

_POSTCODE = re.compile(
    r"(?<!\w)([A-Z]{1,2})\d[A-Z\d]? {0,2}\d(?!(?:nd|st|rd|th)\b)[ABD-HJLNP-UW-Z]{2}(?!\w)", re.IGNORECASE
)
_CAPITAL = r"[^\W\d_a-zâêîôûŵŷ]"
_NAME = rf"{_CAPITAL}[\w'’.-]*"
# Welsh street words that the article joins: Rhodfa'r Dderwen.
_JOINING = "heol|ffordd|stryd|rhodfa|lôn|maes|bryn|pen|tan|clos|teras|llys"
_SMALL = r"(?:y|yr|'r|’r|a|ar|o|of|the|on|an|am|dan|uwch|is|in|yn)"
_NUMBER = r"(?:(?:no\.?|rhif|number)\s?)?\d{1,4}(?:\s?[-/]\s?\d{1,4})?[a-z]?"
_PART = (
    r"(?:flat|fflat|apartment|apt|unit|uned|room|ystafell|plot|studio|suite|block|bloc|caravan|carafán|bedsit|annexe?)"
    r"\s?(?:\d{1,4}\s?[a-z]?|[a-z]\b)"
)
_PARTS = re.compile(rf"(?<!\w)(?i:{_PART}),?\s{_NAME}(?:[ -]{_NAME}){{0,2}}")
# A number and a name of no known kind of street: an address where the first word is a person's name or where the
# text expects one.
_EXPECTED = re.compile(
    r"(?:^|\n)[ \t>]{0,4}$|(?:\b(?:live|lives|lived|living|moved|address|home|staying|located|deliver|delivered|"
    r"cyfeiriad|gyfeiriad|byw|symud|cartref|tŷ)\b[^\n.]{0,25}[ :])$",
    re.IGNORECASE,
)
_ANY_NAMED = re.compile(
    rf"(?<![\w£$€.,-])(?P<number>{_NUMBER}),?[ \u00a0](?P<name>{_NAME})(?: {_NAME}){{1,2}}"
)
# Somebody's street without its number, where they say that they live there.
_LIVING = re.compile(
    rf"\b(?i:live|lives|lived|living|byw)[ ](?i:on|in|at|along|yn|ar|ym|yng)[ ](?P<street>"
    rf"(?:{_NAME} ){{1,3}}(?i:street|road|lane|avenue|close|crescent|terrace|drive)\b"
    rf"|(?i:heol|ffordd|stryd|rhodfa|lôn|clos|teras|cilgant)(?:[ -](?:{_SMALL}[ -])?{_NAME}){{1,3}})"
)


def find_postcodes(text: str) -> Iterator[PersonalDetail]:
    """Yield the full postcodes of *text* whose first letters are those of a real postal area."""
    for match in _POSTCODE.finditer(text):
        if match.group(1).upper() in _words("postal_areas"):
            yield PersonalDetail(match.start(), match.end(), "postcode")


def find_addresses(text: str) -> Iterator[PersonalDetail]:
    """Yield house numbers with their street (*14 Rhodfa'r Dderwen*, *Flat 2, 9 High Street*) and named flats.

    A street alone is taken only where somebody says that they live there.
    """
    for pattern in (_PARTS, _streets()):
        for match in pattern.finditer(text):
            yield _address(match.start(), match.end(), text)
    for match in _LIVING.finditer(text):
        yield _address(*match.span("street"), text)
    names = load_register()
    for match in _ANY_NAMED.finditer(text):
        named = any(match.group("name") in each for each in (names.given, names.ambiguous, names.surnames))
        named = named and match.group("number").isdecimal() and len(match.group("number")) < 4
        if named or _EXPECTED.search(text, max(0, match.start() - 60), match.start()):
            yield _address(match.start(), match.end(), text)


def _address(start: int, end: int, text: str) -> PersonalDetail:
    while text[end - 1] in ".,'’-":
        end -= 1
    return PersonalDetail(start, end, "address")


@cache
def _streets() -> re.Pattern[str]:
    """Return the pattern of a house number with its street."""
    english = "|".join(map(re.escape, _words("english")))
    welsh = "|".join(map(re.escape, _words("welsh")))
    return re.compile(
        rf"(?<![\w£$€.,-])(?:(?i:{_PART}),?\s)?{_NUMBER},?[ \u00a0](?:"
        rf"(?:(?={_CAPITAL})(?i:{welsh})|heol|ffordd|stryd|rhodfa|lôn|teras)(?:[ -](?:(?:{_SMALL})[ -])?{_NAME}){{1,3}}"
        rf"|(?i:{_JOINING})['’]?r?[- ](?:{_SMALL}[- ])?{_NAME}(?:[- ]{_NAME}){{0,2}}"
        rf"|{_NAME}(?:-(?i:y|yr|ar|of|the)-{_NAME})"
        rf"|(?:{_NAME} (?:{_SMALL} )?){{1,3}}(?i:{english})\b\.?"
        rf"|(?:[a-z]+ ){{1,2}}(?:street|road|lane|avenue|close|crescent|terrace)\b)",
    )


@cache
def _words(name: str) -> tuple[str, ...]:
    source = files("involve.text") / "data" / "streets.toml"
    return tuple(tomllib.loads(source.read_text(encoding="utf-8"))[name].split())
