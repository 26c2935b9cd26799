"""Each kind of event that the code records has words in both languages, and a body to whose trail it belongs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from involve.services.trail.belonging import BODY, SHARED, USER, subjects_of_bodies
from involve.vocabulary.actions import ACTIONS
from involve.vocabulary.events import ACTORS, EVENT_KINDS
from tests.translations.test_spelling import misspelt

PACKAGE = Path(__file__).resolve().parents[2] / "involve"
# Functions that write a line: `record` itself, and those of a module that call it with their own arguments.
WRITERS = {"record", "_record", "_note"}
# Where the kind is made from something else, what it can be.
COMPUTED = {
    "services/tellers/conversation.py": {"teller_asked", "teller_told"},
    "services/publishing/corrections.py": {"correction_accepted", "correction_refused", "correction_undone"},
    "services/staff/member_changes.py": {"member_switched_off", "member_switched_on"},
    "services/moderation/judgements.py": {"judgement_upheld", "judgement_overturned", "declined"},
    "services/moderation/moderate.py": {"published", "held", "declined", "decline_proposed"},
    "services/codebook/drafting.py": {
        "codebook_theme_added",
        "codebook_theme_changed",
        "codebook_theme_retired",
        "codebook_theme_restored",
    },
    "services/deciding/options.py": {"option_accepted", "option_edited"},
    "services/deciding/panel.py": {"seat_taken", "seat_left"},
    "services/telling/answer_templates.py": {"answer_template_added", "answer_template_changed"},
    "services/stories/tags.py": {"tag_confirmed", "tag_rejected"},
}


def calls() -> Iterator[tuple[str, ast.Call, dict[str, str]]]:
    """Yield every call that writes a line: its file, the call, and the words that the file gives names to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            node.targets[0].id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }
        passing = {
            id(call)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name in WRITERS
            for call in ast.walk(node)
        }
        for node in ast.walk(tree):
            called = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WRITERS
            )
            if called and id(node) not in passing and len(node.args) > 2:  # type: ignore[attr-defined]
                yield path.relative_to(PACKAGE).as_posix(), node, names  # type: ignore[misc]


def word_of(node: ast.expr, names: dict[str, str]) -> str | None:
    """Return the word that an argument is, or None where it is computed."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return names.get(node.id) if isinstance(node, ast.Name) else None


def test_every_kind_of_event_has_words() -> None:
    known = {kind.id for kind in EVENT_KINDS}
    written = {(file, word_of(call.args[1], names), call.lineno) for file, call, names in calls()}
    assert len(written) > 40
    unknown = sorted({kind for _, kind, _ in written if kind is not None} - known)
    assert not unknown, f"write the words of {unknown} into involve/vocabulary/data/events.toml"
    unsaid = sorted(f"{file}:{line}" for file, kind, line in written if kind is None and file not in COMPUTED)
    assert not unsaid, f"say in COMPUTED which kinds of events these write: {unsaid}"
    assert {kind for kinds in COMPUTED.values() for kind in kinds} <= known


def test_every_line_belongs_to_a_body_or_to_all() -> None:
    known = {*subjects_of_bodies(), BODY, USER, *SHARED}
    named = {word_of(call.args[2], names) for _, call, names in calls()}
    lost = sorted(subject for subject in named if subject is not None and subject not in known)
    assert lost == [], (
        "the subject of an event is the name of a table that leads to a body by its foreign keys"
    )


@pytest.mark.parametrize("terms", [EVENT_KINDS, ACTORS, ACTIONS], ids=["events", "actors", "actions"])
def test_the_words_are_different_spelt_right_and_in_both_languages(terms: tuple) -> None:  # type: ignore[type-arg]
    assert len({term.id for term in terms}) == len(terms)
    for language in ("cy", "en"):
        words = [term.name.in_language(language) for term in terms]
        assert len(set(words)) == len(words)
        assert all(word[:1].isupper() and not word.endswith(".") for word in words)
    assert {word: term.id for term in terms for word in misspelt(term.name.cy)} == {}
