"""Whether a translation shows what the published words hide: marks that are missing, and words that are hidden."""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Redaction, Story
from involve.text.mutation import demutate
from involve.text.personal import find_personal
from involve.text.redaction import mark_of
from involve.vocabulary.personal_kinds import PERSONAL_KINDS

_MARKS = re.compile("|".join(re.escape(mark_of(kind.id)) for kind in PERSONAL_KINDS))  # type: ignore[arg-type]
_WORD = re.compile(r"[\w’'-]*\w")
# Shorter words stand in any text.
SHORTEST = 3


def find_marks(text: str) -> list[str]:
    """Return the marks of what is hidden, such as `[enw · name]`, in order."""
    return _MARKS.findall(text)


def split_marks(text: str) -> list[tuple[str, bool]]:
    """Return *text* in pieces, each with whether it is a mark; together they are the text."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _MARKS.finditer(text):
        pieces += ((text[at : found.start()], False), (found[0], True))
        at = found.end()
    return [*pieces, (text[at:], False)]


def holds_hidden_words(session: Session, story: Story, published: str, text: str) -> bool:
    """Whether *text* holds a name or a number that is hidden in *story*, in any mutated form.

    Of what is hidden only names (words with a capital) and words with a digit are looked for, where the published words
    do not hold them anyway: others may rightly be part of a translation.
    """
    spans = session.execute(select(Redaction.start, Redaction.end).where(Redaction.story_id == story.id))
    hidden = {
        word.casefold()
        for start, end in spans
        for word in _words(story.text[start:end])
        if len(word) >= SHORTEST and (word != word.lower() or any(letter.isdigit() for letter in word))
    }
    shown = set(_with_radicals(_words(published)))
    return bool((hidden - shown) & set(_with_radicals(_words(text))))


def new_details(text: str, published: str) -> tuple[str, ...]:
    """Return what may identify someone in *text* and does not stand in the *published* words."""
    found = (text[each.start : each.end] for each in find_personal(text))
    return tuple(dict.fromkeys(words for words in found if words not in published))


def _words(text: str) -> Iterator[str]:
    """Yield the words of *text* without its marks."""
    return (found[0] for found in _WORD.finditer(_MARKS.sub(" ", text)))


def _with_radicals(words: Iterable[str]) -> Iterator[str]:
    """Yield each word, and what it may be a mutation of, without capitals; of *Mair’s* also *Mair*."""
    for word in words:
        for each in {word, re.split("[’']", word)[0]}:
            yield each.casefold()
            yield from (radical.casefold() for radical, _kind in demutate(each))
