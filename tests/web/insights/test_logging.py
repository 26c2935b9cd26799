"""Logging what I keep hearing: one page, one press, nothing typed lost, and my own list."""

import pytest
from sqlalchemy import func, select

from involve.models import Insight
from involve.web.site import Site
from tests.factories import make_project
from tests.pages import Browser
from tests.web.conftest import SignIn
from tests.web.insights.conftest import FORM, HEARD, LOG, MINE, log

BOTH = pytest.mark.parametrize("language", ["cy", "en"])


def kept(site: Site) -> list[Insight]:
    with site.reading() as session:
        return list(session.scalars(select(Insight).order_by(Insight.id)))


@pytest.mark.parametrize(("role", "language"), [("worker", "cy"), ("intermediary", "en")])
def test_who_works_with_people_arrives_at_the_form_and_one_press_logs(
    sign_in: SignIn, site: Site, role: str, language: str
) -> None:
    with site.writing() as session:
        make_project(session)
    browser = sign_in(role)
    first = browser.get(f"/{language}/staff")
    assert first.response.request.path == LOG[language]
    receipt = browser.send(first, form=FORM, text=HEARD[language], band="few", how="own")
    assert HEARD[language] in receipt
    [row] = kept(site)
    assert (row.text, row.band, row.how, row.area) == (HEARD[language], "few", "own", None)
    assert HEARD[language] in browser.get(MINE[language])


def test_the_only_project_is_chosen_and_with_more_the_last_one_used(worker: Browser, site: Site) -> None:
    assert worker.get(LOG["en"]).fields(FORM)["project"] == "bywyd-da"
    with site.writing() as session:
        make_project(session, "ail")
    log(worker, project="ail", area="W06000002")
    again = worker.get(LOG["en"])
    assert (again.fields(FORM)["project"], again.fields(FORM)["area"]) == ("ail", "W06000002")
    assert again.soup.select("#area option")[0]["value"] == "W06000002"


def test_another_one_like_this_keeps_what_was_chosen_and_not_the_words(worker: Browser) -> None:
    receipt = log(worker, band="some", how="several", area="W06000003")
    like = worker.get(str(receipt.soup.select("main a.button")[0]["href"]))
    fields = like.fields(FORM)
    assert (fields["band"], fields["how"], fields["area"]) == ("some", "several", "W06000003")
    assert fields["text"] == ""


def test_a_second_press_and_a_reload_add_nothing(worker: Browser, site: Site) -> None:
    form = worker.get(LOG["en"])
    first = worker.send(form, form=FORM, text=HEARD["en"])
    second = worker.send(form, form=FORM, text=HEARD["en"])
    assert first.response.request.path == second.response.request.path
    assert len(kept(site)) == 1


def test_a_form_that_is_sent_again_with_other_words_is_kept_apart_and_nothing_is_lost(
    worker: Browser, site: Site
) -> None:
    form = worker.get(LOG["en"])
    worker.send(form, form=FORM, text=HEARD["en"])
    asked = worker.send(form, form=FORM, text="Something else altogether is said as well.")
    assert (asked.status, len(asked.errors)) == (422, 1)
    assert len(kept(site)) == 1
    worker.send(asked, form=FORM)
    assert [row.text for row in kept(site)][1:] == ["Something else altogether is said as well."]


@BOTH
def test_each_mistake_is_told_and_everything_typed_stays(worker: Browser, site: Site, language: str) -> None:
    for field, wrong in (
        ("text", ""),
        ("text", "x" * 2_001),
        ("text", "a\x01b"),
        ("idea", "x" * 1_001),
        ("band", "dozens"),
        ("how", "dreamt"),
        ("area", "W99"),
        ("project", "arall"),
    ):
        typed = {"text": HEARD[language], "idea": "Bws mini", "area": "W06000001", field: wrong}
        refused = log(worker, language, **typed)
        assert (refused.status, len(refused.errors)) == (422, 1), field
        fields = refused.fields(FORM)
        assert all(fields[name] == typed[name] for name in {"text", "idea", "area"} - {field}), field
    assert kept(site) == []


@BOTH
def test_the_other_language_keeps_everything_typed(worker: Browser, site: Site, language: str) -> None:
    other = {"cy": "en", "en": "cy"}[language]
    form = worker.get(LOG[language])
    button = form.one("button[name=switch]")
    assert button["formaction"] == LOG[other]
    sent = {**form.fields(FORM), "text": HEARD[language], "how": "colleague", "switch": "1"}
    switched = worker.post(LOG[other], sent)
    assert (switched.status, switched.fields(FORM)["text"]) == (200, HEARD[language])
    assert switched.fields(FORM)["how"] == "colleague"
    assert kept(site) == []


@pytest.mark.parametrize(("field", "language"), [("text", "cy"), ("idea", "en")])
def test_a_name_is_shown_before_sending_and_never_refused(
    worker: Browser, site: Site, language: str, field: str
) -> None:
    named = {"cy": "Mae Gwenllian Jones yn dweud hyn.", "en": "Mrs Gwenllian Jones says so."}[language]
    asked = log(worker, language, **{field: named})
    assert "Jones" in asked.one(".notice--warn mark").get_text()
    assert kept(site) == []
    worker.send(asked, form=FORM)
    assert len(kept(site)) == 1


def test_another_name_is_asked_about_again(worker: Browser, site: Site) -> None:
    asked = log(worker, text="Mrs Gwenllian Jones says so.")
    again = worker.send(asked, form=FORM, text="Mr Gethin Rees says so.")
    assert "Rees" in again.one(".notice--warn mark").get_text()
    assert kept(site) == []


@BOTH
def test_words_of_harm_tell_their_author_what_to_do_at_once(worker: Browser, language: str) -> None:
    harm = {
        "cy": "Mae mamau’n dweud wrtha i fod eu partner yn eu taro a’u bod yn ofni mynd adref.",
        "en": "Mothers tell me that their partner hits them and they are afraid to go home.",
    }[language]
    assert "999" in log(worker, language, text=harm).one(".notice--warn").get_text()
    assert log(worker, language).soup.select(".notice--warn") == []


@BOTH
def test_my_own_can_be_corrected_and_deleted(worker: Browser, site: Site, language: str) -> None:
    log(worker, language, band="many")
    mine = worker.get(MINE[language])
    correct, delete = (str(link["href"]) for link in mine.soup.select("article .row a"))
    corrected = worker.send(worker.get(correct), form=FORM, text="Pum bws yr wythnos sydd ar ôl.")
    assert "Pum bws yr wythnos" in corrected
    assert [row.band for row in kept(site)] == ["many"]
    page = worker.get(delete)
    assert "Pum bws" in page
    gone = worker.send(page)
    assert "Pum bws" not in gone
    assert worker.get(correct).status == 404


def test_pages_are_for_those_who_log(worker: Browser, sign_in: SignIn) -> None:
    for role in ("analyst", "decision_maker"):
        browser = sign_in(role)
        assert [browser.get(path).status for path in (LOG["en"], MINE["cy"])] == [403, 403]


def test_a_colleagues_insight_is_not_there(worker: Browser, sign_in: SignIn) -> None:
    receipt = log(worker)
    path = receipt.response.request.path
    colleague = sign_in("administrator")
    for address in (path, path.replace("kept", "correct"), path.replace("kept", "delete")):
        assert colleague.get(address).status == 404
    assert worker.get("/en/staff/insights/99999999999/kept").status == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(page: Browser) -> None:
    shown = page.get(LOG["cy"])
    assert shown.soup.select("input[type=password]")


def test_a_form_without_its_token_is_not_taken(worker: Browser, site: Site) -> None:
    sent = worker.send(worker.get(LOG["en"]), form=FORM, text=HEARD["en"], csrf_token=None)
    assert sent.status == 400
    with site.reading() as session:
        assert session.scalar(select(func.count()).select_from(Insight)) == 0
