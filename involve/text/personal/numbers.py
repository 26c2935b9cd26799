"""Finds numbers that belong to one person: phone, NHS, National Insurance, card, bank, passport and vehicle."""

import re
from collections.abc import Callable, Iterator

import phonenumbers
from stdnum import iban, luhn
from stdnum.gb import nhs

from involve.text.function_words import is_function_word
from involve.text.types import PersonalDetail, PersonalKind

_GAP = r"[ \u00a0.\u2010\u2011\u2013()/-]{0,3}"
_BEFORE = 45  # code points before a number in which its name may stand

_NINO = re.compile(r"(?<!\w)[A-Z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D](?!\w)", re.IGNORECASE)
_NHS = re.compile(r"(?<![\w+])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-]*\d)")
_NHS_NAMED = re.compile(r"\b(?:NHS|GIG|health|iechyd)\b[^.\n]{0,30}$", re.IGNORECASE)
_CARD = re.compile(r"(?<![\w+])\d(?:[ -]?\d){11,18}(?!\w)")
_CARD_NAMED = re.compile(
    r"\b(?:card|cards|cc|debit|credit|visa|mastercard|amex|maestro|cerdyn|cherdyn|gerdyn|ngherdyn)\b",
    re.IGNORECASE,
)
_BANK = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_SORT_CODE = re.compile(r"(?<![\w-])\d\d[ -]?\d\d[ -]?\d\d(?![\w-])")
_SORT_NAMED = re.compile(r"\b(?:sort[ -]?code|cod didoli|god didoli)\b[^.\n]{0,20}$", re.IGNORECASE)
_NAMED_NUMBER = re.compile(
    r"\b(?:account|a/c|acc|cyfrif|gyfrif|passport|pasbort|basbort|licence|trwydded|drwydded|hospital|patient|claf|"
    r"membership|aelodaeth|reference|ref|cyfeirnod|case|claim|policy)\b"
    r"(?: (?:number|no|num|rhif|code|cod|id)\.?)?(?: (?:is|yw|ydy|ydi))?[ :#]{1,3}"
    r"(?P<number>(?-i:[A-Z]{0,5})[ /-]?\d(?:[ /-]?\d){4,17}(?-i:[A-Z]?))(?!\w)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    rf"(?<![\w+.£$€])(?:\(?(?:\+|00)\d{{1,3}}\)?|\(?0){_GAP}(?:\d{_GAP}){{7,12}}\d(?!\d|[.,]\d)"
)
_PHONE_NAMED = re.compile(
    r"\b(?:phone|tel|telephone|mobile|mob|ring|call|text|fax|desk|office|ffôn|ffon|rhif|ffoniwch|ffonio|symudol|number|"
    r"contact|cysylltu)\b[^\n]{0,25}$",
    re.IGNORECASE,
)
_LOCAL_PHONE = re.compile(r"(?<![\w+.£$€-])\d{3}[ -]?\d{3}(?:[ -]?\d{0,2})?(?![\w,.-]*\d)(?!\w)")
_PLATE = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\d{2}[ -]?[A-Z]{3}|[A-Z]\d{1,3}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?\d{1,3}[A-Z])(?!\w)",
    re.IGNORECASE,
)
_PLATE_NAMED = re.compile(
    r"\b(?:reg|registration|plate|numberplate|car|van|bike|lorry|vehicle|vauxhall|ford|bmw|audi|toyota|fiesta|transit|"
    r"cofrestru|gofrestru|car|gar|fan|lori|cerbyd|gerbyd|beic)\b[^\n]{0,30}$",
    re.IGNORECASE,
)


def find_numbers(text: str) -> Iterator[PersonalDetail]:
    """Yield the personal numbers of *text*, the surest kinds first; the same span may come under two kinds."""
    for pattern, kind, holds in _RULES:
        for match in pattern.finditer(text):
            if holds(match):
                group = "number" if "number" in pattern.groupindex else 0
                start, end = match.span(group)
                yield PersonalDetail(start, end, kind)


def _digits(match: re.Match[str]) -> str:
    return "".join(filter(str.isdecimal, match.group()))


def _context(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _BEFORE) : match.start()]


def _is_bank(match: re.Match[str]) -> bool:
    compact = match.group().replace(" ", "")
    return (
        bool(iban.is_valid(compact, check_country=False))
        or re.match(r"GB\d\d[A-Z]{4}\d{14}$", compact) is not None
    )


def _is_nhs(match: re.Match[str]) -> bool:
    named = _NHS_NAMED.search(_context(match)) is not None
    if named:
        return True
    # 0113 496 0000 and the like are phones; without its name a number must pass the check.
    return not match.group().startswith("0") and bool(nhs.is_valid(_digits(match)))


def _is_card(match: re.Match[str]) -> bool:
    digits = _digits(match)
    named = _CARD_NAMED.search(_context(match)) is not None
    if len(digits) < 13 or digits.startswith("0"):
        return named and bool(luhn.is_valid(digits))
    return named or bool(luhn.is_valid(digits))


def _is_phone(match: re.Match[str]) -> bool:
    digits = _digits(match)
    if not match.group().lstrip("(").startswith(("+", "00")):
        return 10 <= len(digits) <= 11 and digits[1] in "1235789"
    written = match.group().replace("(0)", "")
    try:
        number = phonenumbers.parse("+" + _digits_of(written).removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_possible_number(number))


def _digits_of(written: str) -> str:
    return "".join(filter(str.isdecimal, written))


def _is_plate(match: re.Match[str]) -> bool:
    plate = match.group()
    if _PLATE_NAMED.search(_context(match)):
        return not is_function_word(plate[-3:], "en")
    current = re.fullmatch(r"[A-Z]{2}\d{2}[ -]?[A-Z]{3}", plate) is not None
    grammar = is_function_word(plate[-3:], "en") or is_function_word(plate[-3:], "cy")
    return current and not grammar


def _is_named_number(match: re.Match[str]) -> bool:
    return sum(map(str.isdecimal, match.group("number"))) >= 5


_RULES: tuple[tuple[re.Pattern[str], PersonalKind, Callable[[re.Match[str]], bool]], ...] = (
    (_NINO, "nino", lambda match: True),
    (_BANK, "other", _is_bank),
    (_CARD, "card", _is_card),
    (_NHS, "nhs", _is_nhs),
    (_PHONE, "phone", _is_phone),
    (_SORT_CODE, "other", lambda match: _SORT_NAMED.search(_context(match)) is not None),
    (_NAMED_NUMBER, "other", _is_named_number),
    (_LOCAL_PHONE, "phone", lambda match: _PHONE_NAMED.search(_context(match)) is not None),
    (_PLATE, "vehicle", _is_plate),
)
