"""The pages of what a decision stands on: nothing is left out or lost, and what is against it is read first."""

import pytest

from involve.models import Stage
from involve.services.deciding.decisions import DecisionDraft, draft_decision
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff, make_story
from tests.grounds import publish_with_ground
from tests.pages import Browser, Page
from tests.publications import Shown, add_rows, publish
from tests.web.conftest import SignIn

EVIDENCE = {"cy": "/cy/staff/penderfyniadau/1/tystiolaeth", "en": "/en/staff/decisions/1/evidence"}
PUBLISH = {"cy": "/cy/staff/penderfyniadau/1/cyhoeddi", "en": "/en/staff/decisions/1/publish"}
HEARD = {"cy": "/cy/staff/penderfyniadau/1/clywyd/", "en": "/en/staff/decisions/1/heard/"}
PUBLIC = {"cy": "/cy/penderfyniadau/1", "en": "/en/decisions/1"}
WHY = {"reason_cy": "Nid oes arian eleni.", "reason_en": "There is no money this year."}
WORRY = "I am afraid of the dark. Truly."
DRAFT = DecisionDraft(
    Bilingual("Bws am wyth", "A bus at eight"),
    Bilingual("Bydd bws am wyth.", "There will be a bus at eight."),
    Bilingual("Roedd y bws am saith yn y cynllun cyntaf.", "The first plan had it at seven."),
)


@pytest.fixture
def references(site: Site) -> list[str]:
    """Published stories: three on one goal, the newest of them with a concern."""
    with site.writing() as session:
        make_project(session)
        session.get_one(Stage, 1).rung = "consult"
        draft_decision(session, make_staff(session, "decision_maker"), 1, DRAFT, NOW)
        tags = [("goal", "cohesive", stance) for stance in ("strength", "idea", "concern")]
        words = ("All is well. Thanks.", "A bus at eight would do. Please.", WORRY)
        return add_rows(
            session, "bywyd-da", [Shown(text, tags=(tag,)) for text, tag in zip(words, tags, strict=True)]
        )


@pytest.fixture
def decider(sign_in: SignIn, references: list[str]) -> Browser:
    """A decision-maker of their project."""
    return sign_in("decision_maker")


def cite(decider: Browser, reference: str, side: str, *starts: str) -> Page:
    page = decider.get(f"/en/staff/decisions/1/stories/{reference}")
    return decider.send(page, form="#cite", sentences=list(starts), side=side)


def judge(decider: Browser, key: str, judgement: str, language: str = "en", **typed: str) -> Page:
    page = decider.get(HEARD[language] + key)
    return decider.send(page, form="#judge", judgement=judgement, **typed)


def publish_it(decider: Browser, language: str = "en", **typed: str) -> Page:
    return decider.send(decider.get(PUBLISH[language]), {"go": "publish"}, form="#publish", **typed)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_decision_without_evidence_is_refused_and_the_page_says_what_to_do(
    decider: Browser, page: Browser, language: str
) -> None:
    refused = publish_it(decider, language, **WHY)
    assert refused.status == 409
    assert {"cy": "Dewiswch eiriau y mae’n dibynnu arnynt", "en": "Choose words that it relies on"}[
        language
    ] in refused
    # Nothing typed is lost.
    assert {name: refused.fields("#publish")[name].strip() for name in WHY} == WHY
    assert refused.soup.select(f'a[href^="{EVIDENCE[language]}#"]')
    assert page.get(PUBLIC[language]).status == 404


@pytest.mark.parametrize("language", ["cy", "en"])
def test_what_is_on_the_page_is_what_the_public_reads_with_the_reason(
    decider: Browser, page: Browser, references: list[str], language: str
) -> None:
    cite(decider, references[1], "for", "0")
    assert {"cy": "heb ei ystyried eto", "en": "has not been considered yet"}[language] in publish_it(
        decider, language
    )
    judge(decider, "goal-cohesive", "not_followed", language, **WHY)
    last = decider.get(PUBLISH[language])
    # The words against it stand above the button.
    assert last.html.index("I am afraid of the dark.") < last.html.index('value="publish"')
    publish_it(decider, language, **WHY)
    public = page.get(PUBLIC[language])
    for words in (
        ("Wedi’i glywed, ond heb ei ddilyn", WHY["reason_cy"])
        if language == "cy"
        else (
            "Heard, but not followed",
            WHY["reason_en"],
        )
    ):
        assert words in public
    assert public.soup.select(f'a[href$="{references[1]}"]')
    assert public.soup.select(f'a[href$="{references[2]}"]')
    # These stories may not be quoted.
    assert "I am afraid" not in public
    assert "would do" not in public


def test_words_that_may_be_quoted_are_and_say_that_they_moved(
    decider: Browser, page: Browser, site: Site, references: list[str]
) -> None:
    with site.writing() as session:
        told = make_story(session, text="We walk home in the dark. Every night.")
        publish(session, told)
    cite(decider, told.reference, "for", "0")
    judge(decider, "goal-cohesive", "followed")
    publish_it(decider)
    assert "We walk home in the dark." in page.get(PUBLIC["en"])
    assert "moved since" not in page.get(PUBLIC["en"])
    with site.writing() as session:
        add_rows(session, "bywyd-da", [Shown()] * 3)
    moved = page.get(PUBLIC["en"])
    assert "then 4, now 7" in moved
    assert "The evidence has moved since" in moved
    assert "bryd hynny" in page.get(PUBLIC["cy"])


@pytest.mark.parametrize("missing", ["reason_cy", "reason_en"])
@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_reason_in_one_language_comes_back_with_all_that_was_typed(
    decider: Browser, missing: str, language: str
) -> None:
    refused = judge(decider, "goal-cohesive", "not_followed", language, **{**WHY, missing: " "})
    assert refused.status == 422
    assert refused.errors
    typed = refused.fields("#judge")
    assert typed["judgement"] == "not_followed"
    assert all(typed[name].strip() == words for name, words in WHY.items() if name != missing)
    kept = decider.get(EVIDENCE["en"])
    assert "Not considered yet" in kept.one("#heard ~ .tasks").get_text()


def test_words_are_taken_away_again_and_change_sides(decider: Browser, references: list[str]) -> None:
    evidence = cite(decider, references[2], "for", "0", "25")
    assert "I am afraid of the dark." in evidence
    evidence = cite(decider, references[2], "against", "25")
    (button, *_rest) = evidence.soup.select("button[name=away]")
    left = decider.send(evidence, {"away": str(button["value"])})
    assert left.text.count("I am afraid of the dark.") < evidence.text.count("I am afraid of the dark.")
    assert "Truly." in left
    again = decider.send(evidence, {"away": str(button["value"])})
    assert again.status == 200


def test_stories_are_searched_by_words_and_by_what_was_heard(decider: Browser, references: list[str]) -> None:
    found = decider.get("/en/staff/decisions/1/stories?q=bus")
    assert [each.get_text() for each in found.soup.select(".tasks a")] == [references[1]]
    assert (
        len(decider.get("/cy/staff/penderfyniadau/1/straeon?heard=goal-cohesive").soup.select(".tasks a"))
        == 3
    )
    assert decider.get("/en/staff/decisions/1/stories?heard=nothing").status == 404
    assert decider.get("/en/staff/decisions/1/stories?after=x").status == 400
    assert decider.get(f"/en/staff/decisions/1/stories?q={'a' * 300}").status == 200


def test_what_is_sent_that_was_not_on_the_page_is_refused_and_nothing_breaks(
    decider: Browser, references: list[str]
) -> None:
    page = decider.get(f"/en/staff/decisions/1/stories/{references[0]}")
    for sent in (
        {"sentences": ["1"], "side": "for"},
        {"sentences": [], "side": "for"},
        {"sentences": ["0"], "side": "beside"},
        {"sentences": ["0"]},
    ):
        refused = decider.send(page, form="#cite", **sent)
        assert refused.status == 422
        assert refused.errors
    for away in ("", "x", "9" * 30, "-1"):
        assert decider.send(decider.get(EVIDENCE["en"]), {"away": away}, form="main form").status == 200
    assert decider.get(HEARD["en"] + "read-1").status == 404


def test_a_public_decision_shows_its_evidence_and_lets_nobody_change_it(
    decider: Browser, site: Site, references: list[str]
) -> None:
    old = decider.get(f"/en/staff/decisions/1/stories/{references[0]}")
    with site.writing() as session:
        publish_with_ground(session, make_staff(session, "decision_maker"), 1)
    for answer in (
        decider.send(old, form="#cite", sentences=["0"], side="for"),
        decider.get(HEARD["en"] + "goal-cohesive"),
        decider.get("/en/staff/decisions/1/stories"),
        decider.post(EVIDENCE["en"], {"away": "1", **token(old)}),
    ):
        assert "cannot change any more" in answer
        assert "Words that it relies on" in answer
    assert decider.get(PUBLISH["en"]).h1 == "A bus at eight"


def token(page: Page) -> dict[str, str]:
    return {"csrf_token": page.fields("#cite")["csrf_token"]}
