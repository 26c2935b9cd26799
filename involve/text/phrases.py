"""A small way to write phrases in data files, and the search for many of them at once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\w+")
_MEMORY = 32_768  # words remembered by each book
_KEY = 3  # letters; no beginning in the data files is shorter
_GAP = r"(?:\W+\w+){0,5}?"  # unambiguous, so that no text makes the search slow
_ITEM = re.compile(r"\((?:[^()]|\([^()]*\))*\)\S*|\S+")
_FLAT = str.maketrans("’‘ʼ`´âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ", "'''''" + "aeiouwy" * 4)


# Compared by identity: each is made once.
@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase as a pattern, with what makes a text worth trying.

    The text has one of the telling `words` or `beginnings` of words, and one word of each set in `required`.
    """

    pattern: re.Pattern[str]
    words: frozenset[str]
    beginnings: tuple[str, ...]
    required: tuple[frozenset[str], ...]


@lru_cache(4)  # risk and spam read the same text, one after the other
def flatten(text: str) -> str:
    """Return *text* in small letters without Welsh accents and with straight apostrophes, of the same length."""
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals become two characters
        lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lower.translate(_FLAT)


@lru_cache(4)
def words_of(flat: str) -> frozenset[str]:
    """Return the different words of *flat*, a text that `flatten` has been through."""
    return frozenset(_WORD.findall(flat))


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
    required = tuple(each for each in map(_required, items) if each)
    return Phrase(re.compile(rf"(?:(?<!\w)|(?=')){pattern}(?!\w)"), words, beginnings, required)


class PhraseBook:
    """Many phrases, made ready to be looked for at once."""

    def __init__(self, written: Iterable[str]) -> None:
        """Compile the phrases *written* in the language of the data files."""
        self._numbers: dict[Phrase, int] = {}
        self._by_word: dict[str, list[Phrase]] = {}
        self._by_beginning: dict[str, list[tuple[str, Phrase]]] = {}
        for number, phrase in enumerate(map(compile_phrase, written)):
            self._numbers[phrase] = number
            for word in phrase.words:
                self._by_word.setdefault(word, []).append(phrase)
            for beginning in phrase.beginnings:
                self._by_beginning.setdefault(beginning[:_KEY], []).append((beginning, phrase))

        # For each word of a text, the phrases worth trying: few words have any, and words repeat.
        self._worth: Callable[[str], tuple[Phrase, ...]] = lru_cache(_MEMORY)(self._worth_trying)

    def find(self, flat: str) -> list[tuple[int, int]]:
        """Return the spans [start, end) of the phrases found in *flat*, a text that `flatten` has been through."""
        return [(start, end) for start, end, _ in self.find_numbered(flat)]

    def find_numbered(self, flat: str) -> list[tuple[int, int, int]]:
        """Return what `find` does, each span with the number of its phrase in the order given."""
        words = words_of(flat)
        worth = {phrase for phrases in map(self._worth, words) for phrase in phrases}
        return sorted(
            (*match.span(), self._numbers[phrase])
            for phrase in worth
            if not any(words.isdisjoint(each) for each in phrase.required)
            for match in phrase.pattern.finditer(flat)
        )

    def _worth_trying(self, word: str) -> tuple[Phrase, ...]:
        begun = self._by_beginning.get(word[:_KEY], ())
        return (
            *self._by_word.get(word, ()),
            *(phrase for beginning, phrase in begun if word.startswith(beginning)),
        )


def _as_pattern(item: str) -> str:
    pattern = item.replace("...", "\0").replace(".", r"\.").replace("*", r"\w*").replace("(", "(?:")
    pattern = re.sub(r" \0 ?", _GAP.replace("\\", r"\\") + r"\\W+", pattern)
    return pattern.replace(" ", r"\W+")


def _required(item: str) -> frozenset[str]:
    """Return words of which a text must have one for *item* to be in it; none where endings or nothing will do."""
    if "*" in item or "..." in item or "|)" in item or item.count("(") > 1:
        return frozenset()
    if not item.startswith("("):
        return frozenset(_WORD.findall(item)[:1])
    if not item.endswith(")"):
        return frozenset()
    firsts = [_WORD.findall(alternative)[:1] for alternative in item[1:-1].split("|")]
    return frozenset(word for first in firsts for word in first) if all(firsts) else frozenset()


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
