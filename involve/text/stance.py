"""Says whether a passage shows a strength, a concern, an idea or both sides, by the words around it."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from involve.errors import BadInput
from involve.text.codebook_file import Findings, read_cue
from involve.text.matching import SMALL_WORDS, CueHit, Entry, Word
from involve.text.types import Stance

SIGNS = "sign"  # the scheme under which these words stand beside the codebook's in one matcher
_KINDS = ("strength", "concern", "idea", "past", "negation", "contrast")

# The figures below were chosen by five-fold cross-validation over the development gold (158 tags whose concept is
# found: 62 % of stances right on the folds left out, 48 % by always saying concern). They are not delicate.
# The reach of a negation was chosen on the sentiment of NHS comments.
_REACH = 2  # words after a negation that it turns round, small words between them not counted
_CUE_SIGN = 0.5  # what a cue that says its own stance counts, times its weight, against the words around it
_SAME_CLAUSE, _SAME_SENTENCE, _NEXT_SENTENCE, _ELSEWHERE = 1.0, 0.7, 0.4, 0.3
_TURNED_CONCERN = 0.5  # "no problem" praises less than "a problem" complains
_DOUBT = 0.2  # people write in more often about what is wrong: where nothing is said, it is a concern
_UNSAID = 0.8  # a concern that only the turn from praise shows
_MIXED_SHARE, _MIXED_LEAST = 0.5, 0.8
_IDEA_LEAST = 1.2


# Words with which people ask for something to be done, at the beginning of a sentence.
_REQUESTS = frozenset(
    [
        "put",
        "let",
        "give",
        "buy",
        "make",
        "keep",
        "bring",
        "stop",
        "build",
        "plant",
        "pay",
        "train",
        "publish",
        "clear",
        "fix",
        "set",
        "turn",
        "spend",
        "teach",
        "send",
        "start",
        "move",
        "allow",
        "ban",
        "fund",
        "hire",
        "invest",
        "extend",
        "restore",
        "stick",
        "swap",
        "open",
        "please",
        "could",
        "plis",
    ]
)
_QUESTIONS = frozenset(
    tuple(pair.split())
    for pair in (
        "why can't",
        "why not",
        "why couldn't",
        "why don't",
        "why doesn't",
        "how about",
        "what about",
        "what if",
        "beth am",
        "be am",
        "pam na",
        "pam ddim",
        "pam lai",
        "gawn ni",
        "allwn ni",
        "gadewch i",
        "instead of",
        "yn lle",
    )
)
_SHORTEST_REQUEST = 5


@dataclass(frozen=True, slots=True)
class Sign:
    """A word or phrase with a stance in its place; `clause` numbers stretches between contrasts (but, ond)."""

    stance: Stance
    weight: float
    clause: int
    sentence: int


@cache
def sign_entries() -> tuple[Entry, ...]:
    """Return the entries that a matcher needs so that stances can be read; from data/stance.toml, read once.

    Raises:
        BadInput: the file of the installation is damaged.
    """
    source = files("involve.text") / "data" / "stance.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    found = Findings()
    entries = tuple(
        Entry((SIGNS, kind), number, read_cue(cue, f"stance.toml, {kind} {number}", found))
        for kind in _KINDS
        for number, cue in enumerate(data[kind], 1)
    )
    if found.errors:
        raise BadInput("; ".join(f"{each.place}: {each.reason}" for each in found.errors))
    return entries


class StanceReader:
    """The signs of one text, ready to say the stance of any of its passages."""

    def __init__(self, words: Sequence[Word], hits: Sequence[CueHit]) -> None:
        """Gather the signs among all *hits* of a text: its stance words, and cues that say their own stance."""
        signs = _once(keep_longest([hit for hit in hits if hit.entry.owner[0] == SIGNS]))
        self._words = words
        self.turns = sum(hit.entry.owner[1] == "contrast" for hit in signs)
        self.denials = len({hit.first for hit in hits if hit.entry.owner == (SIGNS, "negation")})
        self._clauses = _number_clauses(words, signs)
        self._negations = {hit.first for hit in hits if hit.entry.owner == (SIGNS, "negation")}
        past = {words[hit.first].sentence for hit in signs if hit.entry.owner[1] == "past"}
        self._signs = [sign for hit in signs for sign in self._read_sign(hit, past)]
        self._signs += self._unsaid_concerns([hit for hit in signs if hit.entry.owner[1] == "contrast"])
        self._signs += [
            self._place(hit.entry.cue.stance, _CUE_SIGN * hit.entry.cue.weight, hit)
            for hit in hits
            if hit.entry.cue.stance
        ]

    @cached_property
    def requests(self) -> int:
        """How many sentences begin with a request; counted when asked for, since every word is looked at."""
        return sum(_asks(self._words, at) for at in range(len(self._words)))

    def read_stance(self, hits: Iterable[CueHit]) -> Stance:
        """Return the stance of the passages of *hits*, taken together.

        Each sign counts by its nearness to the nearest passage: same clause, same sentence, the next one,
        elsewhere. A proposal counts when it outweighs the rest; both sides when neither clearly does.
        """
        sums = self.sum_signs(hits)
        return _decide(sums["strength"], sums["concern"] + _DOUBT, sums["idea"], sums["mixed"])

    def sum_signs(self, hits: Iterable[CueHit]) -> dict[Stance, float]:
        """Return how much the signs say for each stance, those near the passages of *hits* more than others."""
        clauses, sentences = set(), set()
        for hit in hits:
            clauses.add(self._clauses[hit.first])
            sentences.add(self._words[hit.first].sentence)
        sums: dict[Stance, float] = {"strength": 0.0, "concern": 0.0, "idea": 0.0, "mixed": 0.0}
        for sign in self._signs:
            sums[sign.stance] += sign.weight * _nearness(sign, clauses, sentences)
        return sums

    def _read_sign(self, hit: CueHit, past: set[int]) -> Iterator[Sign]:
        """Yield the sign of a stance word, turned round by a negation before it or by what is no longer so.

        Praise is turned whole (*ddim yn teimlo'n ddiogel*), of concerns only single words (*no problem*). Nothing
        is turned that holds its own negation (*can't fault*, *fedra i ddim*).
        """
        kind, weight = hit.entry.owner[1], hit.entry.cue.weight
        if kind == "idea":
            yield self._place("idea", weight, hit)
        elif kind == "strength":
            lost = self._is_negated(hit) or self._words[hit.first].sentence in past
            yield self._place("concern" if lost else "strength", weight, hit)
        elif kind == "concern":
            turned = hit.first == hit.last and self._is_negated(hit)
            turned_weight = _TURNED_CONCERN * weight
            yield (
                self._place("strength", turned_weight, hit) if turned else self._place("concern", weight, hit)
            )

    def _unsaid_concerns(self, contrasts: Sequence[CueHit]) -> list[Sign]:
        """Return a concern for each turn away from praise to words without a sign (*lovely nurses, but ten hours*)."""
        praised = {sign.clause for sign in self._signs if sign.stance == "strength"}
        told = {sign.clause for sign in self._signs}
        return [
            self._place("concern", _UNSAID, hit)
            for hit in contrasts
            if (clause := self._clauses[hit.first]) not in told and clause - 1 in praised
        ]

    def _is_negated(self, hit: CueHit) -> bool:
        """Say whether a negation stands shortly before *hit*, in one clause with it and no comma between."""
        if any(at in self._negations for at in range(hit.first, hit.last + 1)):
            return False
        reach = _REACH
        for at in range(hit.first - 1, -1, -1):
            if not self._words[at + 1].joined or self._clauses[at] != self._clauses[hit.first]:
                return False
            if at in self._negations:
                return True
            reach -= self._words[at].surface.lower() not in SMALL_WORDS
            if not reach:
                return False
        return False

    def _place(self, stance: Stance, weight: float, hit: CueHit) -> Sign:
        return Sign(stance, weight, self._clauses[hit.first], self._words[hit.first].sentence)


def _asks(words: Sequence[Word], at: int) -> bool:
    """Say whether a sentence begins at the word numbered *at* with a request: *put*, *why not*, *rhowch*, *beth am*."""
    if at and words[at].sentence == words[at - 1].sentence:
        return False
    lower = words[at].surface.lower()
    follows = words[at + 1].surface.lower() if at + 1 < len(words) else ""
    return (
        lower in _REQUESTS
        or (lower.endswith("wch") and len(lower) > _SHORTEST_REQUEST)
        or (lower, follows) in _QUESTIONS
    )


def keep_longest(hits: Sequence[CueHit]) -> list[CueHit]:
    """Return *hits* without those that lie inside a longer one: *can't fault* hides *fault*.

    *hits* are in order of their first word.
    """
    kept: list[CueHit] = []
    reach = -1
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        if hit.last > reach or (kept and (hit.first, hit.last) == (kept[-1].first, kept[-1].last)):
            kept.append(hit)
            reach = max(reach, hit.last)
    return kept


def _once(signs: Sequence[CueHit]) -> list[CueHit]:
    """Return *signs* without those that say the same of the same words (*no problem*, *no problems*)."""
    return list({(hit.first, hit.last, hit.entry.owner): hit for hit in signs}.values())


def _number_clauses(words: Sequence[Word], signs: Sequence[CueHit]) -> list[int]:
    """Return the clause of each word: a new one begins with each sentence and each contrast."""
    turns = {hit.first for hit in signs if hit.entry.owner[1] == "contrast"}
    clauses: list[int] = []
    clause = 0
    for at, word in enumerate(words):
        if at and (at in turns or word.sentence != words[at - 1].sentence):
            clause += 1
        clauses.append(clause)
    return clauses


def _nearness(sign: Sign, clauses: Set[int], sentences: Set[int]) -> float:
    """Return what *sign* counts by where it is; *clauses* and *sentences* are those of the passages."""
    if sign.clause in clauses:
        return _SAME_CLAUSE
    if sign.sentence in sentences:
        return _SAME_SENTENCE
    is_next = sign.sentence - 1 in sentences or sign.sentence + 1 in sentences
    return _NEXT_SENTENCE if is_next else _ELSEWHERE


def _decide(strength: float, concern: float, idea: float, mixed: float) -> Stance:
    if idea >= _IDEA_LEAST and idea > max(strength, concern):
        return "idea"
    less, more = sorted((strength + mixed, concern + mixed))
    if less >= _MIXED_LEAST and less >= _MIXED_SHARE * more:
        return "mixed"
    return "strength" if strength > concern else "concern"
