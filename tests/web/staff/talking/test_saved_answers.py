"""Saved answers: what staff save, what is refused with everything still there, and beginning an answer from one."""

import pytest

from involve.services.telling.answer_templates import save_answer
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff, make_story
from tests.pages import Browser
from tests.web.conftest import SignIn

CY, EN = "/cy/staff/prosiectau/bywyd-da/atebion-parod", "/en/staff/projects/bywyd-da/saved-answers"
WRITTEN = {
    "name": "Diolch",
    "text_cy": "Eich stori {cyfeirnod}: diolch.",
    "text_en": "Your story {reference}: thank you.",
}


@pytest.fixture
def moderator(sign_in: SignIn, site: Site) -> Browser:
    """A moderator of the body, which has a project that takes stories."""
    with site.writing() as session:
        make_project(session)
    return sign_in("moderator")


def test_an_answer_is_saved_changed_and_removed_on_the_way_from_the_outbox(moderator: Browser) -> None:
    outbox = moderator.get("/en/staff/projects/bywyd-da/outbox")
    empty = moderator.get(str(outbox.one("main a[href$=saved-answers]")["href"]))
    assert "At most 50." in empty
    form = moderator.get(str(empty.one("main a.button")["href"]))
    saved = moderator.send(form, form="#saved-answer", **WRITTEN)
    assert saved.h1 == "Saved answers"
    assert "Your story {reference}: thank you." in saved
    form = moderator.get(str(saved.one("section.card a")["href"]))
    changed = moderator.send(form, form="#saved-answer", **{**WRITTEN, "name": "Diolch i bawb"})
    assert "Diolch i bawb" in changed
    form = moderator.get(str(changed.one("section.card a")["href"]))
    removed = moderator.send(form, form="details form")
    assert "The saved answer is removed." in removed
    assert "Diolch i bawb" not in removed


@pytest.mark.parametrize(
    ("address", "wrong", "said"),
    [
        (
            f"{CY}/newydd",
            {"text_cy": "Annwyl {enw}"},
            "Nid oes maes o’r enw {enw}. Gall y rhain fod mewn ateb: {cyfeirnod}, {dyddiad}",
        ),
        (
            f"{EN}/new",
            {"text_en": "Dear {name}"},
            "There is no field {name}. These can stand in an answer: {reference}, {told_on}",
        ),
        (f"{EN}/new", {"text_cy": ""}, "Write it in Welsh too"),
        (f"{CY}/newydd", {"text_en": "Diolch."}, "Mae’r maes {reference} yn yr iaith arall ac nid yn hon."),
        (f"{EN}/new", {"text_en": "x" * 5001}, "This is too long: write at most 5,000 characters"),
        (f"{EN}/new", {"name": "bws"}, "Another saved answer has this name"),
    ],
)
def test_what_cannot_be_saved_is_said_by_the_field_and_everything_typed_is_still_there(
    moderator: Browser, site: Site, address: str, wrong: dict[str, str], said: str
) -> None:
    with site.writing() as session:
        staff = make_staff(session, "decision_maker")
        save_answer(session, staff, "bywyd-da", "Bws", Bilingual("Bydd bws.", "A bus comes."), NOW)
    typed = {**WRITTEN, **wrong}
    refused = moderator.send(moderator.get(address), form="#saved-answer", status=422, **typed)
    assert said in refused.one(".govuk-error-message").get_text()
    for name, value in typed.items():
        field = refused.one(f"[name={name}]")
        assert (field.get("value") or field.get_text()).strip() == value


def test_an_answer_begins_from_a_saved_one_and_what_was_written_stays(moderator: Browser, site: Site) -> None:
    with site.writing() as session:
        reference = make_story(session, tagged=False).reference
        staff = make_staff(session, "decision_maker")
        words = Bilingual(WRITTEN["text_cy"], WRITTEN["text_en"])
        saved = save_answer(session, staff, "bywyd-da", "Diolch", words, NOW)
    form = moderator.get(f"/cy/staff/atebion/newydd?story={reference}")
    begun = moderator.send(
        form, {"go": "begin"}, form="#reply", saved=str(saved), text_en="We read every story."
    )
    assert begun.one("[name=text_cy]").get_text().strip() == words.cy
    assert begun.one("[name=text_en]").get_text().strip() == f"We read every story.\n\n{words.en}"
    assert f"Your story {reference}: thank you." in moderator.send(begun, {"go": "preview"}, form="#reply")
    unpicked = moderator.send(form, {"go": "begin"}, form="#reply", text_en="We read every story.")
    assert "Dewiswch ateb parod yn gyntaf." in unpicked
    assert unpicked.one("[name=text_en]").get_text().strip() == "We read every story."
