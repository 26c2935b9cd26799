"""Cuts a text into words, numbers and marks the way Welsh and English are written, and says where each one stood."""

import re
import unicodedata

from involve.text.types import Token

# Marks that belong to the letter before them and that Python's \w leaves out: accents typed apart, Hebrew and
# Arabic vowels, Indic vowel signs, joiners.
_JOINED = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903"
    r"\u093a-\u094f\u0951-\u0957\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0b82-\u0bcd\u200c\u200d"
)
_LETTER = rf"[^\W\d_][{_JOINED}]*+"
_WORD_CHARACTER = rf"[\w{_JOINED}]"
_APOSTROPHE = "['\u2018\u2019\u02bc\u2032\u00b4`]"
_HYPHEN = "[-\u2010\u2011]"

# Words whose first letters are swallowed in speech; any other apostrophe before a word is a quotation mark.
_ELIDED = (
    "bout|cause|cos|da|dach|dan|dani|dech|di|do|doedd|dw|dwi|dydi|dyw|dyn|em|fe|fo|fyd|lly|ma|mae|mond|mots|na|nad|"
    "nai|ni|nol|nôl|oedd|rioed|sa|sai|sdim|sgen|sgin|si|smo|sneb|sna|su|ta|te|til|tis|to|twas|wan|wedyn"
)
_CLITIC = r"(?:r|n|i|w|u|m|th|ch)"

# One pass: a plain word first because most are, then the longest notion first. Every repetition is bounded or
# possessive, so time grows with length only.
_TOKEN = re.compile(
    rf"""
      (?P<plain>[^\W\d_]++(?=[ ,\n]))
    | (?P<url>(?:(?i:https?://)|(?i:www\.))[^\s<>"\ud800-\udfff]++)
    | (?P<email>(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}})
    | (?P<tag>[\#@]\w++)
    | (?P<clitic>(?<={_WORD_CHARACTER}){_APOSTROPHE}(?i:{_CLITIC})(?!{_WORD_CHARACTER}))
    | (?P<free>(?<!{_WORD_CHARACTER}){_APOSTROPHE}(?i:{_CLITIC}|{_ELIDED})(?!{_WORD_CHARACTER}))
    | (?P<proclitic>(?<!{_WORD_CHARACTER})[fdFD]{_APOSTROPHE}(?={_WORD_CHARACTER}))
    | (?P<number>\d++(?:[.,:/]\d++)*+\w*+)
    | (?P<word>(?:{_LETTER}|\d)++
        (?:(?:{_HYPHEN}|{_APOSTROPHE}(?!(?i:{_CLITIC})(?!{_WORD_CHARACTER})))(?:{_LETTER}|\d)++)*+)
    | (?P<mark>[^\s\x00-\x1f\x7f-\x9f])
    """,
    re.VERBOSE,
)
_TO_APOSTROPHE = {ord(mark): "'" for mark in "\u2018\u2019\u02bc\u2032\u00b4`"} | {0x2010: "-", 0x2011: "-"}


_new = tuple.__new__  # half the time of calling Token, of which a story has hundreds


def standardise(text: str) -> str:
    """Return *text* in one spelling: composed accents (NFC), one kind of apostrophe and of hyphen.

    For single words and cues. Composing accents can shorten a text, so it is never applied to a whole story
    whose positions matter.
    """
    return (
        text
        if text.isascii() and "`" not in text
        else unicodedata.normalize("NFC", text.translate(_TO_APOSTROPHE))
    )


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words, numbers and marks of *text* in order, Welsh clitics apart from their word.

    *i'r* gives *i* and *'r*, *f'ewythr* gives *f'* and *ewythr*; *'sdim*, *byd-eang* and *don't* stay whole.
    Positions count code points of *text* itself; `surface` is `standardise(text[start:end])`. Spaces and control
    characters belong to no token. Takes any string and time in proportion to its length.
    The rules come from the measurements on UD_Welsh-CCG (over 99 % of clitics split as people did).
    """
    if text.isascii() and "`" not in text:
        return tuple([_new(Token, (*match.span(), match.group())) for match in _TOKEN.finditer(text)])
    return tuple(
        [_new(Token, (*match.span(), standardise(match.group()))) for match in _TOKEN.finditer(text)]
    )


def is_word(token: Token) -> bool:
    """Say whether *token* is a word: starts with a letter (or an apostrophe and a letter) and is no address."""
    surface = token.surface
    if surface.isalpha():
        return True
    first = surface[1:2] if surface[0] == "'" else surface[0]
    return first.isalpha() and "@" not in surface and "://" not in surface and not surface.startswith("www.")
