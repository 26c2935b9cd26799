"""Slips of the thumb: what a word that no list has may have been meant to be, one letter away."""

from collections.abc import Callable, Iterator

_LETTERS = "abcdefghijklmnopqrstuvwxyzâêîôûŵŷ"
SHORTEST = 6  # letters; one letter changed in a shorter word too often makes another word
LONGEST = 24  # letters; what is longer is no word, and has too many neighbours to try


def meant_instead(lower: str, known: Callable[[str], bool]) -> list[str]:
    """Return the words that *known* accepts one slip away from *lower*, in the order of how common such slips are.

    A slip is two letters swapped, one left out, one too many or one wrong (Damerau 1964: over 80 % of misspellings);
    the first letter is taken to be right. Nothing for words under 6 or over 24 letters or with other characters.
    """
    if not SHORTEST <= len(lower) <= LONGEST or not lower.isalpha():
        return []
    return [word for word in dict.fromkeys(_one_slip_away(lower)) if known(word)]


def _one_slip_away(word: str) -> Iterator[str]:
    size = len(word)
    for at in range(1, size - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, size + 1):
        yield from (word[:at] + letter + word[at:] for letter in _LETTERS)
    for at in range(1, size):
        yield word[:at] + word[at + 1 :]
    for at in range(1, size):
        yield from (word[:at] + letter + word[at + 1 :] for letter in _LETTERS)
