"""Learning themes: from the cues on, explained by words, and the same from run to run."""

from pathlib import Path

import pytest

from involve.errors import BadInput
from involve.text.codebook import load_builtin, load_codebook
from involve.text.concepts import Codebook
from involve.text.learning.model import load_model, save_model
from involve.text.learning.train import Example, learn
from involve.text.pipeline import analyse

CODEBOOK = """
[[themes]]
id = "dŵr"
cues = { cy = ["afon"], en = ["river"] }

[[themes]]
id = "bysiau"
cues = { cy = ["bws"], en = ["bus"] }
"""
ROWS = [
    ("The river is brown", "dŵr"),
    ("Mae’r afon yn frown", "dŵr"),
    ("Dead trout again this week", "dŵr"),
    ("Brithyll marw yn y nant", "dŵr"),
    ("The otters have gone from the weir", "dŵr"),
    ("Trout and otters gone, foam on the weir", "dŵr"),
    ("No trout left under the bridge", "dŵr"),
    ("They fished out forty dead trout", "dŵr"),
    ("Nobody tests the weir for what kills trout", "dŵr"),
    ("I counted dead trout with my boy", "dŵr"),
    ("Mae’r brithyll wedi diflannu", "dŵr"),
    ("The bus never comes", "bysiau"),
    ("Dim bws ar ddydd Sul", "bysiau"),
    ("Two hours in the shelter again", "bysiau"),
    ("Timetable on the shelter is a lie", "bysiau"),
    ("No shelter, no timetable, no hope", "bysiau"),
    ("The shelter was smashed", "bysiau"),
    ("Driver drove past the shelter", "bysiau"),
    ("Missed my shift, the timetable changed", "bysiau"),
    ("Cafodd yr amserlen ei newid", "bysiau"),
    ("The timetable is only online", "bysiau"),
    ("Nobody reads a timetable twice", "bysiau"),
]


@pytest.fixture
def codebook(tmp_path: Path) -> Codebook:
    (tmp_path / "themes.toml").write_text(CODEBOOK, encoding="utf-8")
    return load_codebook(tmp_path / "themes.toml")


@pytest.fixture
def examples() -> list[Example]:
    return [Example(text, frozenset({theme})) for text, theme in ROWS]


def themes(text: str, codebook: Codebook, model: object) -> dict[str, tuple[str, ...]]:
    found = analyse(text, load_builtin(), codebook, model).tags  # type: ignore[arg-type]
    return {tag.concept: tuple(each.text for each in tag.passages) for tag in found if tag.scheme == "theme"}


def test_a_word_that_no_cue_names_is_learnt_and_shown_as_the_reason(
    codebook: Codebook, examples: list[Example]
) -> None:
    assert themes("More dead trout today", codebook, None) == {}
    learnt = themes("More dead trout today", codebook, learn(examples, codebook, folds=0))
    assert list(learnt) == ["dŵr"]
    assert any("trout" in words for words in learnt["dŵr"])


def test_the_cues_still_count_where_nothing_was_learnt_against_them(
    codebook: Codebook, examples: list[Example]
) -> None:
    model = learn(examples, codebook, folds=0)
    assert list(themes("Ges i fws adra", codebook, model)) == ["bysiau"]


def test_a_theme_with_few_examples_is_left_to_its_cues(codebook: Codebook, examples: list[Example]) -> None:
    few = [*examples[:4], *examples[11:]]
    model = learn(few, codebook, folds=0)
    assert "dŵr" not in model.weights
    assert model.examples["dŵr"] == 4
    assert list(themes("Nofio yn yr afon", codebook, model)) == ["dŵr"]


def test_the_same_stories_give_the_same_file_and_the_file_the_same_tags(
    codebook: Codebook, examples: list[Example], tmp_path: Path
) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    save_model(learn(examples, codebook), first)
    save_model(learn(examples, codebook), second)
    assert first.read_bytes() == second.read_bytes()
    loaded = load_model(first, codebook)
    assert themes("foam and trout", codebook, loaded).keys() == {"dŵr"}
    assert loaded.scores["all"]["stories"] == len(ROWS)
    assert {"cy", "en"} <= loaded.scores.keys()


def test_a_forgotten_story_leaves_no_word_of_its_own(codebook: Codebook, examples: list[Example]) -> None:
    secret = Example("The river smells of zyzzyva", frozenset({"dŵr"}))
    assert "zyzzyva" in learn([*examples, secret], codebook, folds=0).rarity
    assert "zyzzyva" not in learn(examples, codebook, folds=0).rarity


def test_a_model_of_another_codebook_is_refused_with_what_to_do(
    codebook: Codebook, examples: list[Example], tmp_path: Path
) -> None:
    save_model(learn(examples, codebook, folds=0), tmp_path / "m.json")
    (tmp_path / "other.toml").write_text(CODEBOOK.replace("river", "stream"), encoding="utf-8")
    with pytest.raises(BadInput, match="make it again with involve learn"):
        load_model(tmp_path / "m.json", load_codebook(tmp_path / "other.toml"))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"form": 1}', '{"form": 1, "codebook": 3}', "\x00"])
def test_what_is_no_model_is_refused(codebook: Codebook, tmp_path: Path, content: str) -> None:
    (tmp_path / "m.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match="involve learn"):
        load_model(tmp_path / "m.json", codebook)


def test_one_class_only_and_unknown_labels_are_refused(codebook: Codebook, examples: list[Example]) -> None:
    with pytest.raises(BadInput, match="nothing to tell apart"):
        learn(examples[:5], codebook)
    with pytest.raises(BadInput, match="trenau"):
        learn([*examples, Example("Trên", frozenset({"trenau"}))], codebook)
