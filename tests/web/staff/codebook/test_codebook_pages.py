"""An analyst keeps a codebook on the site, sees what a change would do, releases it, and the public sees its names."""

from io import BytesIO

import pytest
from sqlalchemy import select

from involve.models import Publication
from involve.services.codebook.books import open_codebook
from involve.services.codebook.retagging import retag_where_due
from involve.services.staff.access import Actor
from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff
from tests.pages import Browser
from tests.publications import make_public
from tests.web.conftest import SignIn

BOOK = {"cy": "/cy/staff/prosiectau/bywyd-da/llyfr-codau", "en": "/en/staff/projects/bywyd-da/codebook"}
NEW = {"cy": BOOK["cy"] + "/thema-newydd", "en": BOOK["en"] + "/new-theme"}
BUSES = {
    "name_cy": "Bysiau",
    "name_en": "Buses",
    "definition_cy": "Teithio ar fws.",
    "definition_en": "Travelling by bus.",
    "cues_cy": "bws",
    "cues_en": "bus\r\ncoach",
}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@pytest.fixture
def analyst(sign_in: SignIn, site: Site) -> Browser:
    """An analyst of a body with a project and a published story."""
    with site.writing() as session:
        make_project(session)
        make_public(session, "There is no bus after six.")
    return sign_in("analyst")


def book_of(site: Site) -> tuple[object, object]:
    with site.writing() as session:
        actor: Actor = make_staff(session, "analyst")
        return open_codebook(session, actor, "bywyd-da")


@BOTH
def test_a_change_is_seen_before_it_is_saved_and_is_public_once_released(
    analyst: Browser, sign_in: SignIn, site: Site, language: str
) -> None:
    tried = analyst.send(analyst.get(NEW[language]), form="#theme", do="try", **BUSES)
    assert [quoted.text for quoted in tried.soup.select("#trial mark")] == ["bus"]
    assert tried.fields("#theme")["cues_en"].split() == ["bus", "coach"]
    assert book_of(site) == (None, None)
    saved = analyst.send(tried, form="#theme", do="save")
    assert BUSES[f"name_{language}"] in saved.text
    evidence = {"cy": "/cy/tystiolaeth?project=bywyd-da", "en": "/en/evidence?project=bywyd-da"}[language]
    assert "bywyd-da.buses" not in analyst.get(evidence).html
    analyst.send(saved, form='form[action$="/newid"], form[action$="/change"]', do="release")
    assert retag_where_due(site.factory, NOW) == 1
    shown = analyst.get(f"{evidence}&theme=bywyd-da.buses")
    assert BUSES[f"name_{language}"] in shown.one(".chip--theme").text
    with site.reading() as session:
        reference = session.scalars(select(Publication.reference)).one()
    story = analyst.get(f"{evidence.partition('?')[0]}/{reference}")
    assert BUSES[f"name_{language}"] in story.text
    # So it stands for whoever confirms or rejects what the machine says.
    desk = sign_in("moderator")
    judged = desk.get(
        {"cy": f"/cy/staff/straeon/{reference}", "en": f"/en/staff/stories/{reference}"}[language]
    )
    assert judged.soup.select('button[value="confirmed:theme:bywyd-da.buses"]')
    assert BUSES[f"name_{language}"] in judged.text


def test_a_codebook_in_one_language_says_what_is_missing_and_is_not_released(
    analyst: Browser, site: Site
) -> None:
    half = {**BUSES, "definition_cy": "", "cues_cy": ""}
    saved = analyst.send(analyst.get(NEW["en"]), form="#theme", do="save", **half)
    assert "It has no Welsh words" in saved.text
    kept = analyst.send(saved, form='form[action$="/change"]', do="release")
    assert "The codebook is not released" in kept.text
    assert book_of(site)[0] is None


@BOTH
def test_what_was_typed_stays_when_it_cannot_be_saved(analyst: Browser, language: str) -> None:
    form = analyst.get(NEW[language])
    wrong = analyst.send(
        form, form="#theme", do="save", **{**BUSES, "name_cy": "", "name_en": "", "cues_en": "b*s"}
    )
    assert len(wrong.errors) == 2
    assert wrong.fields("#theme")["definition_cy"] == "Teithio ar fws."


@BOTH
def test_every_page_of_a_codebook_is_in_both_languages(analyst: Browser, language: str) -> None:
    analyst.send(analyst.get(NEW["en"]), form="#theme", do="save", **BUSES)
    parts = {
        "cy": ("prawf", "fersiynau/1", "mewnforio", "themau/buses"),
        "en": ("trial", "versions/1", "import"),
    }
    for part in parts[language]:
        assert analyst.get(f"{BOOK[language]}/{part}").status == 200
    listed = analyst.get({"cy": "/cy/staff/llyfrau-codau", "en": "/en/staff/codebooks"}[language])
    assert BOOK[language] in str(listed.soup)
    file = analyst.client.get(f"{BOOK[language]}/{'ffeil' if language == 'cy' else 'file'}?form=json")
    assert file.json["themes"][0]["name"] == {"cy": "Bysiau", "en": "Buses"}


@BOTH
def test_a_wrong_file_is_explained_and_a_right_one_goes_into_the_draft(
    analyst: Browser, language: str
) -> None:
    address = f"{BOOK[language]}/{'mewnforio' if language == 'cy' else 'import'}"
    wrong = analyst.send(analyst.get(address), form="#bring", file=(BytesIO(b"{"), "a.json"))
    assert wrong.status == 422
    assert "JSON" in wrong.text
    right = b'[[themes]]\nid = "bws"\nname = { cy = "Bysiau", en = "Buses" }\n'
    analyst.send(analyst.get(address), form="#bring", file=(BytesIO(right), "a.toml"))
    assert BUSES[f"name_{language}"] in analyst.get(BOOK[language]).text
