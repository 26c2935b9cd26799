"""Guesses at the base of a Welsh word that no list has, from its ending; a word list decides which guess is real."""

from collections.abc import Iterator

_CIRCUMFLEX = dict(zip("aeiouwy", "âêîôûŵŷ", strict=True))

# Plural and comparison endings of nouns and adjectives, longest first, and what may stand in their place.
_NOUN_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("feydd", ("fa",)),
    ("iaid", ("", "iad")),
    ("ydion", ("ydd", "")),
    ("oedd", ("",)),
    ("weithiau", ("waith",)),
    ("iadau", ("iad",)),
    ("wyr", ("wr", "iwr")),
    ("ion", ("", "on")),
    ("iau", ("", "au")),
    ("aid", ("",)),
    ("ydd", ("",)),
    ("edd", ("",)),
    ("on", ("",)),
    ("au", ("",)),
    ("od", ("",)),
    ("aint", ("ant",)),
    ("ach", ("",)),
    ("af", ("",)),
    ("ed", ("",)),
    ("i", ("",)),
)
# Endings of verbs by person and tense, longest first, and the endings a verb-noun may have.
_VERB_ENDINGS = (
    "asant",
    "asoch",
    "asom",
    "asai",
    "wyd",
    "odd",
    "wch",
    "ant",
    "ech",
    "ent",
    "ais",
    "aist",
    "est",
    "ith",
    "ir",
    "id",
    "es",
    "ai",
    "wn",
    "om",
    "on",
    "och",
    "iff",
    "er",
    "et",
    "a",
)
_VERB_NOUNS = ("", "o", "io", "u", "i", "a", "an", "ian", "ed", "eg")
_SHORTEST_STEM = 3
_SHORTEST_WORD = 4  # shorter words are too easily taken for something else


def base_forms(word: str) -> Iterator[str]:
    """Yield words that *word* may be a plural, a comparison or a personal form of, likeliest first.

    *llyfrau* may be from llyfr, *gweithwyr* from gweithiwr, *newidodd* from newid.
    """
    if len(word) < _SHORTEST_WORD:
        return
    for ending, singulars in _NOUN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            yield from (word[: -len(ending)] + singular for singular in singulars)
    for ending in _VERB_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)]
            yield from (stem + verb_noun for verb_noun in _VERB_NOUNS)
            if stem.endswith("i"):
                yield stem + "o"


def written_forms(word: str) -> Iterator[str]:
    """Yield written forms that *word*, in a spoken or hurried spelling, may stand for, likeliest first.

    *petha* is pethau, *cynta* is cyntaf, *pentre* is pentref, *hannar* is hanner, *gweitho* is gweithio, and a
    circumflex may be missing.
    """
    if len(word) < _SHORTEST_WORD:
        return
    stem, last = word[:-1], word[-1]
    if last in "ae":
        yield from (stem + "au", stem + last + "f", stem + "ai")
    elif last == "o":
        yield stem + "io"
    elif word[-2] == "a":
        yield word[:-2] + "e" + last
    for at, letter in enumerate(word):
        if letter in _CIRCUMFLEX:
            yield word[:at] + _CIRCUMFLEX[letter] + word[at + 1 :]
