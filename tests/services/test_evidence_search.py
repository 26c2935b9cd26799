"""Searching the evidence: what is found by which words, in either language, on both databases alike."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import count_facets
from involve.services.evidence.filters import EvidenceFilter
from tests.factories import make_project
from tests.publications import Shown, add_rows


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        yield session


def references(session: Session, **wanted: object) -> list[str]:
    return [story.reference for story in find_stories(session, EvidenceFilter(**wanted)).stories]  # type: ignore[arg-type]


TEXTS = {
    "doctor_cy": "Dw i’n methu gweld meddyg ers mis.",
    "doctor_soft": "Does dim feddyg i’w gael yma.",
    "doctors_cy": "Mae’r meddygon yn garedig iawn.",
    "place_cy": "Mae’r siopau yng Nghaernarfon yn cau.",
    "place_en": "The shops in Caernarfon are closing.",
    "accents": "Aeth y tŷ â’i ben iddo, a’r cŵn yn udo.",
    "bus_en": "The buses to the hospital stopped running.",
    "bus_cy": "Stopiodd y bysiau i’r ysbyty.",
    "quotes": 'She said "no bus" & 100% of us, O\'Brien too, walked; it’s <b>far</b>.',
    "emoji": "The park 🌳 is lovely 👩‍👩‍👧.",
    "arabic": "المستشفى بعيد جدا عن بيتنا",
    "noise": "Nothing here is about any of that.",
}
SEARCHES = [
    ("meddyg", {"doctor_cy", "doctor_soft", "doctors_cy"}),
    ("feddyg", {"doctor_cy", "doctor_soft", "doctors_cy"}),
    ("meddygon", {"doctor_cy", "doctor_soft", "doctors_cy"}),
    ("MEDDYG", {"doctor_cy", "doctor_soft", "doctors_cy"}),
    ("Caernarfon", {"place_cy", "place_en"}),
    ("Nghaernarfon", {"place_cy", "place_en"}),
    ("yng nghaernarfon", {"place_cy", "place_en"}),
    ("tŷ", {"accents"}),
    ("ty", {"accents"}),
    ("cwn", {"accents"}),
    ("cŵn", {"accents"}),
    ("ci", {"accents"}),
    ("bus", {"bus_cy", "bus_en", "quotes"}),
    ("buses", {"bus_cy", "bus_en", "quotes"}),
    ("hospital buses", {"bus_cy", "bus_en"}),
    ("buses hospital", {"bus_cy", "bus_en"}),
    ("bws", {"bus_cy", "bus_en", "quotes"}),
    ("fysiau", {"bus_cy", "bus_en", "quotes"}),
    ("ysbytai", {"bus_cy", "bus_en"}),
    ('"no bus"', {"quotes"}),
    ("“NO BUS”", {"quotes"}),
    ('"bus no"', set()),
    ('"i\'r ysbyty"', {"bus_cy"}),
    ('"ty a\'i ben"', {"accents"}),
    ('"buses to" hospital', {"bus_en"}),
    ('hospital -"buses to"', {"bus_cy"}),
    ("bus -hospital", {"bus_cy", "quotes"}),
    ("bus -ysbytai", {"bus_en", "quotes"}),
    ("bus -buses", {"bus_cy"}),
    ("O'Brien", {"quotes"}),
    ("o’brien", {"quotes"}),
    ("100%", {"quotes"}),
    ("far", {"quotes"}),
    ("<b>far</b>", {"quotes"}),
    ("bus*", {"bus_cy", "bus_en", "quotes"}),
    ("(bus", {"bus_cy", "bus_en", "quotes"}),
    ("-bus -meddyg -far", set(TEXTS) - {"doctor_cy", "doctor_soft", "doctors_cy", "bus_en", "quotes"}),
    ("!bus", {"bus_cy", "bus_en", "quotes"}),
    ("^bus", {"bus_cy", "bus_en", "quotes"}),
    ("bus:*", {"bus_cy", "bus_en", "quotes"}),
    ("bus & !hospital", {"bus_cy", "bus_en"}),
    ("bus | zzz", set()),
    ("NOT hospital", {"bus_cy", "bus_en"}),
    ("bus\\", {"bus_cy", "bus_en", "quotes"}),
    ("bus'", {"bus_cy", "bus_en", "quotes"}),
    ("bu%", set()),
    ("bu_s", set()),
    ("المستشفى", {"arabic"}),
    ("بيتنا المستشفى", {"arabic"}),
    ("park 🌳", {"emoji"}),
    ("zzzz", set()),
    ("bus\0", {"bus_cy", "bus_en", "quotes"}),
    ("bus\n", {"bus_cy", "bus_en", "quotes"}),
]


@pytest.fixture
def told(session: Session) -> dict[str, str]:
    """The names of TEXTS by the reference of each, published."""
    added = add_rows(session, "bywyd-da", [Shown(text) for text in TEXTS.values()])
    return dict(zip(added, TEXTS, strict=True))


def test_a_search_finds_every_form_of_its_words_and_the_topic_in_the_other_language(
    session: Session, told: dict[str, str]
) -> None:
    wrong = {}
    for words, expected in SEARCHES:
        names = {told[reference] for reference in references(session, words=words)}
        if names != expected:
            wrong[words] = names ^ expected
    assert wrong == {}


def test_the_best_answers_come_first_and_say_why(session: Session, told: dict[str, str]) -> None:
    wanted = EvidenceFilter(words="bysiau")
    first = find_stories(session, wanted, 1, sort="match")
    rest = find_stories(session, wanted, 5, first.next, sort="match")
    names = [told[each.reference] for each in (*first.stories, *rest.stories)]
    assert dict(zip(names, first.matches + rest.matches, strict=True)) == {
        "bus_cy": "exact",
        "bus_en": "topic",
        "quotes": "topic",
    }
    assert names[0] == "bus_cy"
    assert (rest.next, first.total, rest.total) == (None, 3, 3)


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_a_search_for_nothing_leaves_everything(session: Session, told: dict[str, str], words: str) -> None:
    assert len(references(session, words=words)) == len(TEXTS)


@pytest.mark.parametrize(
    "words", ["%", "_", "*", '"', "'", "🌳", "--", "()", "&", "\0", "\ud800", "؟", "‏", "%' or 1=1 --"]
)
def test_a_search_without_a_word_in_it_finds_nothing_and_fails_nowhere(
    session: Session, told: dict[str, str], words: str
) -> None:
    assert references(session, words=words) == []


@pytest.mark.parametrize("words", ["bus " * 2500, "b" * 10_000, "🌳" * 10_000, "ا" * 10_000, "(" * 10_000])
def test_a_search_of_ten_thousand_characters_is_answered(session: Session, words: str) -> None:
    assert find_stories(session, EvidenceFilter(words=words)).total >= 0
    assert isinstance(count_facets(session, EvidenceFilter(words=words)), tuple)


def test_a_story_is_found_by_its_place_in_either_language(session: Session) -> None:
    (story,) = add_rows(session, "bywyd-da", [Shown("Does dim gwaith yn Abertawe.")])
    assert references(session, words="Swansea") == references(session, words="Abertawe") == [story]
