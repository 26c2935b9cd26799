"""What may identify someone is found in both languages; bodies, places and saints are left alone."""

import time
from itertools import pairwise

import pytest

from involve.text.personal import find_personal
from tests.text.strange import STRANGE_TEXTS


def found(text: str) -> list[tuple[str, str]]:
    return [(text[detail.start : detail.end], detail.kind) for detail in find_personal(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ffoniwch fi ar 07700 900123.", [("07700 900123", "phone")]),
        (
            "Ring me on 01632 960001 or +44 7700 900456",
            [("01632 960001", "phone"), ("+44 7700 900456", "phone")],
        ),
        ("tel. (029) 2018 0123", [("(029) 2018 0123", "phone")]),
        ("bethan.huws@example.com yw'r e-bost", [("bethan.huws@example.com", "email")]),
        ("see https://blog.example.org/me.", [("https://blog.example.org/me", "url")]),
        ("Cod post: LL98 7XY", [("LL98 7XY", "postcode")]),
        ("my postcode is cf99 1na", [("cf99 1na", "postcode")]),
        ("Fy rhif GIG yw 943 476 5919", [("943 476 5919", "nhs")]),
        ("NHS number 999 123 4567 on the letter", [("999 123 4567", "nhs")]),
        ("NI: QQ 65 43 21 A", [("QQ 65 43 21 A", "nino")]),
        ("card 4111 1111 1111 1111", [("4111 1111 1111 1111", "card")]),
        ("he parked CX70 ABD on the path", [("CX70 ABD", "vehicle")]),
        ("cefais fy ngeni ar 3 Mai 1956", [("3 Mai 1956", "dob")]),
        ("ganwyd hi 14/02/1980", [("14/02/1980", "dob")]),
        ("DOB 14.02.80", [("14.02.80", "dob")]),
        ("born on 1st March 1975", [("1st March 1975", "dob")]),
        ("IBAN GB82 WEST 1234 5698 7654 32", [("GB82 WEST 1234 5698 7654 32", "other")]),
        ("logged from 192.0.2.44 again", [("192.0.2.44", "other")]),
    ],
)
def test_a_structured_detail_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Rwy'n byw yn 14 Rhodfa'r Dderwen.", "14 Rhodfa'r Dderwen"),
        ("Dw i yn 4 Heol y Dŵr ers tro", "4 Heol y Dŵr"),
        ("Tŷ ni ydi 27 Ffordd Penmaen", "27 Ffordd Penmaen"),
        ("12 Stryd Fawr, plis", "12 Stryd Fawr"),
        ("the damp at 9 Castle Street is worse", "9 Castle Street"),
        ("Flat 2, 9 Castle Street", "Flat 2, 9 Castle Street"),
        ("Plot 7 Maes Helyg Park floods", "Plot 7 Maes Helyg Park"),
        ("I live on Bryn Street", "Bryn Street"),
        ("12a Maes-y-Dre", "12a Maes-y-Dre"),
    ],
)
def test_an_address_is_found_in_both_languages(text: str, address: str) -> None:
    assert (address, "address") in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fy enw i yw Sioned Haf Prydderch.", "Sioned Haf Prydderch"),
        ("Sioned ydw i o'r dre", "Sioned"),
        ("my name is Gulnara and I care for two", "Gulnara"),
        ("Mae Mrs Griffiths drws nesa yn helpu", "Mrs Griffiths"),
        ("y Parch John Elias oedd yno", "Parch John Elias"),
        ("Nyrs Mair roddodd y pigiad", "Nyrs Mair"),
        ("the GP, Dr Patel, was kind", "Dr Patel"),
        ("gan Ddafydd ap Gwilym", "Ddafydd ap Gwilym"),
        ("rhoddais y llythyr i Fethan ddoe", "Fethan"),
        ("siaradais â Charys am y peth", "Charys"),
        ("Gwen Parry said no", "Gwen Parry"),
        ("my neighbour Sreeja helps me", "Sreeja"),
        ("fy ŵyr Kacper sy'n sâl", "Kacper"),
        ("Mary O’Brien wrote it", "Mary O’Brien"),
        ("Catrin Rees-Hughes spoke", "Catrin Rees-Hughes"),
        ("Huw’s shop is shut", "Huw"),
        ("Diolch, Zofia", "Zofia"),
    ],
)
def test_a_name_is_found_by_itself_or_by_what_stands_around_it(text: str, name: str) -> None:
    assert (name, "name") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bwrdd Iechyd Prifysgol Betsi Cadwaladr",
        "Hywel Dda and Aneurin Bevan health boards",
        "Es i Eglwys Dewi Sant yn Nhyddewi",
        "St David's Church hall",
        "Ysgol Gyfun Gwynllyw ac Ysgol Glan Clwyd",
        "Prince Charles Hospital in Merthyr Tydfil",
        "Cyngor Gwynedd a Dyfed Powys",
        "The Welsh Government and Cardiff Council",
        "John Lewis has shut",
        "Llanrwst, Nant Gwrtheyrn a Chaernarfon",
        "Will you help? May I ask? Mark my words. Grace periods end.",
        "Pan es i i'r siop. Pam? Beth nawr?",
        "I was in hospital on 3 May 2021 for 65 days",
        "the bus at 10.30 on the A470 costs £2.50",
        "in CF10 and Swansea 1",
        "1234567890123",
        "https://www.gov.wales/transport",
        "Junction 33 of the M4",
        "2 Welsh classes and 30 children",
    ],
)
def test_bodies_places_saints_and_plain_figures_are_no_personal_details(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_a_strange_text_is_read_without_fault(text: str) -> None:
    details = find_personal(text)
    assert all(before.end <= after.start for before, after in pairwise(details))
    assert all(0 <= detail.start < detail.end <= len(text) for detail in details)


def test_a_very_long_text_takes_time_in_proportion() -> None:
    story = "Mae Bethan yn byw yn 4 Heol y Bont ac yn ffonio 07700 900123 bob dydd am y bws. "
    find_personal(story)
    started = time.process_time()
    find_personal(story * 100)
    once = time.process_time() - started
    started = time.process_time()
    find_personal(story * 1_000)
    assert time.process_time() - started < 30 * once + 1
