"""Answering what staff keep hearing: read oldest first, answered one or several at once, seen by whoever logged it."""

import pytest

from involve.models import User
from involve.web.site import Site
from tests.pages import Browser, Page
from tests.web.conftest import SignIn
from tests.web.insights.conftest import HEARD, LOG, MINE, log

LIST = {"cy": "/cy/staff/mewnwelediadau", "en": "/en/staff/insights"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])
TYPED = {"text_cy": "Rydym yn edrych ar hyn.", "text_en": "We are looking at this."}


@pytest.fixture
def decider(worker: Browser, sign_in: SignIn) -> Browser:
    """A decision-maker of the same body."""
    return sign_in("decision_maker")


def ids_on(page: Page) -> list[str]:
    return [str(box["value"]) for box in page.soup.select("input[name=insight]")]


@BOTH
def test_from_logged_to_answered_to_seen(worker: Browser, decider: Browser, language: str) -> None:
    log(worker, language, band="some")
    listed = decider.get(LIST[language])
    assert HEARD[language] in listed
    [insight_id] = ids_on(listed)
    form = decider.get(f"{LIST[language]}/{'ateb' if language == 'cy' else 'answer'}?insight={insight_id}")
    sent = decider.send(form, form="#answer", outcome="looking", **TYPED)
    assert sent.soup.select(".notice--good")
    assert ids_on(sent) == []
    home = worker.get(LOG[language])
    assert "(1 " in home.one(".before").get_text()
    mine = worker.get(MINE[language])
    assert TYPED[f"text_{language}"] in mine
    assert mine.soup.select("article .state--good")
    assert "(1 " not in worker.get(LOG[language]).one(".before").get_text()


@BOTH
def test_several_are_answered_at_once(worker: Browser, decider: Browser, language: str) -> None:
    for _each in range(3):
        log(worker, language)
    # A form that is sent by GET takes its choices into the address.
    chosen = decider.get(f"{LIST[language]}/{'ateb' if language == 'cy' else 'answer'}?insight=1&insight=3")
    decider.send(chosen, form="#answer", outcome="heard")
    assert ids_on(decider.get(LIST[language])) == ["2"]
    assert ids_on(decider.get(f"{LIST[language]}?answered=all")) == ["1", "2", "3"]


@BOTH
def test_a_mistake_is_told_and_everything_typed_stays(
    worker: Browser, decider: Browser, site: Site, language: str
) -> None:
    log(worker, language)
    with site.writing() as session:
        session.query(User).filter(User.email.like("worker%")).one().language = language
    other = {"cy": "en", "en": "cy"}[language]
    address = f"{LIST[language]}/{'ateb' if language == 'cy' else 'answer'}?insight=1"
    for typed, field in (
        ({}, "outcome"),
        ({"outcome": "cannot"}, f"text_{language}"),
        ({"outcome": "heard", f"text_{other}": "Geiriau"}, f"text_{language}"),
        ({"outcome": "heard", "text_cy": "x" * 2_001, "text_en": "x"}, "text_cy"),
        ({"outcome": "heard", "decision": "99"}, "decision"),
    ):
        refused = decider.send(decider.get(address), form="#answer", **typed)
        assert (refused.status, len(refused.errors)) == (422, 1), typed
        assert str(refused.one(".govuk-error-summary a")["href"]).startswith(f"#{field}")
        kept = refused.fields("#answer")
        assert all(kept.get(name) == value for name, value in typed.items() if name != "decision")


def test_nothing_chosen_or_of_two_projects_leads_back_with_a_word(decider: Browser) -> None:
    back = decider.get("/en/staff/insights/answer?project=bywyd-da")
    assert back.response.request.path == LIST["en"]
    assert back.soup.select(".notice--warn")
    assert back.one("#project option[selected]")["value"] == "bywyd-da"


@BOTH
def test_whoever_reads_sees_what_was_noticed(worker: Browser, decider: Browser, language: str) -> None:
    harm = {
        "cy": "Mae merched yn dweud bod eu gwŷr yn eu curo.",
        "en": "Women say that their partner hits them.",
    }
    log(worker, language, text=harm[language], idea="A safe room")
    listed = decider.get(LIST[language])
    assert listed.soup.select(".state--bad")
    opened = decider.get(f"{LIST[language]}/1")
    assert harm[language] in opened
    assert "A safe room" in opened
    assert opened.soup.select(".notice--warn")
    assert decider.get(f"{LIST[language]}/99999999999").status == 404
