"""Mutations are made and undone as the grammar says."""

import pytest

from involve.text.mutation import demutate, mutated_forms


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pont", {"soft": "bont", "nasal": "mhont", "aspirate": "phont"}),
        ("tref", {"soft": "dref", "nasal": "nhref", "aspirate": "thref"}),
        ("cymuned", {"soft": "gymuned", "nasal": "nghymuned", "aspirate": "chymuned"}),
        ("bws", {"soft": "fws", "nasal": "mws"}),
        ("dŵr", {"soft": "ddŵr", "nasal": "nŵr"}),
        ("gardd", {"soft": "ardd", "nasal": "ngardd"}),
        ("llyfrgell", {"soft": "lyfrgell"}),
        ("rhaid", {"soft": "raid"}),
        ("meddygfa", {"soft": "feddygfa"}),
        ("afal", {"h": "hafal"}),
        ("chwarae", {}),
        ("theatr", {}),
        ("ffordd", {}),
        ("ysgol", {"h": "hysgol"}),
        ("siop", {}),
        ("", {}),
        ("Caerdydd", {"soft": "Gaerdydd", "nasal": "Nghaerdydd", "aspirate": "Chaerdydd"}),
        ("GWENT", {"soft": "WENT", "nasal": "NGWENT"}),
    ],
)
def test_a_word_takes_the_mutations_of_its_first_letter(word: str, expected: dict[str, str]) -> None:
    assert mutated_forms(word) == expected


@pytest.mark.parametrize(
    "word", ["pont", "tref", "cymuned", "bws", "dŵr", "gardd", "llaw", "rhaid", "mam", "afal", "Bangor"]
)
def test_every_mutation_can_be_undone(word: str) -> None:
    for kind, form in mutated_forms(word).items():
        assert (word, kind) in demutate(form)


def test_the_longest_beginning_is_undone_first() -> None:
    assert demutate("nghath") == (("cath", "nasal"),)
    assert demutate("law") == (("llaw", "soft"), ("glaw", "soft"))
    assert demutate("ffordd") == ()
