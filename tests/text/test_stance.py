"""A passage's stance is read from the words around it, in both languages and through negation."""

import pytest

from involve.text.codebook import Cue
from involve.text.language import identify_words
from involve.text.matching import Entry, Matcher, split_into_words
from involve.text.stance import StanceReader, sign_entries
from involve.text.tokens import tokenise
from involve.text.types import Stance

BUS = Entry(("goal", "cohesive"), 1, Cue(("bws", "meddygfa", "clwb"), ("bus", "surgery", "club")))
DAMP = Entry(("goal", "healthier"), 1, Cue(("lleithder",), ("damp",), stance="concern"))
MATCHER = Matcher([BUS, DAMP, *sign_entries()])


def read(text: str, entry: Entry = BUS) -> Stance:
    tokens = tokenise(text)
    words = split_into_words(text, tokens, identify_words(tokens))
    hits = MATCHER.find(words)
    return StanceReader(words, hits).read_stance([hit for hit in hits if hit.entry is entry])


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Mae'r bws yn wych, diolch yn fawr i'r gyrrwr", "strength"),
        ("The bus is brilliant and the driver is lovely", "strength"),
        ("Mae'r bws yn ofnadwy, bob amser yn hwyr", "concern"),
        ("The bus is terrible, always late", "concern"),
        ("Mae'r clwb wedi newid fy mywyd", "strength"),
        ("The club changed my life", "strength"),
        ("Pam na allwn ni gael bws bach yn y pentref? Beth am rannu un gyda'r ysgol?", "idea"),
        ("Why not run a bus from the school? It would be good to share one", "idea"),
        ("Hoffwn weld bws ar y Sul", "idea"),
        ("Mae'r bws yn wych ond mae'r gost yn ofnadwy", "mixed"),
        ("The bus is brilliant but the fares are terrible", "mixed"),
        ("The bus goes past the house", "concern"),
        ("Mae'r bws yn mynd heibio'r tŷ", "concern"),
    ],
)
def test_the_words_around_a_passage_say_its_stance(text: str, stance: Stance) -> None:
    assert read(text) == stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("I can't fault the surgery at all", "strength"),
        ("I cant fault the surgery at all", "strength"),
        ("Does gen i ddim cwyn am y feddygfa, dim bai o gwbl", "strength"),
        ("Dyw'r feddygfa ddim yn ddrwg o gwbl", "strength"),
        ("The bus is not good", "concern"),
        ("Dydi'r bws ddim yn dda", "concern"),
        ("Dydi'r bws ddim yn gweithio i ni", "concern"),
        ("There used to be a lovely bus", "concern"),
        ("Roedd arfer bod bws gwych yma", "concern"),
        ("The bus was no problem, thank you", "strength"),
    ],
)
def test_negation_and_what_is_no_longer_so_turn_a_word_round(text: str, stance: Stance) -> None:
    assert read(text) == stance


def test_a_cue_may_say_its_own_stance() -> None:
    assert read("There is damp on the wall", DAMP) == "concern"
    assert read("Mae lleithder ar y wal", DAMP) == "concern"


def test_what_stands_near_a_passage_outweighs_what_stands_far_from_it() -> None:
    assert read("The bus is brilliant. I waited there. We walked. The weather was bad.") == "strength"


def test_every_stance_word_list_has_both_languages() -> None:
    for entry in sign_entries():
        assert all((entry.cue.cy, entry.cue.en)), entry.owner
