"""A text as runs of capitalised words, with the questions about their neighbours that tell names from other words."""

from collections.abc import Sequence

from involve.text.function_words import is_function_word
from involve.text.lexicon import is_listed
from involve.text.personal.register import Register
from involve.text.types import Token

_LONGEST_NAME = 4  # words
_LONGEST_CUE = 6  # tokens
_LINKS = frozenset(("ap", "ab", "ferch", "verch", "van", "von", "de", "da", "del", "bin", "ibn", "al", "el"))


class CapitalRuns:
    """A text cut into tokens, numbered from 0; words are without a possessive 's, `lower` in small letters."""

    def __init__(self, text: str, tokens: Sequence[Token], register: Register) -> None:
        self.text = text
        self.tokens = tokens
        self.register = register
        self.words = [_bare(token.surface) for token in self.tokens]
        self.lower = [word.lower() for word in self.words]

    def end_of(self, at: int) -> int:
        """Return where the name ends in the text at the token numbered *at*, without a possessive 's."""
        token = self.tokens[at]
        return token.end - (len(token.surface) - len(self.words[at]))

    def run_length(self, at: int) -> int:
        """Return how many tokens from *at* on stand together as a name would."""
        length = 1
        while length < _LONGEST_NAME and (step := self._part_length(at + length)):
            length += step
        return length

    def _part_length(self, at: int) -> int:
        """Return how many tokens the next part of a name takes: a word, or *ap* or an initial's stop with a word."""
        possessive = self.tokens[at - 1].surface != self.words[at - 1]
        if at >= len(self.words) or possessive or not self.adjoins(at):
            return 0
        if self.words[at] == ".":
            return 2 if len(self.words[at - 1]) == 1 and self.is_capitalised(at + 1) else 0
        if self.lower[at] in _LINKS:
            return 2 if self.is_capitalised(at + 1) else 0
        return 1 if self._is_name_part(at) else 0

    def _is_name_part(self, at: int) -> bool:
        word, register = self.words[at], self.register
        if not self.is_capitalised(at) or is_function_word(word, "en"):
            return False
        other = word in register.body_after or word in register.titles or self._is_before_number(at)
        return not other or word in register.surnames

    def stands_by_number(self, at: int) -> bool:
        """Say whether a number adjoins: then it is a month, a street or a model, not a person."""
        after_number = at > 0 and self.words[at - 1][:1].isdigit() and self.adjoins(at)
        return after_number or (self._is_before_number(at) and self.words[at] in self.register.ambiguous)

    def _is_before_number(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.words[at + 1][:1].isdigit() and self.adjoins(at + 1)

    def adjoins(self, at: int) -> bool:
        """Say whether the token numbered *at* follows the one before it with no more than a space between."""
        gap = self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return gap in (" ", "\u00a0") or (gap == "" and self.words[at] == ".")

    def is_capitalised(self, at: int) -> bool:
        """Say whether the token is a word with a capital first letter, or a single capital."""
        if at >= len(self.words):
            return False
        word = self.words[at]
        return (
            word[:1].isupper()
            and word.replace("-", "").replace("'", "").isalpha()
            and (len(word) == 1 or not word.isupper())
        )

    def is_listed(self, at: int) -> bool:
        """Say whether a word list has the word at all, with a capital or without; peoples and faiths have one."""
        return is_listed(self.words[at], "en") or is_listed(self.words[at], "cy") or self.is_word(at)

    def is_word(self, at: int) -> bool:
        """Say whether a word list has the word without its capital."""
        lower = self.lower[at]
        return (
            is_listed(lower, "en", exactly=True)
            or is_listed(lower, "cy", exactly=True)
            or is_function_word(lower, "cy")
        )

    def is_english(self, at: int) -> bool:
        """Say whether the word is an English one, written small."""
        return is_listed(self.lower[at], "en", exactly=True)

    def begins_sentence(self, at: int) -> bool:
        """Say whether the token is the first of a sentence or a line."""
        return (
            at == 0
            or self.words[at - 1] in (".", "!", "?", "…", "-", "–", '"')
            or "\n" in self.text[self.tokens[at - 1].end : self.tokens[at].start]
        )

    def follows(self, at: int, cues: frozenset[tuple[str, ...]]) -> bool:
        """Say whether one of *cues* stands right before the token numbered *at*."""
        return any(tuple(self.lower[at - size : at]) in cues for size in range(1, min(at, _LONGEST_CUE) + 1))

    def precedes(self, at: int, cues: frozenset[tuple[str, ...]]) -> bool:
        """Say whether one of *cues* begins at the token numbered *at*."""
        return any(tuple(self.lower[at : at + size]) in cues for size in range(1, _LONGEST_CUE + 1))


def _bare(surface: str) -> str:
    return surface[:-2] if surface.endswith(("'s", "'S")) and len(surface) > 2 else surface
