"""Story codes: a slip is told from a wrong code, and nothing that is kept gives a code away."""

from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from involve.services.stories.codes import (
    ALPHABET,
    SECRET_LENGTH,
    CodeMistyped,
    group_code,
    hash_client,
    hash_code,
    hash_content,
    make_code,
    make_reference,
    read_code,
)
from tests.factories import CODE_KEY

CODES = st.uuids(version=4).map(lambda client_id: make_code(CODE_KEY, client_id))
PLACES = st.integers(0, 15)


def plain(code: str) -> str:
    return code.replace("-", "")


@given(CODES)
def test_a_code_is_four_groups_of_four_without_signs_that_are_misread(code: str) -> None:
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert not set(plain(code)) & set("ILOU")
    assert read_code(code) == code


@given(CODES, PLACES, st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_a_slip(code: str, place: int, wrong: str) -> None:
    letters = list(plain(code))
    if letters[place] == wrong:
        return
    letters[place] = wrong
    with pytest.raises(CodeMistyped):
        read_code("".join(letters))


@given(CODES, st.integers(0, SECRET_LENGTH - 2))
def test_two_neighbours_in_the_wrong_order_are_a_slip(code: str, place: int) -> None:
    letters = list(plain(code))
    if letters[place] == letters[place + 1]:
        return
    letters[place : place + 2] = reversed(letters[place : place + 2])
    with pytest.raises(CodeMistyped):
        read_code("".join(letters))


@given(CODES, PLACES)
def test_a_character_too_few_or_too_many_is_a_slip(code: str, place: int) -> None:
    letters = plain(code)
    for typed in (letters[:place] + letters[place + 1 :], letters[:place] + "7" + letters[place:]):
        with pytest.raises(CodeMistyped):
            read_code(typed)


@given(CODES, st.sampled_from([" ", "-", "–", ".", "  "]))
def test_case_spaces_and_hyphens_do_not_matter(code: str, between: str) -> None:
    assert read_code(f" {between.join(code.lower().split('-'))} ") == code
    assert read_code(between.join(plain(code))) == code


@given(CODES)
def test_letters_that_look_like_numbers_are_read_as_them(code: str) -> None:
    for number, letters in (("1", "ILil"), ("0", "Oo")):
        for letter in letters:
            assert read_code(code.replace(number, letter)) == code


@given(st.text(max_size=40))
@example("")
@example("٠١٢٣-٤٥٦٧-٨٩٠١-٢٣٤٥")
@example("ﬀﬀﬀﬀ-ﬀﬀﬀﬀ")
@example("\0" * 16)
@example("²²²²²²²²²²²²²²²²")
def test_whatever_is_typed_is_a_code_or_a_slip(typed: str) -> None:
    try:
        code = read_code(typed)
    except CodeMistyped:
        return
    assert set(plain(code)) <= set(ALPHABET)


def test_the_same_client_id_gives_the_same_code_under_the_same_key_only() -> None:
    client_id = UUID("6f0c4c53-5ee4-4c1d-9b3a-0c1f5d1b5a77")
    assert make_code(CODE_KEY, client_id) == make_code(CODE_KEY, client_id)
    assert make_code(CODE_KEY, client_id) != make_code(CODE_KEY + "!", client_id)
    assert make_code(CODE_KEY, client_id) != make_code(CODE_KEY, uuid4())


def test_hashes_for_different_purposes_never_agree() -> None:
    client_id = uuid4()
    code = make_code(CODE_KEY, client_id)
    hashes = {
        hash_client(CODE_KEY, client_id),
        hash_code(CODE_KEY, code),
        hash_content(CODE_KEY, {"text": code}),
        hash_code(CODE_KEY + "!", code),
    }
    assert len(hashes) == 4


def test_a_reference_is_two_groups_of_numbers_and_another_for_each_attempt() -> None:
    references = {make_reference(CODE_KEY, b"seed", attempt) for attempt in range(5)}
    assert len(references) == 5
    assert all(len(part) == 4 and part.isdecimal() for each in references for part in each.split("-"))


def test_groups_are_of_four() -> None:
    assert group_code("ABCDEFGH") == "ABCD-EFGH"
