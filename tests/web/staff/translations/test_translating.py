"""Translating on the pages: beside the story, checked by another, labelled in public, and nothing hidden gets out."""

import pytest

from involve.web.site import Site
from tests.factories import make_project, make_staff, make_story
from tests.pages import Browser, Page
from tests.publications import publish_without
from tests.web.conftest import SignIn

NAME = "Gwenllianzeb"
WELSH = f"Mae {NAME} yn aros am y bws bob bore.\n\nMae’n oer, ac mae’r ŵyn yn y glaw â’r tŷ ymhell."
ENGLISH = "[enw · name] waits for the bus every morning.\n\nIt is cold, and the lambs are in the rain."
LISTS = ("/en/staff/translations", "/cy/staff/cyfieithu")


@pytest.fixture
def analyst(sign_in: SignIn, site: Site) -> Browser:
    """A browser in which someone who reads no originals is signed in."""
    with site.writing() as session:
        make_project(session)
    return sign_in("analyst")


@pytest.fixture
def reference(site: Site, analyst: Browser) -> str:
    """A published Welsh story whose name is hidden, beside one that waits."""
    with site.writing() as session:
        moderator = make_staff(session)
        make_story(session)
        told = make_story(session, text=WELSH)
        publish_without(session, moderator, told, WELSH, NAME)
        return told.reference


def write(browser: Browser, reference: str, text: str, verdict: str = "keep") -> Page:
    at = browser.get(f"/en/staff/translations/{reference}/en")
    return browser.send(at, {"verdict": verdict}, form="#translate", text=text)


def publish(browser: Browser, reference: str) -> Page:
    at = browser.get(f"/cy/staff/cyfieithu/{reference}/en")
    return browser.send(at, {"verdict": "publish"}, form="#translate")


@pytest.mark.parametrize("path", LISTS)
def test_the_list_leads_to_a_story_and_counts_what_waits(analyst: Browser, reference: str, path: str) -> None:
    shown = analyst.get(path)
    assert len(shown.soup.select(".tasks li")) == 1
    link = shown.one(f'.tasks a[href*="{reference}"]')
    assert WELSH[:3] in analyst.get(str(link["href"]))
    assert analyst.get(f"{path}?into=cy").soup.select(".tasks li") == []
    assert analyst.get(f"{path}?into=zz&state=zz&start=-4&project=zz").status == 200


def test_the_page_of_a_published_story_leads_to_its_translation(
    analyst: Browser, sign_in: SignIn, reference: str
) -> None:
    link = analyst.get(f"/en/staff/stories/{reference}").one('a[href$="/en"][href*="translations"]')
    assert analyst.get(str(link["href"])).status == 200
    assert (
        not sign_in("decision_maker")
        .get(f"/en/staff/stories/{reference}")
        .soup.select(f'main a[href*="translations/{reference}"]')
    )


def test_a_translation_goes_from_draft_to_the_public_page_with_its_label(
    analyst: Browser, sign_in: SignIn, reference: str, page: Browser
) -> None:
    kept = write(analyst, reference, ENGLISH)
    assert "kept as a draft" in kept
    assert not kept.soup.select('button[value="publish"]')
    assert "lambs" not in page.get(f"/en/evidence/{reference}")
    publish(sign_in("moderator"), reference)
    for path in (f"/en/evidence/{reference}", f"/cy/tystiolaeth/{reference}", "/en/evidence", "/cy"):
        shown = page.get(path)
        original, translation = (
            shown.soup.select('main .words[lang="cy"]')[0],
            shown.one('main .translated .words[lang="en"]'),
        )
        assert shown.html.index("Mae’n oer") < shown.html.index("It is cold")
        assert "lambs" not in original.get_text()
        assert translation.get_text().strip().startswith("[enw · name] waits")
    assert "Translation into English by staff, checked by a second person on" in page.get("/en/evidence")
    assert "Cyfieithiad i’r Saesneg gan staff, wedi’i wirio gan ail berson" in page.get("/cy/tystiolaeth")


def test_the_list_unfolds_a_translation_into_the_language_of_the_page(
    analyst: Browser, sign_in: SignIn, reference: str, page: Browser
) -> None:
    write(analyst, reference, ENGLISH)
    publish(sign_in("moderator"), reference)
    assert page.get("/en/evidence").one(".translated").has_attr("open")
    assert not page.get("/cy/tystiolaeth").one(".translated").has_attr("open")


def test_programs_get_it_beside_the_original(
    analyst: Browser, sign_in: SignIn, reference: str, page: Browser
) -> None:
    write(analyst, reference, ENGLISH)
    publish(sign_in("moderator"), reference)
    (story,) = page.client.get("/api/v1/stories").json["stories"]
    assert story["text"].startswith("Mae [enw")
    assert story["translations"] == [{"language": "en", "text": ENGLISH, "checked_on": "2026-04-02"}]


@pytest.mark.parametrize("text", ["", "Somebody waits for the bus.", "x" * 30_001])
def test_a_mistake_keeps_everything_that_was_typed(analyst: Browser, reference: str, text: str) -> None:
    refused = write(analyst, reference, text)
    assert refused.status == 422
    assert refused.errors
    assert refused.fields("#translate")["text"] == text


def test_the_other_language_keeps_what_was_typed(analyst: Browser, reference: str) -> None:
    at = analyst.get(f"/en/staff/translations/{reference}/en")
    switched = analyst.post(
        f"/cy/staff/cyfieithu/{reference}/en", {**at.fields(), "text": "Half", "switch": "1"}
    )
    assert switched.status == 200
    assert switched.fields("#translate")["text"] == "Half"
    assert "Cyfieithu stori" in switched.h1


def test_a_colleague_who_was_quicker_is_told_of_and_nothing_is_lost(
    analyst: Browser, sign_in: SignIn, reference: str
) -> None:
    mine = analyst.get(f"/en/staff/translations/{reference}/en")
    write(sign_in("moderator"), reference, ENGLISH)
    stopped = analyst.send(mine, {"verdict": "keep"}, form="#translate", text=ENGLISH + " Mine.")
    assert stopped.status == 409
    assert stopped.fields("#translate")["text"] == ENGLISH + " Mine."
    kept = analyst.send(stopped, {"verdict": "keep"}, form="#translate")
    assert kept.fields("#translate")["text"] == ENGLISH + " Mine."


def test_who_changes_words_while_checking_leaves_them_to_another(
    analyst: Browser, sign_in: SignIn, reference: str, page: Browser
) -> None:
    write(analyst, reference, ENGLISH)
    changed = write(sign_in("moderator"), reference, ENGLISH + " More.", "publish")
    assert "Another person checks them" in changed
    assert "lambs" not in page.get(f"/en/evidence/{reference}")
    publish(analyst, reference)
    assert "lambs are in the rain. More." in page.get(f"/en/evidence/{reference}")


def test_a_hidden_name_stays_out_even_where_a_translator_writes_it(
    analyst: Browser, sign_in: SignIn, reference: str, page: Browser
) -> None:
    write(analyst, reference, f"{ENGLISH} Says {NAME}.")
    refused = publish(sign_in("moderator"), reference)
    assert refused.status == 422
    assert refused.errors
    assert NAME not in page.get(f"/en/evidence/{reference}").html


def test_no_page_of_translators_holds_words_that_are_not_published(analyst: Browser, reference: str) -> None:
    for path in (*LISTS, f"/en/staff/translations/{reference}/en", f"/cy/staff/cyfieithu/{reference}/en"):
        shown = analyst.get(path)
        assert shown.status == 200
        assert NAME not in shown.html


def test_a_sent_form_cannot_publish_what_its_sender_wrote(
    analyst: Browser, sign_in: SignIn, reference: str, page: Browser
) -> None:
    sign_in("moderator")
    write(analyst, reference, ENGLISH)
    assert publish(analyst, reference).status == 409
    assert "lambs" not in page.get(f"/en/evidence/{reference}")


@pytest.mark.parametrize("role", ["worker", "intermediary", "decision_maker"])
def test_other_roles_are_refused_clearly(sign_in: SignIn, reference: str, role: str) -> None:
    staff = sign_in(role)
    assert staff.get(f"/en/staff/translations/{reference}/en").status == 403
    assert staff.get("/en/staff/translations").status == 403


@pytest.mark.parametrize("tail", ["0000-0000/en", "%00/en", "x/cy", "0000-0000/zz"])
def test_what_is_not_there_is_not_found(analyst: Browser, tail: str) -> None:
    assert analyst.get(f"/en/staff/translations/{tail}").status == 404
