"""The teller reads the translation of their story, and takes it down where it is not what they meant."""

import pytest

from involve.services.moderation.moderate import decide_story
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import withdraw_story
from involve.services.translations.translating import check_translation, keep_translation, open_translation
from involve.web.site import Site
from tests.factories import NOW, WELSH_STORY, make_staff, make_story
from tests.pages import Browser
from tests.web.conftest import SignIn

ENGLISH = "The last bus leaves at six, so I do not see my friends after work."
ASK = {"en": "/en/my-story/translation/en", "cy": "/cy/fy-stori/cyfieithiad/en"}


@pytest.fixture
def told(site: Site, project: str, page: Browser) -> Receipt:
    """A story with a public translation, opened by its teller."""
    with site.writing() as session:
        receipt = make_story(session, text=WELSH_STORY)
        writer, checker = make_staff(session, "analyst"), make_staff(session)
        decide_story(session, checker, receipt.reference, "published", NOW)
        version = open_translation(session, writer, receipt.reference, "en").version
        keep_translation(session, writer, receipt.reference, "en", ENGLISH, version, NOW)
        version = open_translation(session, checker, receipt.reference, "en").version
        check_translation(session, checker, receipt.reference, "en", version, NOW)
    page.post("/en/my-story", {"code": receipt.code})
    return receipt


@pytest.mark.parametrize(("path", "label"), [("/en/my-story", "by staff"), ("/cy/fy-stori", "gan staff")])
def test_the_teller_sees_the_translation_below_their_own_words(
    page: Browser, told: Receipt, path: str, label: str
) -> None:
    shown = page.get(path)
    translation = shown.one('.translated [lang="en"]')
    assert translation.get_text().strip() == ENGLISH
    assert label in shown.one(".translated__label").get_text()


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("words", ["", "Roeddwn i’n sôn am fy mrawd."])
def test_what_is_not_meant_leaves_the_public_page_at_once_and_tops_the_list(
    page: Browser, sign_in: SignIn, told: Receipt, language: str, words: str
) -> None:
    done = page.send(page.get(ASK[language]), form="#question", words=words)
    assert done.status == 200
    assert ENGLISH not in done
    assert ENGLISH not in page.get(f"/en/evidence/{told.reference}")
    assert page.client.get("/api/v1/stories").json["stories"][0]["translations"] == []
    staff = sign_in("analyst")
    assert "Not what was meant" in staff.get("/en/staff/translations").soup.select(".tasks li")[0].get_text()
    shown = staff.get(f"/en/staff/translations/{told.reference}/en")
    assert words in shown
    same = staff.send(shown, {"verdict": "keep"}, form="#translate")
    assert same.status == 422
    changed = staff.send(shown, {"verdict": "keep"}, form="#translate", text=ENGLISH + " My brother.")
    assert changed.status == 200
    checker = sign_in("moderator")
    at = checker.get(f"/en/staff/translations/{told.reference}/en")
    checker.send(at, {"verdict": "publish"}, form="#translate")
    assert "My brother." in page.get(f"/en/evidence/{told.reference}")
    assert words == "" or words not in page.get(f"/en/evidence/{told.reference}")


def test_words_that_are_too_long_come_back_and_change_nothing(page: Browser, told: Receipt) -> None:
    refused = page.send(page.get(ASK["en"]), form="#question", words="x" * 1001)
    assert refused.status == 422
    assert refused.fields("#question")["words"] == "x" * 1001
    assert ENGLISH in page.get(f"/en/evidence/{told.reference}")


def test_the_other_language_keeps_what_was_typed(page: Browser, told: Receipt) -> None:
    at = page.get(ASK["en"])
    switched = page.post(ASK["cy"], {**at.fields("#question"), "words": "Half", "switch": "1"})
    assert switched.fields("#question")["words"] == "Half"
    assert ENGLISH in page.get(f"/en/evidence/{told.reference}")


@pytest.mark.parametrize("path", ["/en/my-story/translation/cy", "/cy/fy-stori/cyfieithiad/x"])
def test_a_translation_that_is_not_there_leads_back_to_the_story(
    page: Browser, told: Receipt, path: str
) -> None:
    assert page.get(path).h1 in ("My story", "Fy stori")


def test_withdrawing_takes_the_translation_and_the_words_about_it(
    page: Browser, site: Site, told: Receipt
) -> None:
    page.send(page.get(ASK["en"]), form="#question", words="Cyfrinachzeb")
    with site.writing() as session:
        withdraw_story(session, told.story_id, NOW)
        assert session.connection().exec_driver_sql("select count(*) from translation").scalar_one() == 0
