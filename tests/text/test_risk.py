"""Words of harm are noticed in both languages; figures of speech are not."""

import pytest

from involve.text.risk import find_risk
from tests.text.strange import STRANGE_TEXTS


@pytest.mark.parametrize(
    "text",
    [
        "some nights I just want to end my life",
        "I don’t want to be here any more",
        "she has started self-harming again",
        "my partner is hitting me and I can't leave",
        "he threatened to kill me",
        "the children are left on their own most nights",
        "my carer shouts at mam and is rough with her",
        "he takes her pension every week",
        "Dwi ddim isio byw",
        "fi’n moyn marw weithiau",
        "mae hi'n hunan-niweidio",
        "Mae fy ngŵr yn fy mwrw",
        "mae o’n fy nharo i bob nos",
        "dwi ofn mynd adref ato fo",
        "mae'r plant ar eu pen eu hunain bob nos",
        "mae e wedi bygwth fy lladd",
        "MEDDWL AM HUNANLADDIAD",
        "Dw i am ladd fy hun.",
        "Mae pobl ifanc yn dweud wrtha i eu bod am ladd eu hunain.",
    ],
)
def test_a_sign_of_harm_is_noticed(text: str) -> None:
    passages = find_risk(text)
    assert passages
    assert all(text[each.start : each.end] == each.text for each in passages)


@pytest.mark.parametrize(
    "text",
    [
        "this queue will be the death of me",
        "I could murder a curry",
        "dwi bron â marw isio panad",
        "nearly killed myself laughing",
        "bored to death in the meetings",
        "the bills hit us hard this year",
        "more money for suicide prevention",
        "mae angen gwasanaeth cam-drin domestig lleol",
        "roedden ni am ladd ein hunain wrth chwerthin",
        "lladd amser yn aros am y bws",
        "I hurt myself when I fell on the icy pavement",
        "Dim bws",
        "",
    ],
)
def test_a_figure_of_speech_or_a_public_matter_is_not(text: str) -> None:
    assert find_risk(text) == ()


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_a_strange_text_is_read_without_fault(text: str) -> None:
    assert find_risk(text) == ()
