"""A first look at a text for cues: quickly says that none can be in it, so that most texts need not be read again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from involve.text.cue_words import CueWord, compile_cue, split_token
from involve.text.form_table import FormTable
from involve.text.lexicon import Listed
from involve.text.tokens import tokenise

_MEMORY = 32_768  # pieces of text whose words are remembered
_UNSURE = -1  # stands for a word of no list that may be meant as one of the cues
Cues = Iterable[tuple[str, Listed]]


class CueSieve:
    """Some cues out of several, made ready once; `may_hold` may be called from several threads."""

    def __init__(self, cues: Cues, among: Cues) -> None:
        """Make *cues*, wordings without conditions in their language, ready.

        They are *among* others: what a slip was meant to be hangs on which words are looked for beside it.
        """
        atoms: dict[CueWord, int] = {}
        # What a text has to hold for a cue, under the number of one of its words.
        self._needed: dict[int, list[frozenset[int]]] = defaultdict(list, {_UNSURE: [frozenset({_UNSURE})]})
        for words in _number_words(cues, atoms):
            self._needed[max(words)].append(words)
        self._wanted = frozenset(range(len(atoms)))
        for _ in _number_words(among, atoms):
            pass
        self._table = FormTable(atoms)
        self._read: Callable[[str], frozenset[int]] = lru_cache(_MEMORY)(self._read_piece)

    def may_hold(self, text: str) -> bool:
        """Say whether one of the cues may be in *text*, or a slip that may be meant as one: only False is certain.

        Words are taken in whichever language and place they stand in: what they say there is for a matcher to find.
        """
        found = frozenset().union(*map(self._read, set(text.split())))
        needed = self._needed
        return any(words <= found for atom in found if atom in needed for words in needed[atom])

    def _read_piece(self, piece: str) -> frozenset[int]:
        """Return the cue words in *piece*: no token of a text holds a space, so that its pieces are read apart."""
        found: set[int] = set()
        for token in tokenise(piece):
            for _start, _end, surface in split_token(token):
                known, unsure = self._table.may_be(surface)
                wanted = known & self._wanted
                found.update(wanted, (_UNSURE,) if wanted and unsure else ())
        return frozenset(found)


def _number_words(cues: Cues, atoms: dict[CueWord, int]) -> Iterator[frozenset[int]]:
    """Yield the numbers of the words of each of *cues*; words that have none in *atoms* yet get the next."""
    for wording, language in cues:
        words = compile_cue(wording, language)
        if words:
            yield frozenset(atoms.setdefault(word, len(atoms)) for word in words)
