"""The fields of an answer: checked before it is kept, and filled with what is safe to say."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from babel.dates import format_date

from involve.errors import BadInput
from involve.vocabulary.answer_fields import ANSWER_FIELDS, AnswerField, find_answer_field
from involve.vocabulary.days import day_of

_FIELD = re.compile(r"\{([^{}]*)\}")


class FieldRefused(BadInput):
    """An answer cannot be kept as it is because of a field. `problem` says why, `field` which, `language` where.

    Problems: 'unknown' (no such field), 'braces' (one without its other half), 'one_language' (the other language
    lacks it), 'public' (it differs from teller to teller), 'nothing' (there is no decision to name).
    """

    code = "field_refused"

    def __init__(self, problem: str, field: str = "", language: str = "") -> None:
        """Keep what is wrong, for whoever explains it."""
        super().__init__(problem)
        self.problem, self.field, self.language = problem, field, language


def check_fields(words: Mapping[str, str], public: bool = False) -> None:
    """Hold the words of an answer, by language, to the fields that there are, and both languages to the same ones.

    Raises:
        FieldRefused: says what to mend.
    """
    used: dict[str, dict[str, AnswerField]] = {}
    for language, text in words.items():
        used[language] = {field.id: field for field in _fields_in(text, language)}
        for field in used[language].values():
            if public and not field.shared:
                raise FieldRefused("public", field.word.in_language(language), language)
    written = [language for language in used if words[language].strip()]
    for language in written:
        for other in written:
            for field in used[language].values():
                if field.id not in used[other]:
                    raise FieldRefused("one_language", field.word.in_language(other), other)


def fill_fields(text: str, values: Mapping[str, str]) -> str:
    """Return *text* with each field of which *values* (by field id) has one; everything else stays as it is."""

    def replaced(found: re.Match[str]) -> str:
        field = find_answer_field(found[1])
        return found[0] if field is None else values.get(field.id, found[0])

    return _FIELD.sub(replaced, text)


def fields_of(text: str) -> frozenset[str]:
    """Return the ids of the fields that stand in *text*."""
    found = (find_answer_field(match[1]) for match in _FIELD.finditer(text))
    return frozenset(field.id for field in found if field is not None)


def named(field_id: str, language: str) -> str:
    """Return the word of a field in a language."""
    return next(each.word.in_language(language) for each in ANSWER_FIELDS if each.id == field_id)


def own_values(reference: str, told_at: datetime, language: str) -> dict[str, str]:
    """Return what the fields of one teller's answer are filled with when it is read, in its language."""
    return {"reference": reference, "told_on": write_day(day_of(told_at), language)}


def write_day(day: date, language: str) -> str:
    """Return a day in words ("2 Ebrill 2026"), in *language*."""
    return format_date(day, "d MMMM y", locale=language)


def _fields_in(text: str, language: str) -> Iterator[AnswerField]:
    """Yield the fields of a text.

    Raises:
        FieldRefused: one is not known, or a brace stands alone.
    """
    for found in _FIELD.finditer(text):
        field = find_answer_field(found[1])
        if field is None:
            raise FieldRefused("unknown", found[1].strip(), language)
        yield field
    for alone in re.finditer(r"[{}]", _FIELD.sub("", text)):
        raise FieldRefused("braces", alone[0], language)
