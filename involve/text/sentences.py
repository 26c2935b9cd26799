"""Cuts a text into its sentences, so that a reader can point at one without selecting letters."""

import re

from involve.text.types import Passage

# Short words whose full stop ends no sentence. Initials and *h.y.* need no list; the letter of *wnes i.* is a word.
_SHORTENED = frozenset(
    {
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "parch",
        "rev",
        "st",
        "cllr",
        "cyng",
        "vs",
        "tud",
        "pt",
        "rhif",
        "tel",
        "ffôn",
    }
)
# Possessive, and tried once for each run of marks: time grows with length only.
_LINE_BREAK = re.compile(r"\n\s*+(?:[-*•–]\s++)?")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")


def split_sentences(text: str) -> tuple[Passage, ...]:
    """Return the sentences of *text* in order, each with the marks that end it; spaces between them belong to none.

    A line break ends a sentence too, because people who type a list leave out the full stops; the mark before each
    point of a list is left out. After a question or a call in quotation marks a small letter goes on with the
    sentence. Takes time in proportion to the length of *text*.
    """
    found = []
    start = 0
    for stop in _LINE_BREAK.finditer(text):
        found += _split_line(text, start, stop.start())
        start = stop.end()
    return tuple(found + _split_line(text, start, len(text)))


def _split_line(text: str, start: int, end: int) -> list[Passage]:
    found = []
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, stop, start, end):
            found.append(_trim(text, start, stop.end()))
            start = stop.end()
    return [each for each in (*found, _trim(text, start, end)) if each.text]


def _ends_sentence(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Say whether the marks at *stop* end a sentence, by the word before and the letter after."""
    following = text[stop.end() : end].lstrip()[:1]
    if stop.group()[0] in "!?" and len(stop.group().rstrip("\"'”’»)]")) < len(stop.group()):
        return not following.islower()
    word = _LAST_WORD.search(text[max(start, stop.start() - 12) : stop.start()])
    if stop.group() != "." or word is None:
        return True
    before = text[stop.start() - 2 : stop.start() - 1] if stop.start() - start > 1 else ""
    is_letter = len(word.group()) == 1 and (word.group().isupper() or before == ".")
    return not is_letter and word.group().lower() not in _SHORTENED


def _trim(text: str, start: int, end: int) -> Passage:
    """Return the passage without the spaces around it."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Passage(start, start + len(words.strip()), words.strip())
