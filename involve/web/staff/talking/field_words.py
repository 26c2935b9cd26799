"""What is wrong with a field in an answer, in words."""

from collections.abc import Callable

from involve.i18n import gettext
from involve.services.telling.fields import FieldRefused
from involve.vocabulary.answer_fields import ANSWER_FIELDS


def explain_field(refused: FieldRefused) -> str:
    """Return what is wrong, and what to write instead."""
    return EXPLANATIONS[refused.problem](refused)


def _unknown(refused: FieldRefused) -> str:
    fields = ", ".join(f"{{{each.word.in_language(refused.language)}}}" for each in ANSWER_FIELDS)
    return gettext(
        "There is no field {%(field)s}. These can stand in an answer: %(fields)s.",
        field=refused.field[:40],
        fields=fields,
    )


def _braces(refused: FieldRefused) -> str:
    shown = ANSWER_FIELDS[0].word.in_language(refused.language)
    return gettext(
        "The brace %(brace)s stands alone. Write a field as %(field)s.",
        brace=refused.field,
        field=f"{{{shown}}}",
    )


def _one_language(refused: FieldRefused) -> str:
    return gettext(
        "The other language has the field {%(field)s} and this one does not. Both need the same fields.",
        field=refused.field,
    )


def _public(refused: FieldRefused) -> str:
    return gettext(
        "{%(field)s} differs from teller to teller, so it cannot stand in what everyone reads.",
        field=refused.field,
    )


def _nothing(refused: FieldRefused) -> str:
    return gettext("{%(field)s} can stand only in an answer about a decision.", field=refused.field)


EXPLANATIONS: dict[str, Callable[[FieldRefused], str]] = {
    "unknown": _unknown,
    "braces": _braces,
    "one_language": _one_language,
    "public": _public,
    "nothing": _nothing,
}
