"""The Welsh of the vocabulary, of the invented projects and of their replies is spelt right too."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from involve.vocabulary.kept import HOLDS, PEOPLE, UNTIL
from involve.vocabulary.personal_kinds import PERSONAL_KINDS
from involve.vocabulary.proxies import AGE_RULE, PROXIES
from involve.vocabulary.roles import ROLES
from involve.vocabulary.states import LANGUAGES, STANCES, STORY_STATES, TAG_STATES, TOLD_AS, VOICES
from involve.vocabulary.takebacks import TAKEBACKS
from tests.translations.test_spelling import misspelt

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = sorted((ROOT / "involve" / "vocabulary" / "data").glob("*.toml"))
DEMONSTRATION = ROOT / "involve" / "services" / "data" / "demonstration.toml"


def welsh_in(value: Any, key: str = "") -> Iterator[str]:
    """Yield the Welsh texts in what a TOML file holds, without where they come from."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "provenance":
                yield from welsh_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from welsh_in(inner, key)
    elif isinstance(value, str) and (key == "cy" or key.endswith("_cy")):
        yield value


def misspelt_in(texts: Iterator[str]) -> dict[str, str]:
    return {word: text for text in texts for word in misspelt(text)}


@pytest.mark.parametrize("path", VOCABULARY, ids=lambda path: path.stem)
def test_the_welsh_of_a_vocabulary_file_is_spelt_right(path: Path) -> None:
    texts = welsh_in(tomllib.loads(path.read_text(encoding="utf-8")))
    assert misspelt_in(texts) == {}


def test_the_welsh_of_the_terms_and_roles_is_spelt_right() -> None:
    terms = (*STORY_STATES, *TAG_STATES, *VOICES, *STANCES, *TOLD_AS, *LANGUAGES, *PERSONAL_KINDS)
    terms = (*terms, *HOLDS, *PEOPLE, *UNTIL, *TAKEBACKS)
    names = [term.name.cy for term in terms]
    roles = [text.cy for role in ROLES for text in (role.name, role.purpose)]
    rights = [text.cy for proxy in PROXIES for text in (proxy.name, proxy.choice, proxy.hint)]
    assert misspelt_in(iter([*names, *roles, *rights, AGE_RULE.cy])) == {}


def test_the_welsh_of_the_invented_projects_and_replies_is_spelt_right() -> None:
    data = tomllib.loads(DEMONSTRATION.read_text(encoding="utf-8"))
    assert misspelt_in(welsh_in({name: data[name] for name in ("body", "project", "reply")})) == {}


def test_texts_are_found_and_their_provenance_is_not() -> None:
    data = {"name_cy": "Enw", "name_en": "Name", "ask": [{"cy": "Pam?"}], "provenance": {"name_cy": ["own"]}}
    assert list(welsh_in(data)) == ["Enw", "Pam?"]
