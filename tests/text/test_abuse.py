"""Threats and hatred are noticed in both languages alike; anger, criticism and what somebody was told are not."""

import pytest

from involve.text.abuse import find_abuse
from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse
from tests.text.strange import STRANGE_TEXTS

# The same ordinary story in both languages: people are angry, name groups and tell what was done to them.
PAIRS = [
    ("Mae’r cyngor yn warthus a does neb yn gwrando.", "The council is a disgrace and nobody listens."),
    ("Dw i wedi cael llond bol ar y bws ’ma.", "I am sick to death of this bloody bus."),
    (
        "Mae’r ffoaduriaid yn byw drws nesa a’u plant yn yr ysgol gyda fy merch.",
        "The refugees live next door and their children are at school with my daughter.",
    ),
    (
        "Gwaeddodd rhywun arnon ni i fynd yn ôl i’n gwlad ein hunain.",
        "Someone shouted at us to go back to our own country.",
    ),
    (
        "Cafodd Mam ei hanfon adre o’r ysbyty yn rhy gynnar.",
        "They sent my mother back home from the hospital too early.",
    ),
    ("Mae prisiau tai yn lladd y pentre.", "House prices are killing the village."),
    ("Mae’r Saeson wedi prynu hanner y stryd.", "The English have bought half the street."),
    (
        "Dylid cau’r ffordd i geir o flaen yr ysgol.",
        "The road in front of the school should be closed to cars.",
    ),
    ("Saethwyd y ffilm yn y dre llynedd.", "The film was shot in the town last year."),
    ("Mae eisiau crogi’r drysau newydd yn y neuadd.", "The new doors in the hall need hanging."),
    ("Gobeithio bydd y planhigion ddim yn marw.", "I hope the plants do not die."),
    (
        "Galwodd y dyn fi’n fochyn brwnt am siarad Cymraeg.",
        "The man told me dirty foreigners should go back to where they came from.",
    ),
    (
        "Mae pawb yn gwybod lle dw i’n byw, pentre bach yw e.",
        "Everybody knows where I live, it is a small village.",
    ),
    ("Mae’r teithwyr ar y safle yn aros am ddŵr glân.", "The travellers on the site wait for clean water."),
]


@pytest.mark.parametrize(
    "text",
    [
        "I’ll kill you and your dog",
        "those councillors should all be shot",
        "go back to your own country",
        "Immigrants are vermin",
        "we know where you live",
        "she is a lying bitch",
        "Mi ladda i chi",
        "Fi’n mynd i’ch lladd chi",
        "Dylid eu crogi nhw i gyd",
        "maen nhw’n haeddu cael eu saethu",
        "Dos yn ôl i dy wlad dy hun",
        "Mae’r Saeson yn bla",
        "sipsiwn budr",
        "dwi’n gwybod lle ti’n byw",
        "GOBEITHIO BYDDAN NHW’N LLOSGI",
    ],
)
def test_a_threat_or_hatred_is_noticed_where_it_stands(text: str) -> None:
    passages = find_abuse(f"Roedd hi’n oer. {text}. It rained.")
    assert passages
    assert all(each.text.strip() in f"Roedd hi’n oer. {text}. It rained." for each in passages)
    assert all(each.start >= 16 for each in passages)


@pytest.mark.parametrize(
    ("radical", "mutated"), [("budr", "fudr"), ("brwnt", "frwnt"), ("lladron", "ladron")]
)
def test_welsh_is_noticed_in_each_mutation(radical: str, mutated: str) -> None:
    assert find_abuse(f"mae’r mewnfudwyr yn {radical}")
    assert find_abuse(f"mae’r mewnfudwyr yn {mutated}")


@pytest.mark.parametrize(("welsh", "english"), PAIRS)
def test_an_ordinary_story_is_not_noticed_in_either_language(welsh: str, english: str) -> None:
    assert (find_abuse(welsh), find_abuse(english)) == ((), ())


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_a_strange_text_is_read_without_fault(text: str) -> None:
    assert find_abuse(text) == ()


@pytest.mark.parametrize(("welsh", "english"), PAIRS)
def test_a_welsh_story_is_flagged_no_more_than_its_english_pair(welsh: str, english: str) -> None:
    one, other = analyse(welsh, load_builtin()), analyse(english, load_builtin())
    assert (one.risk, one.abuse, one.spam) == (other.risk, other.abuse, other.spam) == ((), (), ())
