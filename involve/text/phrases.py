"""A small way to write phrases in data files, and the search for many of them at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_KEY = 3  # letters; no beginning in the data files is shorter
_GAP = r"(?:\W+\w+){0,5}?"  # unambiguous, so that no text makes the search slow
_ITEM = re.compile(r"\((?:[^()]|\([^()]*\))*\)\S*|\S+")
_FLAT = str.maketrans("’‘ʼ`´âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ", "'''''" + "aeiouwy" * 4)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as a pattern, and words (or beginnings of words) of which a text must have one to be worth trying."""

    pattern: re.Pattern[str]
    words: frozenset[str]
    beginnings: tuple[str, ...]


def flatten(text: str) -> str:
    """Return *text* in small letters without Welsh accents and with straight apostrophes, of the same length."""
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals become two characters
        lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lower.translate(_FLAT)


def compile_phrase(written: str) -> Phrase:
    """Return the phrase *written* in the language of the data files, for texts that `flatten` has been through.

    `(a|b)` is either, `(a|)` is perhaps, `word*` has any ending, `...` stands for up to five words.
    """
    items = _ITEM.findall(written)
    pattern = ""
    for at, item in enumerate(items):
        last = at == len(items) - 1
        if item == "...":
            pattern += _GAP + r"\W+"
        elif item.startswith("(") and item.endswith("|)"):
            pattern += f"(?:{_as_pattern(item[:-2])})\\W+)?" if not last else f"{_as_pattern(item)}"
        else:
            follows = (
                "" if last or items[at + 1] == "..." else (r"\s*" if items[at + 1][:1] == "'" else r"\W+")
            )
            pattern += _as_pattern(item) + follows
    words, beginnings = _anchors(items)
    return Phrase(re.compile(rf"(?:(?<!\w)|(?=')){pattern}(?!\w)"), words, beginnings)


class PhraseBook:
    """Many phrases, made ready to be looked for at once."""

    def __init__(self, written: Iterable[str]) -> None:
        """Compile the phrases *written* in the language of the data files."""
        self._by_word: dict[str, list[Phrase]] = {}
        self._by_beginning: dict[str, list[tuple[str, Phrase]]] = {}
        for phrase in map(compile_phrase, written):
            for word in phrase.words:
                self._by_word.setdefault(word, []).append(phrase)
            for beginning in phrase.beginnings:
                self._by_beginning.setdefault(beginning[:_KEY], []).append((beginning, phrase))

    def find(self, flat: str) -> list[tuple[int, int]]:
        """Return the spans [start, end) of the phrases found in *flat*, a text that `flatten` has been through."""
        worth: dict[Phrase, None] = {}
        for word in set(_WORD.findall(flat)):
            worth.update(dict.fromkeys(self._by_word.get(word, ())))
            for beginning, phrase in self._by_beginning.get(word[:_KEY], ()):
                if word.startswith(beginning):
                    worth[phrase] = None
        return sorted(match.span() for phrase in worth for match in phrase.pattern.finditer(flat))


def _as_pattern(item: str) -> str:
    pattern = item.replace("...", "\0").replace(".", r"\.").replace("*", r"\w*").replace("(", "(?:")
    pattern = re.sub(r" \0 ?", _GAP.replace("\\", r"\\") + r"\\W+", pattern)
    return pattern.replace(" ", r"\W+")


def _anchors(items: list[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the telling words of the most telling item: the one whose shortest alternative is longest."""
    best: tuple[int, frozenset[str], tuple[str, ...]] = (0, frozenset(), ())
    for item in items:
        if (
            item == "..."
            or "|)" in item
            or item.count("(") > 1
            or (item.startswith("(") and item[-1] not in ")*")
        ):
            continue
        alternatives = item.strip("()*").split("|") if item.startswith("(") else [item]
        if item.endswith(")*"):
            alternatives = [alternative + "*" for alternative in alternatives]
        telling = [
            max(re.findall(r"\w+\*?", alternative), key=len, default="") for alternative in alternatives
        ]
        shortest = min(len(word.rstrip("*")) for word in telling)
        if shortest > best[0]:
            words = frozenset(word for word in telling if not word.endswith("*"))
            best = shortest, words, tuple(word[:-1] for word in telling if word.endswith("*"))
    return best[1], best[2]
