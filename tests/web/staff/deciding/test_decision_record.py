"""Writing a decision with its options, and noting what came of it: nothing typed is lost, errors say where."""

import pytest

from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff
from tests.grounds import publish_with_ground
from tests.pages import Browser, Page
from tests.web.conftest import SignIn

NEW = {
    "cy": "/cy/staff/prosiectau/bywyd-da/camau/1/penderfyniad",
    "en": "/en/staff/projects/bywyd-da/stages/1/decision",
}
OUTCOME = {"cy": "/cy/staff/penderfyniadau/1/canlyniad", "en": "/en/staff/decisions/1/outcome"}
WORDS = {
    "title_cy": "Bws am wyth",
    "title_en": "A bus at eight",
    "text_cy": "Bydd bws am wyth o’r gloch.",
    "text_en": "There will be a bus at eight o’clock.",
    "change_cy": "Roedd y bws am saith yn y cynllun cyntaf.",
    "change_en": "The bus was at seven in the first plan.",
}
OPTION = {"text_cy": "Saith", "text_en": "Seven", "reason_cy": "Rhy gynnar", "reason_en": "Too early"}


@pytest.fixture
def decider(sign_in: SignIn, site: Site) -> Browser:
    """A decision-maker of a project."""
    with site.writing() as session:
        make_project(session)
    return sign_in("decision_maker")


def option(place: int, **changed: str) -> dict[str, str]:
    """Return the fields of an option as they are sent."""
    return {f"option-{place}-{name}": text for name, text in {**OPTION, **changed}.items()}


def write(decider: Browser, page: Page, button: dict[str, str] | None = None, **typed: str) -> Page:
    """Send the form of a decision."""
    return decider.send(page, button, form="#decision", **{**WORDS, **typed})


def published(decider: Browser, site: Site) -> None:
    """Publish what the decider wrote."""
    with site.writing() as session:
        publish_with_ground(session, make_staff(session, "decision_maker"), 1, NOW)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_rows_of_options_come_and_go_by_buttons_and_keep_what_was_typed(
    decider: Browser, language: str
) -> None:
    form = write(decider, decider.get(NEW[language]), {"row": "add"})
    form = write(decider, form, {"row": "add"}, **option(0))
    assert form.status == 200
    form = write(decider, form, {"row": "remove-0"}, **option(1, text_cy="Wyth"), **{"option-1-chosen": "y"})
    typed = form.fields("#decision")
    assert (typed["rows"], typed["option-0-text_cy"], typed["option-0-chosen"]) == ("1", "Wyth", "y")
    assert "option-1-text_cy" not in typed
    assert typed["title_cy"] == WORDS["title_cy"]
    kept = write(decider, form)
    assert "Wyth" in kept
    assert {"cy": "Wedi’i ddewis", "en": "Chosen"}[language] in kept


@pytest.mark.parametrize("language", ["cy", "en"])
def test_an_option_in_one_language_is_refused_where_it_stands(decider: Browser, language: str) -> None:
    form = write(decider, decider.get(NEW[language]), {"row": "add"})
    refused = write(decider, form, **option(0, text_en=""), question_cy="Pryd?")
    assert refused.status == 422
    links = [str(each["href"]) for each in refused.soup.select(".govuk-error-summary__list a")]
    assert links == ["#question_en", "#option-0-text_en"]
    assert refused.fields("#decision")["option-0-reason_cy"] == "Rhy gynnar"


def test_no_more_options_than_said_and_none_that_cannot_be_read(decider: Browser) -> None:
    form = decider.get(NEW["en"])
    many = {name: text for place in range(9) for name, text in option(place).items()}
    refused = write(decider, form, rows="9", **many)
    assert (refused.status, refused.errors) == (422, ["At most 8 options: remove one"])
    assert refused.fields("#decision")["option-8-text_en"] == "Seven"
    assert not refused.soup.select("button[value=add]")
    for typed in (
        {"rows": "1", **option(0, text_en="nul\0l")},
        {"rows": "1", **option(0, text_en="a" * 301)},
    ):
        assert write(decider, form, **typed).status == 422
    for rows in ("-1", "x", "٣", "9" * 400):
        assert write(decider, form, rows=rows, **option(0)).status == 200


def test_a_year_that_was_not_written_in_full_is_asked_for_again(decider: Browser) -> None:
    day = {"decided_on-day": "2", "decided_on-month": "3", "decided_on-year": "26"}
    refused = write(decider, decider.get(NEW["en"]), **day)
    assert refused.errors == ["Write the year in full; it cannot be before the Act of 2015"]
    assert refused.fields("#decision")["decided_on-year"] == "26"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_what_came_of_it_is_noted_and_public(
    decider: Browser, page: Browser, site: Site, language: str
) -> None:
    write(decider, decider.get(NEW["en"]))
    draft = decider.get(OUTCOME[language])
    assert {"cy": "ar ôl ei gyhoeddi", "en": "once it is public"}[language] in draft
    published(decider, site)
    noted = decider.send(
        decider.get(OUTCOME[language]),
        form="#outcome",
        status="under_way",
        text_cy="Mae’r bws ar y ffordd.",
        text_en="The bus is on its way.",
    )
    assert {"cy": "Ar waith", "en": "Under way"}[language] in noted
    shown = page.get({"cy": "/cy/penderfyniadau/1", "en": "/en/decisions/1"}[language])
    assert {"cy": "Mae’r bws ar y ffordd.", "en": "The bus is on its way."}[language] in shown


@pytest.mark.parametrize("language", ["cy", "en"])
def test_an_outcome_that_cannot_be_comes_back_with_all_that_was_typed(
    decider: Browser, site: Site, language: str
) -> None:
    write(decider, decider.get(NEW["en"]))
    published(decider, site)
    form = decider.get(OUTCOME[language])
    for typed, wrong in (
        ({"status": "not_done"}, "text_cy"),
        ({"status": "done", "text_cy": "Gwnaed"}, "text_en"),
        ({"status": "done", "on_day-year": "2027"}, "on_day-day"),
        ({"status": "done", "on_day-year": "2020"}, "on_day-day"),
        ({"status": "done", "on_day-day": "31", "on_day-month": "2"}, "on_day-day"),
        ({"status": "proposed"}, "status"),
        ({"status": "done", "text_cy": "a\0b", "text_en": "c"}, "text_cy"),
    ):
        refused = decider.send(form, form="#outcome", **typed)
        assert refused.status == 422
        first = str(refused.soup.select(".govuk-error-summary__list a")[0]["href"])
        assert first.startswith(f"#{wrong}")
        kept = refused.fields("#outcome")
        assert all(
            kept.get(name) == text for name, text in typed.items() if "\0" not in text and text != "proposed"
        )
