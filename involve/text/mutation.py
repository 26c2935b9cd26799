"""The Welsh initial mutations, made and undone by the textbook table; a dictionary decides elsewhere which is real."""

from typing import Literal

Mutation = Literal["soft", "nasal", "aspirate", "h"]

# Radical initial -> what each mutation makes of it. Two-letter initials first: they are single letters in Welsh.
_MADE: tuple[tuple[str, dict[Mutation, str]], ...] = (
    ("ll", {"soft": "l"}),
    ("rh", {"soft": "r"}),
    ("p", {"soft": "b", "nasal": "mh", "aspirate": "ph"}),
    ("t", {"soft": "d", "nasal": "nh", "aspirate": "th"}),
    ("c", {"soft": "g", "nasal": "ngh", "aspirate": "ch"}),
    ("b", {"soft": "f", "nasal": "m"}),
    ("d", {"soft": "dd", "nasal": "n"}),
    ("g", {"soft": "", "nasal": "ng"}),
    ("m", {"soft": "f"}),
)
_UNMUTABLE = ("ch", "dd", "ff", "ng", "ph", "th", "ts")
_VOWELS = frozenset("aeiouwyâêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ")

# Mutated initial -> radical initials, longest first.
_UNDONE: tuple[tuple[str, tuple[tuple[str, Mutation], ...]], ...] = (
    ("ngh", (("c", "nasal"),)),
    ("mh", (("p", "nasal"),)),
    ("nh", (("t", "nasal"),)),
    ("ng", (("g", "nasal"),)),
    ("ph", (("p", "aspirate"),)),
    ("th", (("t", "aspirate"),)),
    ("ch", (("c", "aspirate"),)),
    ("dd", (("d", "soft"),)),
    ("ff", ()),
    ("ll", ()),
    ("rh", ()),
    ("m", (("b", "nasal"),)),
    ("n", (("d", "nasal"),)),
    ("b", (("p", "soft"),)),
    ("d", (("t", "soft"),)),
    ("g", (("c", "soft"),)),
    ("f", (("b", "soft"), ("m", "soft"))),
    ("l", (("ll", "soft"), ("gl", "soft"))),
    ("r", (("rh", "soft"), ("gr", "soft"))),
)


def mutated_forms(word: str) -> dict[Mutation, str]:
    """Return the mutated forms that *word* can take, by kind; kinds that leave it unchanged are absent.

    *pont* gives soft *bont*, nasal *mhont*, aspirate *phont*; *gardd* drops its g; *afal* takes h. Capitals
    are kept: *Caerdydd* gives *Gaerdydd*, *Nghaerdydd*, *Chaerdydd*.
    """
    lower = word.lower()
    if lower[:1] in _VOWELS:
        return {"h": _with_capital("h" + _uncapital(word), word)}
    if lower.startswith(_UNMUTABLE):
        return {}
    for radical, made in _MADE:
        if lower.startswith(radical):
            rest = word[len(radical) :]
            return {
                kind: _with_capital(initial + rest, word) for kind, initial in made.items() if initial + rest
            }
    return {}


def demutate(word: str) -> tuple[tuple[str, Mutation], ...]:
    """Return what *word* may be a mutation of, with the mutation's kind, most specific spelling first.

    Nothing says that a candidate is a real word. The h before a vowel comes last, because most words that
    begin with h have it by right.
    """
    lower = word.lower()
    for initial, radicals in _UNDONE:
        if lower.startswith(initial):
            rest = word[len(initial) :]
            return tuple((_with_capital(radical + rest, word), kind) for radical, kind in radicals)
    if lower[:1] in _VOWELS:
        return ((_with_capital("g" + _uncapital(word), word), "soft"),)
    if lower[:1] == "h" and lower[1:2] in _VOWELS:
        return ((_with_capital(word[1:], word), "h"),)
    return ()


def _with_capital(form: str, like: str) -> str:
    """Give *form* the capitals of *like*: all, the first, or none."""
    if not like[:1].isupper():
        return form
    return form.upper() if len(like) > 1 and like.isupper() else form[:1].upper() + form[1:]


def _uncapital(word: str) -> str:
    return word[:1].lower() + word[1:]
