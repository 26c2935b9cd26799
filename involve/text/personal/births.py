"""Finds dates of birth: full dates that words beside them, or a name before them, say are somebody's birth."""

import re
from collections.abc import Iterator, Sequence

from involve.text.types import PersonalDetail

_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|"
    r"ionawr|chwefror|mawrth|fawrth|ebrill|mai|fai|mehefin|fehefin|gorffennaf|orffennaf|awst|medi|fedi|hydref|"
    r"tachwedd|dachwedd|rhagfyr|ragfyr)"
)
_ORDINAL = r"(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?"
_YEAR = r"(?:(?:18|19|20)\d\d|['’]?\d\d)"
_DATE = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{_YEAR}"
    rf"|(?:18|19|20)\d\d[/.-]\d{{1,2}}[/.-]\d{{1,2}}"
    rf"|\d{{1,2}}{_ORDINAL},?\s(?:of\s|o\s)?{_MONTHS}\.?,?\s{_YEAR}"
    rf"|{_MONTHS}\.?\s\d{{1,2}}{_ORDINAL},?\s{_YEAR})(?!\w|[/-]\d)",
    re.IGNORECASE,
)
_BIRTH = (
    r"(?:born|birth|birthday|birthdate|d\.?o\.?b|b\.|née|ganwyd|ganed|ganwyd|anwyd|aned|geni|eni|ngeni|dyddiad geni|"
    r"pen-?blwydd|phen-?blwydd|ben-?blwydd|d\.?g\.?)"
)
_BIRTH_BEFORE = re.compile(rf"(?<!\w){_BIRTH}(?!\w)[^\n]{{0,40}}$", re.IGNORECASE)
_BIRTH_AFTER = re.compile(rf"^[^\n.]{{0,25}}(?<!\w){_BIRTH}(?!\w)", re.IGNORECASE)
_WINDOW = 60
_AFTER_NAME = re.compile(r"[\s,;:(–-]{1,4}")


def find_births(text: str, names: Sequence[PersonalDetail]) -> Iterator[PersonalDetail]:
    """Yield the dates of *text* that are somebody's birth.

    Words for birth stand shortly before the date or right after it (both languages), or the date follows one of
    *names* directly, as in a list of patients. A date alone is only a date.
    """
    name_ends = {name.end for name in names}
    for match in _DATE.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        after = text[match.end() : match.end() + _WINDOW]
        gap = _AFTER_NAME.search(before[-4:])
        follows_name = gap is not None and any(
            end in name_ends and _AFTER_NAME.fullmatch(text[end : match.start()])
            for end in range(match.start() - 4, match.start())
        )
        if follows_name or _BIRTH_BEFORE.search(before) or _BIRTH_AFTER.search(after):
            yield PersonalDetail(match.start(), match.end(), "dob")
