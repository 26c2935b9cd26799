"""Accounts of what changed: by project, body, goal and area; what is open; what belongs to nobody; and in a frame."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.models import Decision, DecisionPassage, DecisionTheme, Outcome, Publication, PublicationTag
from involve.services.projects.projects import find_project
from involve.services.returns.scopes import PAGE
from involve.web.site import Site
from tests.factories import NOW, make_project
from tests.pages import Browser, words_of
from tests.publications import Shown, add_rows, make_public

FIRST = "/en/what-changed"
CARDIFF, POWYS = "W06000015", "W06000023"


def decide(
    site: Site,
    status: str | None = None,
    why: tuple[str, str] = ("Dim arian.", "No money."),
    slug: str = "bywyd-da",
) -> int:
    with site.writing() as session:
        project = find_project(session, slug)
        row = Decision(
            project_id=project.id, stage_id=project.stages[0].id, title_cy="Bws hwyr", title_en="A late bus",
            text_cy="Un bws.", text_en="One bus.", change_cy="", change_en="", state="published",
            created_at=NOW, published_at=NOW, decided_on=NOW.date(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        if status:
            session.add(
                Outcome(
                    decision_id=row.id, status=status, text_cy=why[0], text_en=why[1], on_day=NOW.date(), noted_at=NOW
                )
            )  # fmt: skip
        return row.id


def section(shown: object, title: str) -> str:
    """Return the words between a heading and the next one."""
    (heading,) = [each for each in shown.soup.select("main > h2") if words_of(each) == title]  # type: ignore[attr-defined]
    words = []
    for each in heading.find_next_siblings():
        if each.name == "h2":
            break
        words.append(words_of(each))
    return " ".join(words)


def test_a_project_says_what_was_done_and_what_was_not_and_why(
    page: Browser, site: Site, project: str
) -> None:
    decide(site, "done", ("Mae’n rhedeg.", "It runs."))
    decide(site, "not_done")
    shown = page.get(f"{FIRST}/projects/{project}")
    assert "It runs." in section(shown, "What was decided and done")
    assert "No money." not in section(shown, "What was decided and done")
    assert "No money." in section(shown, "What was not done, and why")
    assert "Dim arian." in page.get(f"/cy/beth-newidiodd/prosiectau/{project}")


def test_the_list_says_who_was_asked_and_quotes_what_the_decision_relies_on(
    page: Browser, site: Site, project: str
) -> None:
    decision = decide(site, "done", ("Mae’n rhedeg.", "It runs."))
    with site.writing() as session:
        stage = find_project(session, project).stages[0]
        stage.invited_cy, stage.invited_en = "Pawb yn y fro.", "Everyone locally."
        for words, language, quotable in (
            ("Quiet words.", "en", False), ("Nid oes bws.", "cy", True), ("There is no bus.", "en", True),
        ):  # fmt: skip
            (reference,) = add_rows(session, project, [Shown(words, language=language, area=CARDIFF)])
            row = session.scalars(select(Publication).where(Publication.reference == reference)).one()
            row.quotable = quotable
            session.add(
                DecisionPassage(
                    decision_id=decision, publication_id=row.id, start=0, stop=len(row.text), side="for", added_at=NOW
                )
            )  # fmt: skip
    shown = words_of(page.get(FIRST).one("article.card"))
    for words in ("Who was asked: Everyone locally.", "There is no bus.", "A late bus Done", "It runs."):
        assert words in shown
    assert "Quiet words." not in shown
    assert words_of(page.get("/cy/beth-newidiodd").one("article.card q")) == "Nid oes bws."
    said = section(page.get(f"{FIRST}/projects/{project}"), "What people said")
    assert "3 published stories In Welsh: 1 · In English: 2 · Council areas: 1" in said


def test_what_was_heard_but_not_followed_stands_there_with_its_reason(
    page: Browser, site: Site, project: str
) -> None:
    decision = decide(site)
    with site.writing() as session:
        for name, standing in (("Night buses", "not_followed"), ("Taxis", "followed"), ("Trams", "open")):
            session.add(
                DecisionTheme(
                    decision_id=decision, name_cy=name, name_en=name, standing=standing, voice="staff",
                    reason_cy="Rhy ddrud.", reason_en="Too dear.", stories_then=4,
                )
            )  # fmt: skip
    said = section(page.get(f"{FIRST}/projects/{project}"), "What was not done, and why")
    assert "Night buses (4 stories) Too dear." in said
    assert "Taxis" not in said
    assert "Trams" not in said


def test_only_what_may_be_quoted_is_quoted_and_both_languages_take_turns(
    page: Browser, site: Site, project: str
) -> None:
    welsh, english, silent = (
        "Nid oes bws ar ôl chwech, ac rwy’n sâl.",
        "No bus after six; I am ill.",
        "I am lonely.",
    )
    with site.writing() as session:
        references = [make_public(session, words) for words in (welsh, english, silent)]
        for row in session.scalars(select(Publication)):
            row.quotable = row.reference != references[2]
            row.tags.clear()
            session.flush()
            row.tags = [
                PublicationTag(
                    scheme="goal", concept="healthier", stance="concern", voice="staff", passages=[[0, 5]]
                )
            ]
    quoted = [words_of(each) for each in page.get(f"{FIRST}/projects/{project}").soup.select("main q")]
    assert quoted == [welsh, english]


def test_a_story_that_was_taken_back_is_quoted_and_counted_no_more(
    page: Browser, site: Site, project: str
) -> None:
    decide(site, "done")
    with site.writing() as session:
        reference = make_public(session, "There is no bus after six, and I am ill.")
    assert "1 published story" in page.get(f"{FIRST}/projects/{project}")
    with site.writing() as session:
        session.delete(session.scalars(select(Publication).where(Publication.reference == reference)).one())
    shown = page.get(f"{FIRST}/projects/{project}")
    assert "No story of this project is published." in shown
    assert "A late bus" in shown


def test_a_project_without_anything_said_or_done_says_so(page: Browser, site: Site, project: str) -> None:
    shown = page.get(f"{FIRST}/projects/{project}")
    assert "Nothing has come back yet to the people who spoke." in shown
    assert "No story of this project is published." in shown
    assert "No decision has been published." in section(shown, "What was decided and done")


@pytest.mark.parametrize(
    ("days", "words"), [(0, "The public answer has not come."), (61, "The public answer is late.")]
)
def test_what_is_open_is_said_honestly(
    page: Browser, site: Site, project: str, clock: object, days: int, words: str
) -> None:
    clock.move(days=days)  # type: ignore[attr-defined]
    address = f"{FIRST}/projects/{project}"
    assert words in section(page.get(address), "What is still open")
    # A decision is a public answer too, and stays open until it is carried out.
    decide(site, "under_way")
    still = section(page.get(address), "What is still open")
    assert words not in still
    assert "Decided, but not done yet: A late bus" in still


def test_a_question_that_closed_without_a_decision_is_named(
    page: Browser, project: str, clock: object
) -> None:
    words = "Nothing is decided on this question: What matters to you where you live?"
    assert words not in page.get(FIRST)
    clock.move(days=21)  # type: ignore[attr-defined]
    assert words in page.get(FIRST)


@pytest.mark.parametrize("path", [FIRST, f"{FIRST}/projects/bywyd-da", f"{FIRST}/projects/bywyd-da/embed"])
def test_the_claim_never_stands_without_the_verdict(
    page: Browser, site: Site, project: str, path: str
) -> None:
    decide(site, "done")
    shown = words_of(page.get(path).one("main"))
    assert any(claim in shown for claim in ("Its decisions: Done: 1", "A late bus Done"))
    assert any(
        verdict in shown
        for verdict in (
            "Whether anything changed for them: too few people have answered to show it.",
            "Too few people have answered to show this.",
        )
    )


def test_body_goal_and_area_hold_what_belongs_to_them_and_lead_to_each_other(
    page: Browser, site: Site
) -> None:
    with site.writing() as session:
        make_project(session, "un", body="corff-un")
        make_project(session, "dau", body="corff-dau")
        add_rows(
            session, "un", [Shown(area=CARDIFF, tags=(("goal", "healthier", "concern"),)), Shown(area=POWYS)]
        )
        add_rows(session, "dau", [Shown(area=POWYS)])
    for path, slugs, stories in (
        ("bodies/corff-un", ["un"], "2 published stories"), ("goals/healthier", ["un"], "1 published story"),
        (f"areas/{CARDIFF}", ["un"], "1 published story"), (f"areas/{POWYS}", ["dau", "un"], "1 published story"),
        ("goals/equal", [], ""),
    ):  # fmt: skip
        shown = page.get(f"{FIRST}/{path}")
        found = [str(each["href"]).split("/")[-1] for each in shown.soup.select("article.card h2 a")]
        assert sorted(found) == slugs, path
        assert stories in shown
        counted = [
            link for link in shown.soup.select("article.card p a") if "published stor" in words_of(link)
        ]
        for link in counted:
            count = words_of(page.get(str(link["href"])).one(".count-line")).split()[0]
            assert words_of(link).split()[0] == count
    links = {str(each["href"]) for each in page.get(FIRST).soup.select("main a[href]")}
    assert {f"{FIRST}/bodies/corff-un", f"{FIRST}/goals/healthier", f"{FIRST}/areas/{CARDIFF}"} <= links


def test_an_unlisted_project_is_only_at_its_own_address(page: Browser, site: Site, project: str) -> None:
    with site.writing() as session:
        make_project(session, "cudd", body="corff-cudd")
        add_rows(session, "cudd", [Shown(area=CARDIFF, tags=(("goal", "healthier", "concern"),))])
        find_project(session, "cudd").listed = False
    assert page.get(f"{FIRST}/projects/cudd").status == 200
    assert page.get(f"{FIRST}/bodies/corff-cudd").status == 404
    for path in (
        "",
        "/goals/healthier",
        f"/areas/{CARDIFF}",
        "/bodies/corff-prawf",
        "/bodies/corff-prawf/embed",
    ):
        assert "cudd" not in page.get(FIRST + path).html, path


@pytest.mark.parametrize("start", ["/en/what-changed/", "/cy/beth-newidiodd/"])
@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("projects/nothing", "prosiectau/nothing"), ("bodies/nothing", "cyrff/nothing"),
        ("bodies/A'--", "cyrff/A'--"), ("goals/happier", "nodau/happier"), ("areas/W99999999", "ardaloedd/W99999999"),
        ("projects/nothing/embed", "prosiectau/nothing/mewnosod"), ("bodies/nothing/embed", "cyrff/nothing/mewnosod"),
        ("?page=2", "?page=2"), ("?page=0", "?page=0"), ("?page=-1", "?page=-1"), ("?page=x", "?page=x"),
        ("?page=99999999999999999999999", "?page=99999999999999999999999"), ("?page=٣", "?page=٣"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_the_language_of_the_address(
    page: Browser, project: str, start: str, english: str, welsh: str
) -> None:
    address = start + (english if start.startswith("/en") else welsh)
    lost = page.get(address.replace("/?", "?"))
    assert lost.status == 404
    assert lost.one("html")["lang"] == start[1:3]


def test_a_project_that_has_not_opened_has_no_account(page: Browser, site: Site) -> None:
    with site.writing() as session:
        make_project(session, "eto-i-ddod", opens=2, closes=20)
    assert page.get(f"{FIRST}/projects/eto-i-ddod").status == 404


def test_many_projects_stand_on_several_pages_and_each_once(page: Browser, site: Site) -> None:
    with site.writing() as session:
        slugs = [make_project(session, f"prosiect-{number}") for number in range(PAGE + 3)]
    found, address = [], FIRST
    while address:
        shown = page.get(address)
        found += [str(each["href"]).split("/")[-1] for each in shown.soup.select("article.card h2 a")]
        older = shown.soup.select("a[rel=next]")
        address = str(older[0]["href"]) if older else ""
    assert sorted(found) == sorted(slugs)


@pytest.mark.parametrize("path", ["projects/bywyd-da/embed", "bodies/corff-prawf/embed"])
def test_only_what_is_meant_for_frames_may_be_framed_and_it_is_light(
    page: Browser, site: Site, project: str, path: str
) -> None:
    decide(site, "done")
    framed = page.get(f"{FIRST}/{path}")
    policy = dict(
        part.strip().split(" ", 1) for part in framed.response.headers["Content-Security-Policy"].split(";")
    )
    assert policy["frame-ancestors"] == "https: http:"
    assert policy["script-src"] == policy["form-action"] == policy["default-src"] == "'none'"
    assert "Set-Cookie" not in framed.response.headers
    assert not framed.soup.select("script, form, img, iframe")
    assert all(each.get("target") == "_top" or each.get("hreflang") for each in framed.soup.select("a"))
    assert len(framed.html) < 6_000
    twin = page.get(str(framed.one("a[hreflang]")["href"]))
    assert twin.one("html")["lang"] == "cy"
    for other in (path.removesuffix("/embed"), "projects/nothing/embed"):
        assert (
            "frame-ancestors 'none'"
            in page.get(f"{FIRST}/{other}").response.headers["Content-Security-Policy"]
        )


def test_the_lines_to_paste_lead_to_the_frame_in_both_languages(page: Browser, project: str) -> None:
    pasted = [words_of(each) for each in page.get(f"{FIRST}/projects/{project}").soup.select("pre.snippet")]
    addresses = [each.split('src="')[1].split('"')[0] for each in pasted]
    assert [each.split("/", 3)[2] for each in addresses] == ["localhost", "localhost"]
    for address, language in zip(addresses, ("cy", "en"), strict=True):
        assert page.get(address).one("html")["lang"] == language
    assert 'title="Bywyd da yn y fro"' in pasted[0]
    assert 'title="A good life locally"' in pasted[1]


def test_a_decision_under_way_is_newer_than_an_older_answer(page: Browser, site: Site, project: str) -> None:
    with site.writing() as session:
        make_project(session, "prosiect-arall")
    later = decide(site, slug=project)
    with site.writing() as session:
        session.get_one(Decision, later).published_at = NOW + timedelta(hours=1)
    decide(site, slug="prosiect-arall")
    headings = page.get(FIRST).soup.select("article.card h2 a")
    assert [str(link["href"]).split("/")[-1] for link in headings] == [project, "prosiect-arall"]


def test_the_numbers_stand_with_what_they_mean_and_small_ones_without_a_share(
    page: Browser, site: Site, project: str
) -> None:
    concern = (("goal", "healthier", "concern"),)
    with site.writing() as session:
        add_rows(session, project, [Shown(language="cy", tags=concern) for _ in range(4)])
        add_rows(session, project, [Shown(language="en", tags=concern) for _ in range(6)])
    decision = decide(site, "done")
    with site.writing() as session:
        session.add(
            DecisionTheme(
                decision_id=decision, scheme="goal", concept="healthier", name_cy="Iechyd", name_en="Health",
                standing="followed", voice="staff", reason_cy="Ie.", reason_en="Yes.",
            )
        )  # fmt: skip
    shown = section(page.get(f"{FIRST}/projects/{project}"), "In numbers")
    assert "Concerns with a change made 10 of 10 (100 %) 4 of 4 6 of 6 (100 %)" in shown
    assert "stories of concern with a change made ÷ stories of concern" in shown
    welsh = page.get(f"/cy/beth-newidiodd/prosiectau/{project}")
    assert "straeon â phryder ÷" not in welsh
    assert "÷ straeon â phryder" in welsh
