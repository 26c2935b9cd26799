"""Says which cue words a word of a text may be, for each language it may be read in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from involve.text.cue_words import CueWord, bare_word, prefix_forms
from involve.text.forms import normal_keys
from involve.text.lexicon import Listed, is_listed
from involve.text.slips import meant_instead
from involve.text.tokens import standardise
from involve.text.types import WordLanguage

_MEMORY = 65_536  # words whose readings are kept; the words of citizens' stories repeat
_LANGUAGES: tuple[Listed, Listed] = ("cy", "en")

# Forms that mean something else than the word they are listed under: first is not early, parking is no park.
_OWN_MEANING = frozenset(
    {"cyntaf", "gyntaf", "chyntaf", "cynta", "gynta", "chynta"}
    | {"training", "parking", "meeting", "meetings", "building", "buildings", "saw", "left", "found", "rose"}
)

Readings = Mapping[WordLanguage, frozenset[int]]
_Table = Mapping[str, frozenset[int]]


class FormTable:
    """Every form of every cue word, ready to be looked up.

    A cue word counts where the text's word is read in its language, or is a word of no other: so *law* in an
    English sentence is never the mutation of *glaw*, and *GP* in a Welsh one is still found.
    """

    def __init__(self, words: Iterable[CueWord]) -> None:
        """Index *words*; their number is their place in the order given."""
        by_language: dict[Listed, list[tuple[int, CueWord]]] = {"cy": [], "en": []}
        numbered = list(enumerate(words))
        for number, word in numbered:
            by_language[word.language].append((number, word))
        self._anywhere = _index((form, number) for number, word in numbered for form in word.anywhere)
        self._tables = {language: _LanguageTable(language, own) for language, own in by_language.items()}
        self._written = frozenset().union(*(table.forms for table in self._tables.values()))
        # For each language that a word may be read in, the numbers of the cue words it then is.
        self.read: Callable[[str], Readings] = lru_cache(_MEMORY)(self._read)

    def may_be(self, surface: str) -> tuple[frozenset[int], bool]:
        """Return every cue word that *surface* may be, and whether that hangs on which others there are.

        It does for a word of no list: what it was meant to be is only said where a single cue word is one letter away.
        """
        lower = bare_word(surface.lower())
        found = frozenset(
            self._anywhere.get(lower, frozenset()).union(
                *(table.find(surface, lower) for table in self._tables.values())
            )
        )
        unsure = surface == lower and not is_listed(lower, "cy") and not is_listed(lower, "en")
        if unsure and not found:
            found = frozenset().union(*self._meant(lower))
        return found, unsure

    def _read(self, surface: str) -> Readings:
        lower = bare_word(surface.lower())
        found = {language: self._tables[language].find(surface, lower) for language in _LANGUAGES}
        anywhere = self._anywhere.get(lower, frozenset())
        everything = anywhere | found["cy"] | found["en"]
        own = {"cy": is_listed(lower, "cy"), "en": is_listed(lower, "en")}
        if not everything and not own["cy"] and not own["en"] and surface == lower:
            everything = self._after_a_slip(lower)
            return dict.fromkeys(("cy", "en", "both", "und"), everything)
        if everything == anywhere:
            return dict.fromkeys(("cy", "en", "both", "und"), anywhere)
        return {
            "cy": anywhere | found["cy"] if own["cy"] else everything,
            "en": anywhere | found["en"] if own["en"] else everything,
            "both": everything,
            "und": everything,
        }

    def _after_a_slip(self, lower: str) -> frozenset[int]:
        """Return the cue words that a word of no list was meant to be, where one letter away there is a single one."""
        read = self._meant(lower)
        return read.pop() if len(read) == 1 else frozenset()

    def _meant(self, lower: str) -> set[frozenset[int]]:
        """Return, for each cue word's form one letter away from *lower*, the cue words that it is."""
        return {
            frozenset().union(*(table.find(word, word) for table in self._tables.values()))
            for word in meant_instead(lower, self._written.__contains__)
        }


class _LanguageTable:
    """The cue words of one language by form, by dictionary form and by beginning."""

    def __init__(self, language: Listed, words: list[tuple[int, CueWord]]) -> None:
        self._language = language
        self._cased = _index((form, number) for number, word in words for form in word.cased)
        self._forms = _index((form, number) for number, word in words for form in word.forms)
        self._keys = _index((key, number) for number, word in words for key in word.keys)
        prefixes = [(number, word.prefix) for number, word in words if word.prefix]
        self._prefixes = _index(
            (form, n) for n, prefix in prefixes for form in prefix_forms(prefix, language)
        )
        self._prefix_lengths = sorted({len(form) for form in self._prefixes})

    @property
    def forms(self) -> Iterable[str]:
        """The forms of its cue words, in small letters."""
        return self._forms

    def find(self, surface: str, lower: str) -> frozenset[int]:
        """Return the numbers of the cue words that *surface* (*lower* in small letters) may be."""
        found = set(self._forms.get(lower, ()))
        found.update(self._cased.get(surface, ()))
        if lower not in _OWN_MEANING:
            for _, key in normal_keys(surface, self._language):
                found.update(self._keys.get(key, ()))
        for length in self._prefix_lengths:
            if length > len(lower):
                break
            found.update(self._prefixes.get(lower[:length], ()))
        return frozenset(found)


def _index(pairs: Iterable[tuple[str, int]]) -> _Table:
    table: dict[str, set[int]] = defaultdict(set)
    for form, number in pairs:
        table[standardise(form)].add(number)
    return {form: frozenset(numbers) for form, numbers in table.items()}
