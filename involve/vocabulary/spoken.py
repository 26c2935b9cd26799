"""How each character of a story code is said: its name and a word that begins with it, in Welsh and in English.

English words are those of radio and telephone. Welsh has no list of its own that everyone uses: these are everyday
words, in our own choice. A code never holds I, L, O or U, so they have no line. Welsh F sounds as English V, and K, Q,
V, X and Z are no letters of Welsh words: these have a word that is the same in both languages.
"""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find


@dataclass(frozen=True, slots=True)
class Spoken:
    """One character: what it is called, and for a letter a word that begins with it."""

    id: str
    name: Bilingual
    word: Bilingual | None = None


def _digit(id_: str, cy: str, en: str) -> Spoken:
    return Spoken(id_, Bilingual(cy, en))


def _letter(id_: str, name_cy: str, word_cy: str, name_en: str, word_en: str) -> Spoken:
    return Spoken(id_, Bilingual(name_cy, name_en), Bilingual(word_cy, word_en))


SPOKEN: tuple[Spoken, ...] = (
    _digit("0", "dim", "nought"),
    _digit("1", "un", "one"),
    _digit("2", "dau", "two"),
    _digit("3", "tri", "three"),
    _digit("4", "pedwar", "four"),
    _digit("5", "pump", "five"),
    _digit("6", "chwech", "six"),
    _digit("7", "saith", "seven"),
    _digit("8", "wyth", "eight"),
    _digit("9", "naw", "nine"),
    _letter("A", "a", "afal", "ay", "Alfa"),
    _letter("B", "bi", "bara", "bee", "Bravo"),
    _letter("C", "ec", "cath", "see", "Charlie"),
    _letter("D", "di", "draig", "dee", "Delta"),
    _letter("E", "e", "eira", "ee", "Echo"),
    _letter("F", "ef", "fest", "eff", "Foxtrot"),
    _letter("G", "eg", "gafr", "jee", "Golf"),
    _letter("H", "aets", "haul", "aitch", "Hotel"),
    _letter("J", "je", "jam", "jay", "Juliett"),
    _letter("K", "cê", "Kenya", "kay", "Kilo"),
    _letter("M", "em", "mam", "em", "Mike"),
    _letter("N", "en", "nos", "en", "November"),
    _letter("P", "pi", "plant", "pee", "Papa"),
    _letter("Q", "ciw", "Qatar", "cue", "Quebec"),
    _letter("R", "er", "robin", "ar", "Romeo"),
    _letter("S", "es", "siop", "ess", "Sierra"),
    _letter("T", "ti", "tân", "tee", "Tango"),
    _letter("V", "fi", "Venus", "vee", "Victor"),
    _letter("W", "w", "wal", "double-u", "Whiskey"),
    _letter("X", "ecs", "pelydr-X", "ex", "X-ray"),
    _letter("Y", "y", "ynys", "wy", "Yankee"),
    _letter("Z", "sed", "Zoe", "zed", "Zulu"),
)


def find_spoken(character: str) -> Spoken:
    """Return how one character of a code is said.

    Raises:
        NotFound: no code holds it.
    """
    return find(SPOKEN, character)


def spell_code(code: str) -> tuple[tuple[Spoken, ...], ...]:
    """Return how a code in its grouped form is said, group by group.

    Raises:
        NotFound: it holds what no code holds.
    """
    return tuple(tuple(find_spoken(character) for character in group) for group in code.split("-"))
