"""Briefs: parts of strength that can be counted by hand, passages by a rule, and nothing that is not public."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import NotFound
from involve.services.evidence.filters import EvidenceFilter
from involve.services.findings import looked_at
from involve.services.findings.brief import Brief, write_brief
from involve.services.findings.passages import find_same
from involve.services.tellers.my_story import withdraw_story
from tests.factories import NOW, make_project, make_story
from tests.publications import Shown, add_rows, publish

CONCERN = (("goal", "healthier", "concern"),)
STRENGTH = (("goal", "healthier", "strength"),)
BOTH = (("goal", "healthier", "concern"), ("way", "prevention", "strength"))
LETTER = "We the people of this valley ask you to keep the minor injuries unit at our hospital open at night."
POWYS, GWYNEDD, CARDIFF = "W06000023", "W06000002", "W06000015"
OLD = NOW - timedelta(days=500)


def shown(text: str, language: str = "en", **more: object) -> Shown:
    return Shown(text, language, **{"tags": CONCERN, "quotable": True, **more})  # type: ignore[arg-type]


STORIES = (
    shown("Nid oes meddyg yn y pentref ac mae’r daith yn hir.", "cy", area=GWYNEDD, voice="participant"),
    shown("The doctor is ten miles away and the journey is long.", area=POWYS, told_as="on_behalf"),
    shown("There is no bus to the surgery, so I never see anybody there.", area=POWYS, now=OLD),
    shown("My surgery answers the telephone at once and everybody is kind.", tags=STRENGTH, area=CARDIFF),
    shown("Mae’r nyrs yn garedig iawn.", "cy", tags=STRENGTH, quotable=False),
    shown("Words about a doctor that nobody may quote: Cuddzebq.", quotable=False, voice="machine"),
    shown("Something else, of the arts.", tags=(("goal", "culture", "strength"),), area=POWYS),
)


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        add_rows(session, "bywyd-da", STORIES)
        yield session


def brief(session: Session, **wanted: object) -> Brief:
    return write_brief(session, EvidenceFilter(**wanted), NOW)  # type: ignore[arg-type]


def test_the_parts_of_strength_are_those_that_can_be_counted_on_the_stories(session: Session) -> None:
    part = brief(session, goal="healthier").strength
    assert (part.total, part.recent, part.read) == (6, 5, 6)
    assert (part.newest, part.oldest) == (NOW.date(), OLD.date())
    assert (part.own, part.on_behalf) == (5, 1)
    assert dict(part.languages) == {"en": 4, "cy": 2}
    assert dict(part.areas) == {POWYS: 2, GWYNEDD: 1, CARDIFF: 1}
    assert (part.regions, part.placeless) == (3, 2)
    assert (part.tellers, part.staff, part.machine) == (1, 4, 1)
    assert part.stances == {"concern": 4, "strength": 2}


def test_letters_of_a_campaign_count_as_one_wording(session: Session) -> None:
    copies = [shown(f"{LETTER} {name}") for name in ("Ann", "Bryn", "Carys", "Dafydd")]
    add_rows(session, "bywyd-da", copies)
    part = brief(session, goal="healthier").strength
    assert (part.total, part.read, part.distinct, part.copies, part.largest) == (10, 10, 7, 3, 4)
    quoted = [each.text for each in brief(session, goal="healthier").typical]
    assert sum(LETTER in each for each in quoted) <= 1


def test_what_is_said_against_a_finding_stands_beside_it_and_not_in_it(session: Session) -> None:
    found = brief(session, goal="healthier")
    assert (found.opposite, found.against) == ("strength", 2)
    assert [each.text for each in found.contrary] == [STORIES[3].text]
    assert STORIES[3].text not in [each.text for each in found.typical]
    turned = brief(session, goal="healthier", stance="strength")
    assert (turned.total, turned.opposite, turned.against) == (2, "concern", 4)
    assert brief(session, goal="healthier", stance="idea").opposite is None


def test_a_story_that_says_both_is_against_nothing(session: Session) -> None:
    add_rows(session, "bywyd-da", [shown("Both sides of it, at some length.", tags=BOTH, area=POWYS)])
    assert brief(session, area=POWYS).against == 1


def test_passages_take_turns_between_the_languages_and_only_what_may_be_quoted_is_quoted(
    session: Session,
) -> None:
    found = brief(session, goal="healthier")
    assert [each.language for each in found.typical] == ["cy", "en", "en"]
    assert "Cuddzebq" not in repr(found)
    assert "nyrs" not in repr(found)
    assert found == brief(session, goal="healthier")


def test_a_search_quotes_from_the_sentence_that_has_its_words(session: Session) -> None:
    text = "I came here long ago. My garden is large. In winter I am lonely for weeks. It passes."
    add_rows(
        session, "bywyd-da", [shown(text, area=POWYS), shown("Rwy’n unig yn y gaeaf.", "cy", area=POWYS)]
    )
    found = brief(session, words="loneliness", area=POWYS)
    assert (found.total, found.few) == (2, True)
    assert {each.text for each in found.typical} == {
        "[…] In winter I am lonely for weeks. It passes.",
        "Rwy’n unig yn y gaeaf.",
    }
    assert found.topics


def test_where_few_fit_it_is_said_which_choice_makes_them_few(session: Session) -> None:
    found = brief(session, goal="healthier", area=GWYNEDD, words="doctor")
    # The surgery is of the same topic. Other choices leave no more than there are.
    assert (found.total, [(each.kind, count) for each, count in found.wider]) == (1, [("area", 5)])
    assert brief(session, goal="healthier").wider == ()


def test_words_that_were_taken_back_are_in_no_brief(session: Session) -> None:
    receipt = make_story(session, text="The doctor never came, said Dychwelydzebq.")
    publish(session, receipt)
    assert "Dychwelydzebq" in repr(brief(session, words="doctor"))
    withdraw_story(session, receipt.story_id, NOW)
    session.flush()
    assert "Dychwelydzebq" not in repr(brief(session, words="doctor"))


def test_a_period_is_compared_with_the_one_before_it(session: Session) -> None:
    now, before = brief(session, goal="healthier").periods
    assert (now.since, now.until, now.total) == (date(2025, 4, 3), date(2026, 4, 2), 5)
    assert (before.since, before.until, before.total) == (date(2024, 4, 3), date(2025, 4, 2), 1)
    assert brief(session, goal="healthier").change == "alike"
    add_rows(session, "bywyd-da", [shown(f"The doctor is away, number {at}.") for at in range(8)])
    assert brief(session, goal="healthier").change == "more"
    day = NOW.date()
    one, other = brief(session, since=day, until=day).periods
    assert (one.total, other.since, other.until) == (14, day - timedelta(days=1), day - timedelta(days=1))
    for wanted in ({"since": day, "until": date(2026, 1, 1)}, {"until": date(1, 1, 1)}, {"since": date.min}):
        assert brief(session, **wanted).periods == ()


def test_of_many_stories_only_the_newest_are_read_and_the_counts_are_of_all(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked_at, "MOST_READ", 3)
    part = brief(session).strength
    assert (part.total, part.own, part.read, part.distinct) == (7, 6, 3, 3)
    assert dict(part.areas)[POWYS] == 3


def test_there_are_no_more_queries_for_more_stories(session: Session) -> None:
    wanted = {"goal": "healthier", "project": "bywyd-da", "words": "doctor"}
    count = count_queries(session, **wanted)
    add_rows(session, "bywyd-da", [shown(f"The doctor is away, number {at}.") for at in range(40)])
    session.flush()
    assert count_queries(session, **wanted) == count


def count_queries(session: Session, **wanted: object) -> int:
    asked: list[str] = []
    # What is remembered between transactions is read again, however many others are open just now.
    session.expire_all()
    session.info.setdefault("memory", {}).clear()
    engine = session.get_bind()
    note = lambda _c, _k, statement, *_more: asked.append(statement)  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    brief(session, **wanted)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_nothing_that_fits_is_said_and_unknown_projects_are_none(session: Session) -> None:
    found = brief(session, words="hippopotamus")
    assert (found.total, found.few, found.typical, found.opposite) == (0, True, (), None)
    assert found.strength.newest is None
    with pytest.raises(NotFound):
        brief(session, project="dim")


def test_a_quotation_has_the_same_sentences_of_its_translation() -> None:
    here, there = "Un frawddeg. Dwy frawddeg. Tair.", "One sentence. Two sentences. Three."
    assert find_same(here, there, 13, len(here)) == "[…] Two sentences. Three."
    assert find_same(here, "All of it in one.", 13, len(here)) is None
