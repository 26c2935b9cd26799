"""The options that were considered before a decision: in both languages, chosen or not, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, LanguageMissing
from involve.models import DecisionOption
from involve.services.stories.tell import clean_text
from involve.vocabulary.bilingual import Bilingual

MOST_OPTIONS, LONGEST_OPTION, LONGEST_WHY = 8, 300, 1_000


@dataclass(frozen=True, slots=True)
class Considered:
    """One thing that could have been decided, and why it was chosen or was not."""

    text: Bilingual
    chosen: bool
    reason: Bilingual


def check_considered(options: Sequence[Considered]) -> None:
    """Hold options to their number, to both languages, and to their length.

    Raises:
        LanguageMissing: an option or its reason lacks its Welsh or its English; the argument is the language.
        BadInput: 'many', 'long', or 'unreadable': what is wrong with them.
    """
    if len(options) > MOST_OPTIONS:
        raise BadInput("many")
    for option in options:
        need_both(option.text, option.reason)
        check_words(LONGEST_OPTION, option.text)
        check_words(LONGEST_WHY, option.reason)


def need_both(*pairs: Bilingual) -> None:
    """Hold words to being there in Welsh and in English.

    Raises:
        LanguageMissing: some are not; the argument is the language.
    """
    for language in ("cy", "en"):
        if not all(words.in_language(language).strip() for words in pairs):
            raise LanguageMissing(language)


def check_words(limit: int, *pairs: Bilingual) -> None:
    """Hold words to at most *limit* characters that can be kept and read.

    Raises:
        BadInput: 'long' or 'unreadable'.
    """
    for text in (text for words in pairs for text in (words.cy, words.en)):
        if len(text) > limit:
            raise BadInput("long")
        if text != clean_text(text):
            raise BadInput("unreadable")


def keep_considered(session: Session, decision_id: int, options: Sequence[Considered]) -> None:
    """Put the options of a decision in the place of those that it had."""
    session.execute(delete(DecisionOption).where(DecisionOption.decision_id == decision_id))
    session.add_all(
        DecisionOption(
            decision_id=decision_id,
            position=position,
            text_cy=option.text.cy.strip(),
            text_en=option.text.en.strip(),
            chosen=option.chosen,
            reason_cy=option.reason.cy.strip(),
            reason_en=option.reason.en.strip(),
        )
        for position, option in enumerate(options, start=1)
    )
    session.flush()


def list_considered(session: Session, decision_id: int) -> tuple[Considered, ...]:
    """Return the options of a decision in their order."""
    rows = session.scalars(
        select(DecisionOption)
        .where(DecisionOption.decision_id == decision_id)
        .order_by(DecisionOption.position)
    )
    return tuple(
        Considered(Bilingual(row.text_cy, row.text_en), row.chosen, Bilingual(row.reason_cy, row.reason_en))
        for row in rows
    )
