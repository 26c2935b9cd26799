"""Places of Wales are known in both languages and in every mutation."""

import pytest

from involve.text.lexicon import is_listed
from involve.text.mutation import mutated_forms
from involve.text.places import find_place, other_name, place_names
from involve.vocabulary.areas import AREAS


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.name.en)
def test_each_area_is_known_in_both_languages_and_every_mutation(area: object) -> None:
    names = area.name  # type: ignore[attr-defined]
    assert find_place(names.en) is not None
    for form in (names.cy, *mutated_forms(names.cy).values()):
        place = find_place(form)
        assert form == "Went" or (place is not None and place.cy == names.cy)


def test_a_mutated_name_says_which_mutation_was_undone() -> None:
    place = find_place("Mhontypridd")
    assert place is not None
    assert (place.key, place.mutation) == ("pontypridd", "nasal")


def test_a_place_without_its_capital_is_a_word() -> None:
    assert find_place("gaerdydd") is None
    assert find_place("") is None


def test_either_name_gives_the_other() -> None:
    assert other_name("abertawe") == "swansea"
    assert other_name("swansea") == "abertawe"
    assert other_name("bangor") is None


def test_no_mutated_form_is_a_common_english_word() -> None:
    forms = [form for form, place in place_names().items() if place.mutation]
    assert not [form for form in forms if is_listed(form.lower(), "en", exactly=True)]
