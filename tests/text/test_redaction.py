"""Personal details are hidden behind a mark in both languages, and passages follow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve.text.redaction import Wording, mark_of, redact
from involve.text.types import Passage, PersonalDetail

TEXT = "Ffoniwch Siân ar 07700 900123 am y bws hwyr"
PHONE = PersonalDetail(17, 29, "phone")
NAME = PersonalDetail(9, 13, "name")


def passage(words: str, text: str = TEXT) -> Passage:
    start = text.index(words)
    return Passage(start, start + len(words), words)


def test_each_detail_gives_way_to_a_mark_in_both_languages() -> None:
    assert redact(TEXT, [PHONE, NAME]).text == "Ffoniwch [enw · name] ar [ffôn · phone] am y bws hwyr"


def test_a_text_without_details_stays_as_it_is() -> None:
    redacted = redact(TEXT, [])
    assert redacted.text == TEXT
    assert redacted.follow(passage("bws hwyr")) == passage("bws hwyr")


def test_a_passage_follows_to_where_its_words_now_stand() -> None:
    redacted = redact(TEXT, [PHONE, NAME])
    moved = redacted.follow(passage("y bws hwyr"))
    assert moved == passage("y bws hwyr", redacted.text)


def test_a_passage_over_a_detail_holds_the_whole_mark() -> None:
    moved = redact(TEXT, [PHONE]).follow(passage("900123 am y bws"))
    assert moved is not None
    assert moved.text == "[ffôn · phone] am y bws"


def test_a_passage_inside_a_detail_is_gone() -> None:
    assert redact(TEXT, [PHONE]).follow(passage("900123")) is None
    assert redact(TEXT, [PHONE]).follow(passage("07700 900123")) is None


def test_a_passage_hidden_by_two_details_that_touch_is_gone() -> None:
    redacted = redact(
        "Mair 07700 900123, hwyr", [PersonalDetail(0, 4, "name"), PersonalDetail(5, 17, "phone")]
    )
    assert redacted.follow(Passage(0, 18, "Mair 07700 900123,")) is None
    assert redacted.follow(Passage(0, 23, "Mair 07700 900123, hwyr")) is not None


def test_details_that_overlap_are_hidden_together_under_the_longest() -> None:
    details = [PersonalDetail(9, 20, "name"), PHONE, PersonalDetail(17, 19, "other")]
    assert redact(TEXT, details).text == "Ffoniwch [ffôn · phone] am y bws hwyr"


def test_details_beyond_the_text_are_cut_to_it() -> None:
    assert redact("bws", [PersonalDetail(-3, 99, "other"), PersonalDetail(2, 2, "name")]).text == mark_of(
        "other"
    )


@pytest.mark.parametrize(
    "kind", ["name", "phone", "email", "address", "postcode", "nhs", "nino", "dob", "vehicle"]
)
def test_every_mark_names_its_kind_in_welsh_and_in_english(kind: str) -> None:
    welsh, _, english = mark_of(kind)[1:-1].partition(" · ")  # type: ignore[arg-type]
    assert welsh
    assert english


def test_a_wording_stands_in_its_place_and_passages_around_it_follow() -> None:
    redacted = redact("the buss is late today", [], [Wording(4, 8, "bus")])
    assert redacted.text == "the bus is late today"
    assert redacted.follow(Passage(12, 16, "late")) == Passage(11, 15, "late")
    assert redacted.follow(Passage(4, 8, "buss")) == Passage(4, 7, "bus")


def test_what_is_hidden_stays_hidden_under_a_wording() -> None:
    wordings = [Wording(0, 20, "Ring 07700"), Wording(0, 8, "Ffonia")]
    assert redact(TEXT, [PHONE], wordings).text == "Ffonia Siân ar [ffôn · phone] am y bws hwyr"


def test_of_two_wordings_in_one_place_the_first_stands() -> None:
    wordings = [Wording(4, 11, "bus was"), Wording(4, 8, "bus")]
    assert redact("the buss is late", [], wordings).text == "the bus was late"


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.text(max_size=60), st.lists(spans, max_size=6), st.lists(spans, max_size=3), spans)
def test_a_passage_that_follows_always_quotes_the_redacted_text(
    text: str, hidden: list[list[int]], worded: list[list[int]], wanted: list[int]
) -> None:
    details = [PersonalDetail(start, end, "other") for start, end in hidden]
    start, end = (min(position, len(text)) for position in wanted)
    redacted = redact(text, details, [Wording(start, end, "geiriau") for start, end in worded])
    moved = redacted.follow(Passage(start, end, text[start:end]))
    assert moved is None or redacted.text[moved.start : moved.end] == moved.text
