"""Several stories on the page: what would happen is listed first, then done, then undone together."""

from involve.web.site import Site
from tests.factories import make_story
from tests.pages import Browser, Page
from tests.web.conftest import SignIn

PLAIN = "The park is closed in the evening and nobody knows why."
NAMED = "My neighbour Gwenllian Tudur rings 01632 960123 when the bus fails."


def choose(browser: Browser, verdict: str, *references: str, language: str = "en") -> Page:
    path = "/en/staff/several" if language == "en" else "/cy/staff/sawl-stori"
    return browser.get(f"{path}?verdict={verdict}" + "".join(f"&story={each}" for each in references))


def test_stories_are_published_together_after_a_look_and_undone_together(
    moderator: Browser, site: Site, page: Browser
) -> None:
    with site.writing() as session:
        plain, named = make_story(session, text=PLAIN).reference, make_story(session, text=NAMED).reference
    assert "You have not opened it" in choose(moderator, "published", plain, named)
    moderator.get(f"/en/staff/stories/{plain}")
    assert "Cyhoeddi sawl stori" in choose(moderator, "published", plain, named, language="cy").h1
    preview = choose(moderator, "published", plain, named)
    assert "noticed something" in preview
    assert page.get(f"/en/evidence/{plain}").status == 404
    queue = moderator.send(preview, {"go": "do"}, form="#several")
    assert "1 story is published" in queue
    assert (page.get(f"/en/evidence/{plain}").status, page.get(f"/en/evidence/{named}").status) == (200, 404)
    button = queue.one("form.undo button")
    undone = moderator.send(queue, {"together": str(button["value"])}, form="form.undo")
    assert "Undone for 1 story" in undone
    assert page.get(f"/en/evidence/{plain}").status == 404


def test_holding_several_needs_a_reason_and_keeps_the_ticks(moderator: Browser, site: Site) -> None:
    with site.writing() as session:
        references = [make_story(session, text=f"{PLAIN} {n}").reference for n in range(2)]
    refused = moderator.send(choose(moderator, "held", *references), {"go": "do"}, form="#several")
    assert refused.status == 422
    assert all(reference in refused for reference in references)
    assert "2 stories are held back" in moderator.send(
        refused, {"go": "do"}, form="#several", reason="second_look"
    )
    back = choose(moderator, "nonsense", *references)
    assert back.h1 == "Queue"
    assert len(back.soup.select("input[name=story][checked]")) == 2


def test_forged_forms_judge_nothing(moderator: Browser, sign_in: SignIn, site: Site, page: Browser) -> None:
    with site.writing() as session:
        reference = make_story(session, text=PLAIN).reference
    preview = choose(moderator, "published", reference)
    forged = {
        "csrf_token": preview.fields("#several")["csrf_token"],
        "verdict": "published",
        "story": reference,
    }
    for version in ("", "x", f"{reference}:", f"{reference}:0000", f"%00:{reference}", "0:0"):
        moderator.post("/en/staff/several", {**forged, "version": version})
    assert page.get(f"/en/evidence/{reference}").status == 404
    assert sign_in("analyst").get(f"/en/staff/several?verdict=held&story={reference}").status == 403
