"""Finds names of persons, Welsh, English and other, by what they are and by what stands around them."""

from collections.abc import Iterator, Sequence

from involve.text.function_words import is_function_word
from involve.text.mutation import demutate
from involve.text.personal.register import load_register
from involve.text.personal.runs import CapitalRuns
from involve.text.places import find_place
from involve.text.types import PersonalDetail, Token


def find_names(text: str, tokens: Sequence[Token]) -> Iterator[PersonalDetail]:
    """Yield the names of persons in *text*, title and surname included, without those of bodies, places and saints.

    *tokens* are those of the text. A name is found by a title, an introduction or a word for kin before it, by the
    register of given names and surnames, in Welsh mutation too, or because two capitalised words stand together that
    no word list has.
    """
    reader = _Reader(text, tokens, load_register())
    at = 0
    while at < len(reader.tokens):
        if not reader.words[at][:1].isupper():
            at += 1
            continue
        length, is_name = reader.read_at(at)
        if is_name:
            yield PersonalDetail(reader.tokens[at].start, reader.end_of(at + length - 1), "name")
        at += length


class _Reader(CapitalRuns):
    """A text in which the names of persons are told from other capitalised words."""

    def read_at(self, at: int) -> tuple[int, bool]:
        """Return how many tokens from the one numbered *at* on belong together, and whether they name a person."""
        if self.words[at] in self.register.titles:
            length = self._titled_length(at)
            if length:
                return length, True
        if not self.is_capitalised(at) or self.stands_by_number(at):
            return 1, False
        length = self.run_length(at)
        if self._is_body(at, length):
            return length, False
        is_person = self._is_person(at, length)
        return (length, True) if is_person else (1, False)

    def _titled_length(self, at: int) -> int:
        first = at + 1
        if first < len(self.words) and self.words[first] == ".":
            first += 1
        if first >= len(self.words) or not self.adjoins(first) or not self.is_capitalised(first):
            return 0
        length = self.run_length(first)
        known = length > 1 or self.words[first] in self.register.surnames or not self.is_word(first)
        if not known or find_place(self.words[first]) or self._is_body(first, length):
            return 0
        return first - at + length

    def _is_person(self, at: int, length: int) -> bool:
        register, first, last = self.register, self.words[at], self.words[at + length - 1]
        told = self.follows(at, register.introductions) and self._may_be_name(at, length)
        if told and not self._is_place(at, length):
            return True
        if self._is_place(at, length) or is_function_word(first, "en"):
            return False
        if first in register.given:
            return True
        if length > 1:
            return self._is_full_name(at, length, last)
        if first in register.alone and not self.begins_sentence(at):
            return True
        return self._is_single_name(at)

    def _may_be_name(self, at: int, length: int) -> bool:
        """Say whether a word of the run is more than a common word (*called Third Class* introduces nobody)."""
        given, ambiguous = self.register.given, self.register.ambiguous
        run = range(at, at + length)
        return any(self.words[each] in given or self.words[each] in ambiguous for each in run) or any(
            not self.is_word(each) for each in run
        )

    def _is_full_name(self, at: int, length: int, last: str) -> bool:
        register, first = self.register, self.words[at]
        if first in register.ambiguous:
            return last in register.surnames or not self.is_word(at + length - 1)
        if last.rpartition("-")[2] in register.surnames:
            return len(first) == 1 or not self.is_word(at) or self._is_mutated(at)
        if self._is_mutated(at) and at and self.lower[at - 1] in register.mutating:
            return True
        unknown = all(not self.is_word(each) for each in range(at, at + length))
        return unknown and not any(
            word.startswith(register.place_beginnings) for word in self.words[at : at + length]
        )

    def _is_single_name(self, at: int) -> bool:
        register, before = self.register, self.lower[at - 1] if at else ""
        if self._is_mutated(at) and before in register.mutating:
            return True
        known = self.words[at] in register.ambiguous
        if self.precedes(at + 1, register.closings) or self.follows(at, register.greetings):
            return known or not self.is_listed(at)
        of_kin = before in register.kin or (before == "," and at > 1 and self.lower[at - 2] in register.kin)
        return of_kin and (known or not self.is_listed(at))

    def _is_mutated(self, at: int) -> bool:
        word = self.words[at]
        return not self.is_english(at) and any(each in self.register.given for each, _ in demutate(word))

    def _is_place(self, at: int, length: int) -> bool:
        whole = " ".join(self.words[at : at + length])
        return find_place(whole) is not None or (length == 1 and find_place(self.words[at]) is not None)

    def _is_body(self, at: int, length: int) -> bool:
        """Say whether words around or in the run make it the name of a body, a building or a place."""
        run = self.words[at : at + length]
        if any(tuple(run[:size]) in self.register.bodies for size in range(1, length + 1)):
            return True
        after = at + length
        if after < len(self.words) and self.adjoins(after) and self._is_body_word(after):
            return True
        if length > 1 and run[-1] in self.register.body_after and not self._is_surname(at, length):
            return True
        for before in range(at - 1, max(-1, at - 4), -1):
            if self.words[before] in self.register.body_before:
                return True
            if not self.is_capitalised(before) and self.lower[before] not in ("y", "yr", "'r", "."):
                return False
        return False

    def _is_surname(self, at: int, length: int) -> bool:
        """Say whether the last word of the run, which may be a street's, is a surname: a known given name leads it."""
        known = self.words[at] in self.register.given or self.words[at] in self.register.ambiguous
        return known and self.words[at + length - 1] in self.register.surnames

    def _is_body_word(self, at: int) -> bool:
        return self.words[at] in self.register.body_after or self.lower[at] in self.register.building_after
