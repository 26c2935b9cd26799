"""The weights that the package carries belong to its codebook, start from it, and explain themselves."""

import json
from pathlib import Path

import pytest

from involve.errors import BadInput
from involve.text.codebook import load_builtin
from involve.text.finder import Finder
from involve.text.judging.evidence import gather_evidence
from involve.text.judging.learn import first_weights, learn_goals, read_story
from involve.text.judging.make import goal_files, mark_of, read_stories, risk_files
from involve.text.judging.make_risks import mark_of_risks
from involve.text.judging.table import LinearTable, load_tables, save_table
from involve.text.pipeline import analyse

FOLDER = Path(__file__).parents[1] / "stories"
STORIES = goal_files(FOLDER)


def test_the_weights_were_learnt_from_this_codebook_and_these_stories() -> None:
    tables = load_tables()
    assert tables is not None
    mark = mark_of(read_stories(STORIES))
    risk_mark = mark_of_risks(read_stories(risk_files(FOLDER)))
    assert [table.made_from["mark"] for table in tables] == [mark, mark, risk_mark], "run make weights"


def test_the_weights_say_what_they_were_learnt_from_and_how_well_in_each_language() -> None:
    tables = load_tables()
    assert tables is not None
    made_from = tables.goals.made_from
    assert made_from["stories"] == sum(made_from["languages"].values()) > 500
    assert set(made_from["micro_f1"]) == {"all", "cy", "en", "mixed"}


def test_a_notion_that_no_story_holds_keeps_the_weight_of_the_codebook() -> None:
    codebook = load_builtin()
    finder = Finder(codebook.concepts)
    told = [
        read_story(finder, "The bus never comes", {"cohesive": "concern"}),
        read_story(finder, "The nurse was kind", {"healthier": "strength"}),
    ]
    table = learn_goals(told, codebook, {})
    cohesive = next(concept for concept in codebook.concepts if concept.id == "cohesive")
    untold = [name for name in first_weights(cohesive) if "broadband" in name]
    assert untold
    assert all(table.weight(name, "cohesive") == first_weights(cohesive)[name] for name in untold)


def test_stories_move_the_weight_of_what_they_hold() -> None:
    codebook = load_builtin()
    finder = Finder(codebook.concepts)
    text = "The bus never comes"
    without = [
        read_story(finder, text, {}),
        read_story(finder, "The nurse was kind", {"cohesive": "strength"}),
    ]
    learnt = learn_goals(without, codebook, {})
    evidence = gather_evidence(without[0].words, without[0].hits)
    at = learnt.answers.index("cohesive")
    first = first_weights(next(concept for concept in codebook.concepts if concept.id == "cohesive"))
    before = sum(first.get(name, 0.0) * value for name, value in evidence.features)
    assert learnt.judge(evidence.features)[at] < before


def test_learning_is_the_same_every_time() -> None:
    codebook = load_builtin()
    finder = Finder(codebook.concepts)
    told = [read_story(finder, row["text"], row["goals"]) for row in read_stories(STORIES[:1])[:40]]
    assert learn_goals(told, codebook, {}).weights == learn_goals(told, codebook, {}).weights


def test_a_goal_told_by_its_topic_only_shows_the_words_of_the_topic() -> None:
    tags = analyse("Anglers found dead sewin below the outfall again", load_builtin()).tags
    assert [tag.concept for tag in tags if tag.scheme == "goal"][:1] == ["resilient"]
    assert all(tag.passages for tag in tags)


def test_a_saved_table_judges_as_before(tmp_path: Path) -> None:
    table = LinearTable(("a", "b"), (0.5, -0.5), {"bus": (1.0, -1.0)}, {"bus": 2.0}, {"mark": "x"})
    path = tmp_path / "table.json"
    save_table(table, path)
    held = json.loads(path.read_text(encoding="utf-8"))
    assert held["weights"] == {"bus": [2.0, 1.0, -1.0]}
    assert table.judge([("bus", 2.0), ("unknown", 9.0)]) == pytest.approx([2.5, -2.5])


def test_a_damaged_table_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from involve.text.judging import table

    for name in ("goals", "stances", "risks"):
        (tmp_path / f"{name}.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(table, "FOLDER", tmp_path)
    load_tables.cache_clear()
    try:
        with pytest.raises(BadInput, match="install Involve again"):
            load_tables()
    finally:
        monkeypatch.undo()
        load_tables.cache_clear()
