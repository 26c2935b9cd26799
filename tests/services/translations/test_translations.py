"""Translations of published stories: made and checked by people, and gone the moment their words may not be read."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import InvolveError, NotFound
from involve.models import Event, Translation
from involve.services.evidence.evidence import find_stories, get_story
from involve.services.evidence.filters import EvidenceFilter
from involve.services.moderation.moderate import ChangedMeanwhile, decide_story, redact_story
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import change_consent, withdraw_story
from involve.services.translations.translating import (
    OwnTranslation,
    TranslationRefused,
    TranslationView,
    check_translation,
    keep_translation,
    open_translation,
)
from involve.services.translations.translation_list import ListFilter, count_directions, list_waiting
from tests.factories import NOW, PUBLIC_USES, make_project, make_staff, make_story
from tests.publications import publish_without

LATER = NOW + timedelta(days=3)
NAME = "Gwenllianzeb"
WELSH = f"Mae {NAME} yn aros am y bws bob bore.\n\nMae’n oer, ac mae’r ŵyn yn y glaw â’r tŷ ymhell."
ENGLISH = "[enw · name] waits for the bus every morning.\n\nIt is cold, and the lambs are in the rain."
MIXED = "Dw i’n aros am y bws bob dydd, and it never comes when I need it to get to the surgery in town."


@pytest.fixture
def moderator(factory: SessionFactory) -> Actor:
    """A moderator of the test body, beside a project of another one with a published story."""
    with transaction(factory) as session:
        make_project(session)
        make_project(session, "arall", body="corff-arall")
        other = make_story(session, "arall")
        decide_story(session, make_staff(session, body="corff-arall"), other.reference, "published", NOW)
        return make_staff(session)


@pytest.fixture
def analyst(factory: SessionFactory, moderator: Actor) -> Actor:
    """An analyst of the same body, who reads no originals."""
    with transaction(factory) as session:
        return make_staff(session, "analyst")


@pytest.fixture
def told(factory: SessionFactory, moderator: Actor) -> Receipt:
    """A published Welsh story whose name is hidden, beside another."""
    with transaction(factory) as session:
        decide_story(session, moderator, make_story(session).reference, "published", NOW)
        receipt = make_story(session, text=WELSH)
        publish_without(session, moderator, receipt, WELSH, NAME)
        return receipt


def look(factory: SessionFactory, actor: Actor, told: Receipt, language: str = "en") -> TranslationView:
    with factory() as session:
        return open_translation(session, actor, told.reference, language)


def keep(
    factory: SessionFactory, actor: Actor, told: Receipt, text: str = ENGLISH, language: str = "en"
) -> None:
    version = look(factory, actor, told, language).version
    with transaction(factory) as session:
        keep_translation(session, actor, told.reference, language, text, version, LATER)


def check(factory: SessionFactory, actor: Actor, told: Receipt, language: str = "en") -> None:
    version = look(factory, actor, told, language).version
    with transaction(factory) as session:
        check_translation(session, actor, told.reference, language, version, LATER)


def public(factory: SessionFactory, told: Receipt) -> dict[str, str]:
    with factory() as session:
        story = get_story(session, told.reference)
        return {each.language: each.text for each in story.translations} if story else {}


def rows(factory: SessionFactory) -> list[Translation]:
    with factory() as session:
        return list(session.scalars(select(Translation)))


def test_a_translation_is_public_once_another_person_has_checked_it(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt
) -> None:
    keep(factory, analyst, told)
    assert public(factory, told) == {}
    with pytest.raises(OwnTranslation):
        check(factory, analyst, told)
    check(factory, moderator, told)
    assert public(factory, told) == {"en": ENGLISH}
    with factory() as session:
        listed = find_stories(session, EvidenceFilter(project="bywyd-da")).stories
        kinds = session.scalars(select(Event.kind).where(Event.subject_id == told.story_id)).all()
    assert [len(each.translations) for each in listed] == [1, 0]
    assert listed[0].translations[0].second
    assert {"translated", "translation_published"} <= set(kinds)


def test_who_is_alone_checks_their_own_and_it_says_so(
    factory: SessionFactory, moderator: Actor, told: Receipt
) -> None:
    keep(factory, moderator, told)
    assert look(factory, moderator, told).alone
    check(factory, moderator, told)
    with factory() as session:
        story = get_story(session, told.reference)
    assert story is not None
    assert [each.second for each in story.translations] == [False]


def test_changing_what_is_public_takes_it_off_the_page_until_it_is_checked(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt
) -> None:
    keep(factory, analyst, told)
    check(factory, moderator, told)
    keep(factory, moderator, told, ENGLISH + " More.")
    assert public(factory, told) == {}
    check(factory, analyst, told)
    assert public(factory, told) == {"en": ENGLISH + " More."}


def test_words_hidden_later_leave_the_public_page_at_once_and_no_translator_sees_them(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt
) -> None:
    keep(factory, analyst, told, ENGLISH.replace("lambs", "Bryngolauwyn lambs"))
    check(factory, moderator, told)
    start, end = WELSH.index("ŵyn"), WELSH.index("ŵyn") + 3
    name = WELSH.index(NAME)
    with transaction(factory) as session:
        spans = ((name, name + len(NAME), "name"), (start, end, "other"))
        redact_story(session, moderator, told.reference, spans, LATER)
    assert public(factory, told) == {}
    seen = look(factory, analyst, told)
    assert (seen.state, seen.text, seen.withheld, seen.may_check) == ("stale", "", True, False)
    assert "Bryngolauwyn" in look(factory, moderator, told).text
    with pytest.raises(TranslationRefused, match="marks"):
        keep(factory, analyst, told)
    new = ENGLISH.replace("lambs", "[manylion personol · personal details]")
    keep(factory, analyst, told, new)
    check(factory, moderator, told)
    assert public(factory, told) == {"en": new}


@pytest.mark.parametrize("take_back", ["withdraw", "consent", "hold"])
def test_nothing_of_a_translation_is_left_when_its_story_is_no_longer_public(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt, take_back: str
) -> None:
    keep(factory, analyst, told)
    check(factory, moderator, told)
    with transaction(factory) as session:
        if take_back == "withdraw":
            withdraw_story(session, told.story_id, LATER)
        elif take_back == "consent":
            change_consent(session, told.story_id, PUBLIC_USES - {"publish"}, "cy", LATER)
        else:
            decide_story(session, moderator, told.reference, "held", LATER)
    assert rows(factory) == []
    if take_back == "hold":
        with transaction(factory) as session:
            decide_story(session, moderator, told.reference, "published", LATER)
    assert public(factory, told) == {}


def test_consent_that_leaves_the_words_as_they_are_leaves_the_translation(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt
) -> None:
    keep(factory, analyst, told)
    check(factory, moderator, told)
    with transaction(factory) as session:
        change_consent(session, told.story_id, PUBLIC_USES - {"quote"}, "cy", LATER)
    assert public(factory, told) == {"en": ENGLISH}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("  ", "empty"),
        ("x" * 30_001, "too_long"),
        ("Somebody waits for the bus.", "marks"),
        (ENGLISH + " [ffôn · phone]", "marks"),
    ],
)
def test_what_is_no_translation_is_refused(
    factory: SessionFactory, analyst: Actor, told: Receipt, text: str, problem: str
) -> None:
    with pytest.raises(TranslationRefused, match=problem):
        keep(factory, analyst, told, text)
    assert rows(factory) == []


@pytest.mark.parametrize("name", [NAME, NAME.upper(), "Wenllianzeb", f"{NAME}’s"])
def test_a_hidden_name_is_not_published_in_any_form(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt, name: str
) -> None:
    keep(factory, analyst, told, f"{ENGLISH} Says {name}.")
    with pytest.raises(TranslationRefused, match="hidden"):
        check(factory, moderator, told)
    assert public(factory, told) == {}


def test_details_that_the_published_words_lack_are_pointed_out(
    factory: SessionFactory, analyst: Actor, told: Receipt
) -> None:
    keep(factory, analyst, told, ENGLISH + " Ring 01632 960123.")
    assert look(factory, analyst, told).noticed == ("01632 960123",)


def test_nobody_overwrites_what_they_have_not_seen(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt
) -> None:
    mine = look(factory, analyst, told).version
    keep(factory, moderator, told)
    for change in (keep_translation, check_translation):
        words = (ENGLISH,) if change is keep_translation else ()
        with pytest.raises(ChangedMeanwhile), transaction(factory) as session:
            change(session, analyst, told.reference, "en", *words, mine, LATER)  # type: ignore[operator]


def test_only_published_stories_are_translated_and_only_into_another_language(
    factory: SessionFactory, moderator: Actor, told: Receipt
) -> None:
    with transaction(factory) as session:
        waiting = make_story(session, text="Nid yw hon yn gyhoeddus o gwbl, ac ni ddylai neb ei darllen.")
    for receipt, language in ((waiting, "en"), (told, "cy"), (told, "fr")):
        with pytest.raises(NotFound):
            look(factory, moderator, receipt, language)


@pytest.mark.parametrize("role", ["worker", "intermediary", "decision_maker"])
def test_other_roles_and_other_bodies_translate_nothing(
    factory: SessionFactory, told: Receipt, role: str
) -> None:
    with transaction(factory) as session:
        strangers = make_staff(session, role), make_staff(session, "analyst", "corff-arall")
    for stranger in strangers:
        with pytest.raises(InvolveError, match=r"translate|not theirs"):
            look(factory, stranger, told)
        with factory() as session:
            assert told.reference not in {
                each.reference for each in list_waiting(session, stranger, ListFilter())
            }


def test_a_story_told_in_both_languages_can_have_both(
    factory: SessionFactory, moderator: Actor, analyst: Actor
) -> None:
    with transaction(factory) as session:
        told = make_story(session, text=MIXED)
        decide_story(session, moderator, told.reference, "published", NOW)
    for language in ("cy", "en"):
        keep(factory, analyst, told, f"{language}: …", language)
        check(factory, moderator, told, language)
    assert public(factory, told) == {"cy": "cy: …", "en": "en: …"}


def test_the_work_list_holds_what_changed_first_then_the_oldest_and_counts_each_direction(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt
) -> None:
    with transaction(factory) as session:
        newest = make_story(session)
        decide_story(session, moderator, newest.reference, "published", LATER)
        english = (
            find_stories(session, EvidenceFilter(language="en", project="bywyd-da")).stories[-1].reference
        )
    keep(factory, analyst, newest, "Drafft.", "cy")
    with transaction(factory) as session:
        redact_story(session, moderator, newest.reference, ((0, 5, "other"),), LATER)
    with factory() as session:
        listed = list_waiting(session, analyst, ListFilter())
        into = list_waiting(session, analyst, ListFilter(language="cy", project="bywyd-da", state="none"))
        counted = count_directions(session, analyst, ListFilter(), NOW + timedelta(days=10))
    assert [(each.reference, each.state) for each in listed] == [
        (newest.reference, "stale"),
        (english, "none"),
        (told.reference, "none"),
    ]
    assert [each.reference for each in into] == [english]
    assert [(each.told_in, each.language, each.waiting, each.longest, each.usual) for each in counted] == [
        ("cy", "en", 1, 10, 10),
        ("en", "cy", 2, 10, 7),
    ]


def test_a_search_looks_in_what_was_told_and_not_in_a_translation(
    factory: SessionFactory, moderator: Actor, analyst: Actor, told: Receipt
) -> None:
    keep(factory, analyst, told, ENGLISH.replace("lambs", "zebras"))
    check(factory, moderator, told)
    with factory() as session:
        assert find_stories(session, EvidenceFilter(words="zebras")).total == 0
        assert find_stories(session, EvidenceFilter(words="ŵyn")).total == 1
