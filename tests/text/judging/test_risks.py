"""Danger that nobody names is pieced together from notions beside each other; what is found is quoted."""

import pytest

from involve.text.codebook import load_builtin
from involve.text.judging.learn_risks import learn_risks, read_told
from involve.text.judging.risks import cut_into_stretches, notion_matcher, read_notions
from involve.text.language import identify_words
from involve.text.matching import Word, split_into_words
from involve.text.pipeline import analyse
from involve.text.risk import find_risk
from involve.text.tokens import tokenise


def words_of(text: str) -> tuple[Word, ...]:
    tokens = tokenise(text)
    return split_into_words(text, tokens, identify_words(tokens))


def test_each_notion_has_words_in_both_languages() -> None:
    assert all(len(notion["cy"]) >= 3 and len(notion["en"]) >= 3 for notion in read_notions())
    assert len({notion["id"] for notion in read_notions()}) == len(read_notions())


def test_a_notion_is_found_in_its_mutations() -> None:
    found = {
        hit.entry.owner[1] for hit in notion_matcher().find(words_of("Mae ganddi gleisiau ar ei braich"))
    }
    assert "injury" in found


def test_a_stretch_is_two_sentences_and_a_long_one_is_cut() -> None:
    stretches = list(cut_into_stretches(words_of("One bus. Two boats. Three trains."), []))
    assert [" ".join(word.surface for word in each.words) for each in stretches] == [
        "One bus Two boats",
        "Two boats Three trains",
        "Three trains",
    ]
    assert max(len(each.words) for each in cut_into_stretches(words_of("gair " * 500), [])) <= 60


def test_learning_tells_danger_from_what_only_sounds_like_it() -> None:
    rows = [
        {
            "text": f"He keeps the keys {when} and she is afraid.",
            "safeguarding": True,
            "sign": "He keeps the keys",
        }
        for when in ("now", "again", "today", "at night", "still", "here", "always", "too")
    ]
    rows += [
        {"text": f"The keeper has the keys {when} and the dog is afraid of the rain.", "safeguarding": False}
        for when in ("now", "again", "today", "at night", "still", "here", "always", "too")
    ]
    table = learn_risks(map(read_told, rows * 20), {})
    told, harmless = "He keeps the keys here and she is afraid.", "The dog is afraid of the rain again."
    assert find_risk(told, words_of(told), table)
    assert not find_risk(harmless, words_of(harmless), table)


@pytest.mark.parametrize(
    "text",
    [
        "He checks my phone and keeps my keys. I am scared to go home tonight.",
        "The little ones next door are on their own till midnight and come asking for bread.",
        "Ma hi’n gwisgo llewys hir a ma ofn arni fo. Ma fo’n cadw ei cherdyn banc hi.",
        "Ma’r nai yn cymryd ei phensiwn hi ac yn cloi’r drws. Ma hi’n crio bob nos.",
    ],
)
def test_what_is_found_is_quoted_by_place(text: str) -> None:
    risk = analyse(text, load_builtin()).risk
    assert risk
    assert all(text[each.start : each.end] == each.text for each in risk)


@pytest.mark.parametrize(
    "text",
    [
        "The bus was late again and the driver was kind about it.",
        "Mae’r feddygfa yn wych a’r nyrs yn garedig iawn.",
        "We lost the cup final on penalties and I cried laughing.",
        "My nan loves the lunch club, she has so many friends there.",
        "Nobody asked us before they shut the library.",
    ],
)
def test_an_ordinary_story_is_not_held(text: str) -> None:
    assert analyse(text, load_builtin()).risk == ()
