"""Cues are found in every form, each in its own language, with the neighbours they ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from involve.text.codebook import Cue, load_builtin
from involve.text.cue_words import is_grammar, is_shouted
from involve.text.language import identify_words
from involve.text.matching import CueHit, Entry, Matcher, entries_of, split_into_words
from involve.text.mutation import mutated_forms
from involve.text.stance import sign_entries
from involve.text.tokens import is_word, tokenise
from involve.text.types import WordLanguage
from tests.text.strange import STRANGE_TEXTS


def matcher_of(*cues: Cue) -> Matcher:
    return Matcher(Entry(("theme", "it"), number, cue) for number, cue in enumerate(cues, 1))


def find(matcher: Matcher, text: str, language: WordLanguage | None = None) -> tuple[CueHit, ...]:
    tokens = tokenise(text)
    languages: Sequence[WordLanguage] = [language] * len(tokens) if language else identify_words(tokens)
    return matcher.find(split_into_words(text, tokens, languages))


def found(matcher: Matcher, text: str, language: WordLanguage | None = None) -> list[str]:
    return [text[hit.start : hit.end] for hit in find(matcher, text, language)]


def builtin_entries() -> list[Entry]:
    """Every cue of the built-in codebook and of the stance words, without the neighbours it asks for."""
    entries = list(entries_of(load_builtin().concepts))
    return [
        Entry(each.owner, each.number, replace(each.cue, needs=(), unless=()))
        for each in (*entries, *sign_entries())
    ]


def spoken_forms(wording: str) -> Iterator[str]:
    """The wording as it stands, and with its first word in every mutation."""
    wording = wording.replace("*", "")
    yield wording
    first = next((token for token in tokenise(wording) if is_word(token)), None)
    if first is not None and not is_shouted(first.surface) and "'" not in first.surface:
        for form in mutated_forms(first.surface).values():
            if not is_grammar(form.lower()) and not is_grammar(first.surface.lower()):
                yield wording[: first.start] + form + wording[first.end :]


def test_every_welsh_cue_of_the_codebook_is_found_in_every_mutation() -> None:
    entries = builtin_entries()
    matcher = Matcher(entries)
    missed = [
        (entry.owner, wording, text)
        for entry in entries
        for wording in entry.cue.cy
        for text in spoken_forms(wording)
        if not any(hit.entry is entry for hit in find(matcher, text, "cy"))
    ]
    assert missed == []


def test_every_english_cue_of_the_codebook_is_found_with_straight_and_typographic_apostrophes() -> None:
    entries = builtin_entries()
    matcher = Matcher(entries)
    missed = [
        (entry.owner, wording)
        for entry in entries
        for wording in entry.cue.en
        for text in (wording.replace("*", ""), wording.replace("*", "").replace("'", "’"))
        if not any(hit.entry is entry for hit in find(matcher, text, "en"))
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("cue", "text", "matched"),
    [
        (Cue(("meddyg teulu",), ()), "Dw i heb weld fy meddyg teulu eto", ["meddyg teulu"]),
        (Cue(("meddyg",), ()), "Mae prinder meddygon yn yr ardal", ["meddygon"]),
        (Cue(("cymuned",), ()), "Rydyn ni yn ein nghymuned ni", ["nghymuned"]),
        (Cue(("neb gofyn",), ()), "Does neb wedi gofyn i ni", ["neb wedi gofyn"]),
        (Cue(("o bost i bared",), ()), "Ges i fy ngyrru o bost i bared.", ["o bost i bared"]),
        (Cue(("dŵr",), ()), "Mae'r dwr yn fudr yma", ["dwr"]),
        (Cue(("byd-eang",), ()), "Mae hyn yn fyd-eang yn awr", ["fyd-eang"]),
        (Cue((), ("nobody asked",)), "Nobody ever asked us", ["Nobody ever asked"]),
        (
            Cue((), ("can't fault",)),
            "I cant fault them and can’t fault the food",
            ["cant fault", "can’t fault"],
        ),
        (Cue((), ("one-year funding",)), "It is one year funding again", ["one year funding"]),
        (Cue((), ("bus",)), "The buses stop at six", ["buses"]),
        (Cue((), ("council's job",)), "It is the council’s job", ["council’s job"]),
        (
            Cue((), ("communicat*",)),
            "They communicated badly, communication is poor",
            ["communicated", "communication"],
        ),
        (Cue(("trafnidi*",), ()), "Mae angen drafnidiaeth gyhoeddus", ["drafnidiaeth"]),
        (Cue((), ("A&E",)), "Six hours in A&E with him", ["A&E"]),
        (Cue((), ("12-month contract",)), "I was on a 12-month contract", ["12-month contract"]),
        (Cue((), ("E. coli",)), "There was E. coli in the sea", ["E. coli"]),
        (Cue(("di-waith",), ()), "Mae'n ddi-waith ers blwyddyn", ["ddi-waith"]),
        (Cue((), ("IT",)), "It broke and the IT failed", ["IT"]),
    ],
)
def test_a_cue_is_found_as_people_write_it(cue: Cue, text: str, matched: list[str]) -> None:
    assert found(matcher_of(cue), text) == matched


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        (Cue(("glaw",), ()), "The law should be changed for everyone who lives here"),
        (Cue(("llaw",), ()), "The law should be changed for everyone who lives here"),
        (Cue(("car",), ()), "Rydw i yn caru canu yn y côr bob wythnos"),
        (Cue((), ("bus stop",)), "There is no bus. Stop asking us about it"),
        (Cue((), ("nobody asked",)), "There was nobody, asked twice"),
        (Cue(("bae",), ()), "Mae pawb yn hapus yma"),
    ],
)
def test_a_word_of_the_other_language_or_over_a_full_stop_is_not_a_cue(cue: Cue, text: str) -> None:
    assert found(matcher_of(cue), text) == []


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        (Cue((), ("GPs",)), "The GPS in the car sent us wrong"),
        (Cue(("cymorth cynnar",), ()), "Mae angen cymorth cyntaf yn yr ysgol"),
        (Cue((), ("park",)), "There is no parking near the station"),
    ],
)
def test_a_form_that_means_something_else_is_not_a_cue(cue: Cue, text: str) -> None:
    assert found(matcher_of(cue), text) == []


def test_an_english_cue_is_found_inside_a_welsh_sentence() -> None:
    assert found(matcher_of(Cue((), ("youth club",))), "Ma'r youth club wedi cau yn y pentre nawr") == [
        "youth club"
    ]


def test_a_needed_neighbour_must_stand_within_eight_words_in_either_language() -> None:
    matcher = matcher_of(Cue(("apwyntiad",), ("appointment",), needs=("meddyg", "GP")))
    assert found(matcher, "My appointment with the GP was late") == ["appointment"]
    assert found(matcher, "Mae gen i apwyntiad gyda'r meddyg yfory") == ["apwyntiad"]
    assert found(matcher, "My appointment with the bank was late") == []
    assert found(matcher, "appointment one two three four five six seven eight nine GP") == []


def test_a_forbidden_neighbour_silences_a_cue_nearby_only() -> None:
    matcher = matcher_of(Cue((), ("surgery",), unless=("councillor",)))
    assert found(matcher, "The councillor holds a surgery on Fridays") == []
    assert found(matcher, "The surgery is shut on Fridays") == ["surgery"]


def test_a_needed_neighbour_is_another_word_than_the_cue_itself() -> None:
    assert found(matcher_of(Cue((), ("bank",), needs=("bank", "money"))), "We went to the bank today") == []


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_positions_are_those_of_the_text_whatever_it_holds(text: str) -> None:
    story = f"{text} Dim bws ar ôl chwech {text}"
    hits = find(matcher_of(Cue(("dim bws",), ())), story, "cy")
    assert [story[hit.start : hit.end].lower() for hit in hits] == ["dim bws"]


def test_time_grows_with_the_text_only() -> None:
    matcher = matcher_of(Cue((), ("bus",), needs=("late",), unless=("never",)), Cue((), ("bus late",)))
    assert len(find(matcher, "bus late " * 20_000, "en")) == 40_000
