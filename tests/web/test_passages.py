"""Cutting a text at its passages: nothing of it is lost, doubled or moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve.web.passages import Piece, mark_passages, spans

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PASSAGES = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=8)


@pytest.mark.parametrize(
    ("passages", "pieces"),
    [
        ([], [("0123456789", False)]),
        ([(2, 4)], [("01", False), ("23", True), ("456789", False)]),
        ([(0, 10)], [("0123456789", True)]),
        ([(2, 4), (4, 6)], [("01", False), ("2345", True), ("6789", False)]),
        ([(2, 6), (3, 4)], [("01", False), ("2345", True), ("6789", False)]),
        ([(5, 7), (1, 3)], [("0", False), ("12", True), ("34", False), ("56", True), ("789", False)]),
        ([(8, 99)], [("01234567", False), ("89", True)]),
        ([(4, 4), (6, 5)], [("0123456789", False)]),
    ],
)
def test_a_text_is_cut_at_its_passages(
    passages: list[tuple[int, int]], pieces: list[tuple[str, bool]]
) -> None:
    assert mark_passages("0123456789", passages) == tuple(Piece(text, marked) for text, marked in pieces)


@given(TEXTS, PASSAGES)
def test_the_pieces_are_the_text_whatever_the_passages(text: str, passages: list[tuple[int, int]]) -> None:
    pieces = mark_passages(text, passages)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    covered = {at for start, end in passages for at in range(max(start, 0), min(end, len(text)))}
    marked = [piece.marked for piece in pieces for _ in piece.text]
    assert marked == [at in covered for at in range(len(text))]


def test_positions_are_code_points() -> None:
    assert mark_passages("👩‍👩‍👧 bus", [(6, 9)])[-1] == Piece("bus", True)


def test_details_are_shown_without_their_kinds() -> None:
    assert spans([(1, 2, "phone"), (3, 4, "name")]) == [(1, 2), (3, 4)]
