"""Browsing evidence: filters that lead where they say, searches that keep what was typed, pages without an end lost."""

import pytest
from bs4 import Tag
from sqlalchemy import event

from involve.web.site import Site
from tests.factories import make_project, make_story
from tests.pages import Browser, Page, words_of
from tests.publications import Shown, add_rows, make_public

LISTS = ("/cy/tystiolaeth", "/en/evidence")
WRONG = [
    ("goal=unheard-of", "unheard-of"),
    ("way=unheard-of", "unheard-of"),
    ("stance=positive", "positive"),
    ("area=Lyonesse", "Lyonesse"),
    ("project=unheard-of", "unheard-of"),
    ("language=fr", "fr"),
    ("from=2026-13-45", "2026-13-45"),
    ("from=yesterday", "yesterday"),
    ("to=%3Cb%3Ehm%3C%2Fb%3E", "<b>hm</b>"),
    ("goal=%D9%85%D8%B3%D8%AA%D8%B4%D9%81%D9%89", "مستشفى"),
    ("after=unheard-of", ""),
    ("after=99999999999", ""),
    ("topic=unheard-of", "unheard-of"),
    ("voice=nobody", "nobody"),
    ("indicator=ni99", "ni99"),
    ("rung=consult", "consult"),
    ("happened=magic", "magic"),
    ("sort=best", "best"),
    ("from=2026-03-02&to=2026-03-01", ""),
]
SEARCHES = [
    "%",
    "_",
    '"',
    "'",
    "bus OR",
    "NEAR(",
    "🌳",
    "مستشفى",
    "<script>",
    "a" * 200,
    "\ud7ff",
    "‮bus",
    "=1+1",
]


@pytest.fixture
def published(site: Site, project: str) -> list[str]:
    """References of many stories in two projects, oldest first."""
    with site.writing() as session:
        make_project(session, "prosiect-arall")
        concern = (("goal", "healthier", "concern"), ("way", "prevention", "idea"))
        few = [
            Shown("Mae’r bws yn hwyr.", "cy", "W06000002", concern),
            Shown("The surgery is closed.", "en", "W06000001", concern[:1]),
            Shown("Both: bws a bus.", "mixed", None, (("goal", "equal", "mixed"),)),
        ]
        return [
            *add_rows(session, "bywyd-da", few),
            *add_rows(session, "prosiect-arall", [Shown(f"Number {at}.") for at in range(40)]),
        ]


def shown(page: Page) -> int:
    """Return the number that the page says it found."""
    return int(words_of(page.one(".count-line")).split()[0])


def cards(page: Page) -> list[str]:
    """Return the references of the stories on a page, in order."""
    links = page.soup.select("article.story a[href*='/evidence/'], article.story a[href*='/tystiolaeth/']")
    return [str(link["href"]).split("/")[-1] for link in links]


@pytest.mark.parametrize("path", ["/cy/tystiolaeth", "/en/evidence?open=all"])
def test_every_choice_leads_to_as_many_stories_as_it_says(
    page: Browser, published: list[str], path: str
) -> None:
    choices = page.get(path).soup.select(".filters li a:has(.count)")
    assert len(choices) > (20 if "all" in path else 8)
    for choice in choices:
        number = words_of(choice.select(".count")[0])
        assert shown(page.get(str(choice["href"]))) == int(number), choice["href"]


def test_a_choice_in_force_is_marked_and_can_be_taken_away(page: Browser, published: list[str]) -> None:
    chosen = page.get("/en/evidence?goal=healthier&stance=concern&from=2026-01-01&to=2026-12-31")
    assert shown(chosen) == 2
    assert {words_of(link).split()[0] for link in chosen.soup.select(".filters [aria-current=true]")} == {
        "Healthier",
        "Concern",
    }
    chips = chosen.soup.select("a.remove")
    assert len(chips) == 4
    assert "1 January 2026" in words_of(chips[2])
    for chip in chips:
        assert str(chip["href"]).count("=") == 3
    assert shown(page.get(str(chosen.one(".chips a:not(.remove)")["href"]))) == len(published)


@pytest.mark.parametrize("path", LISTS)
def test_older_stories_follow_until_all_were_shown_once(
    page: Browser, published: list[str], path: str
) -> None:
    seen: list[str] = []
    at = page.get(path)
    while True:
        seen += cards(at)
        older = at.soup.select("a[rel=next]")
        if not older:
            break
        at = page.get(str(older[0]["href"]))
    assert seen == published[::-1]
    assert cards(page.get(str(at.one("a[rel=prev]")["href"]))) == published[::-1][:20]


@pytest.mark.parametrize("words", SEARCHES)
def test_a_search_keeps_what_was_typed(page: Browser, published: list[str], words: str) -> None:
    for path in LISTS:
        found = page.get(path, query_string={"q": words, "goal": "healthier"})
        assert found.status == 200
        assert found.one("#q")["value"] == words
        assert found.one("form.search input[name=goal]")["value"] == "healthier"


def test_a_search_finds_other_forms_and_the_other_language_s_pages_find_the_same(
    page: Browser, published: list[str]
) -> None:
    assert cards(page.get("/en/evidence?q=fws")) == cards(page.get("/cy/tystiolaeth?q=bysiau"))
    assert cards(page.get("/en/evidence?q=bysiau")) == [published[2], published[0]]


@pytest.mark.parametrize(("asked", "typed"), WRONG)
@pytest.mark.parametrize("path", LISTS)
def test_what_cannot_be_asked_is_named_and_the_rest_is_kept(
    page: Browser, published: list[str], path: str, asked: str, typed: str
) -> None:
    said = page.get(f"{path}?q=bws&{asked}")
    assert said.status == 400
    assert words_of(said.one(".notice bdi")) == typed if typed else "unheard" not in said.text
    assert said.one("#q")["value"] == "bws"
    assert cards(said) == []
    assert said.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", LISTS)
def test_a_search_that_is_too_long_comes_back_whole(page: Browser, published: list[str], path: str) -> None:
    words = "bws " * 2_500
    said = page.get(path, query_string={"q": words})
    assert said.status == 400
    assert said.one("#q")["value"] == words


def test_several_problems_are_all_named(page: Browser, published: list[str]) -> None:
    said = page.get("/en/evidence?goal=a&way=b&from=c&after=d")
    assert len(said.soup.select(".notice li")) == 4


@pytest.mark.parametrize("path", LISTS)
def test_a_null_in_an_address_is_refused(page: Browser, published: list[str], path: str) -> None:
    assert page.get(f"{path}?q=a%00b").status == 400
    assert page.get(f"{path}?goal=a%00b").status == 400
    assert page.get(f"{path}/%00").status == 404


@pytest.mark.parametrize(
    "asked",
    ["q=%FF%FE", "goal=&q=&from=&after=", "q=a&q=b", "utm_source=x", "_anchor=x&_external=1&_scheme=x"],
)
def test_odd_addresses_are_answered(page: Browser, published: list[str], asked: str) -> None:
    for path in LISTS:
        assert page.get(f"{path}?{asked}").status == 200


def test_nothing_found_says_so_and_offers_all(page: Browser, published: list[str]) -> None:
    nothing = page.get("/en/evidence?q=zzzz")
    assert shown(nothing) == 0
    assert shown(page.get(str(nothing.one(".empty a")["href"]))) == len(published)


def test_each_story_says_its_own_language(page: Browser, published: list[str]) -> None:
    def languages(path: str) -> list[str]:
        return [str(words["lang"]) for words in page.get(path).soup.select("blockquote.words")]

    assert languages("/en/evidence?project=bywyd-da") == ["", "en", "cy"]
    assert languages("/cy/tystiolaeth?project=bywyd-da") == ["", "en", "cy"]


def test_only_published_stories_are_listed(page: Browser, site: Site, project: str) -> None:
    with site.writing() as session:
        public = make_public(session, "The bus is late, and people are lonely.")
        waiting = make_story(session, text="The bus is early, and nobody knows.").reference
    for path in LISTS:
        assert cards(page.get(path)) == [public]
        assert cards(page.get(f"{path}?q=early")) == []
        assert page.get(f"{path}/{waiting}").status == 404
        assert page.get(f"{path}/{public}").status == 200


def test_a_tag_of_the_machine_is_shown_as_a_suggestion(page: Browser, site: Site, project: str) -> None:
    with site.writing() as session:
        reference = make_public(session, "I am ill and cannot see a doctor, and I worry about my health.")
    story = page.get(f"/en/evidence/{reference}")
    chips: list[Tag] = story.soup.select(".reasons .chip")
    assert chips
    assert all("suggested by the software" in words_of(chip) for chip in chips)
    marked = [words_of(mark) for mark in story.soup.select("blockquote mark")]
    assert marked
    assert set(marked) <= {words_of(quote) for quote in story.soup.select("q")} | set(marked)


def test_the_number_of_queries_is_the_same_for_few_stories_and_many(
    page: Browser, site: Site, project: str
) -> None:
    def queries() -> int:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            statements.append(statement)

        # What is remembered of the publications has followed them.
        page.get("/en/evidence?project=bywyd-da")
        engine = site.factory.kw["bind"]
        event.listen(engine, "before_cursor_execute", note)
        page.get("/en/evidence?project=bywyd-da")
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    with site.writing() as session:
        add_rows(session, "bywyd-da", [Shown("One."), Shown("Two.")])
    few = queries()
    with site.writing() as session:
        add_rows(session, "bywyd-da", [Shown("More.", tags=(("goal", "equal", "idea"),)) for _ in range(60)])
    assert queries() == few <= 16


@pytest.mark.parametrize(("path", "topic"), [("/cy/tystiolaeth", "Bysiau"), ("/en/evidence", "Buses")])
def test_a_search_tells_what_else_it_finds_in_the_other_language(
    page: Browser, published: list[str], path: str, topic: str
) -> None:
    found = page.get(f"{path}?q=bus")
    assert shown(found) == 2
    assert topic in words_of(found.one("main"))
    assert topic not in words_of(page.get(f"{path}?q=zzz").one("main"))


def test_filters_that_are_folded_come_when_they_are_asked_for(page: Browser, published: list[str]) -> None:
    first = page.get("/en/evidence?goal=healthier")
    assert "Told by the person whose story it is" not in first.text
    link = next(each for each in first.soup.select(".filters a") if words_of(each) == "Whose story")
    opened = page.get(str(link["href"]))
    assert "Told by the person whose story it is" in words_of(opened.one(".filters"))
    assert opened.soup.select(".filters [aria-current=true]")


def test_the_words_that_were_searched_for_are_marked_and_grouped_by_why(
    page: Browser, published: list[str]
) -> None:
    found = page.get("/en/evidence?q=bws")
    assert [words_of(each) for each in found.soup.select("#stories h2")] == [
        "With the words as you typed them"
    ]
    assert {words_of(each) for each in found.soup.select("article.story mark")} == {"bws", "bus"}
    other = page.get("/en/evidence?q=buses&sort=match")
    assert "On the same topic in other words" in [words_of(each) for each in other.soup.select("main h2")]


@pytest.mark.parametrize("sort", ["newest", "typical", "unlike"])
def test_every_order_shows_each_story_once(page: Browser, published: list[str], sort: str) -> None:
    seen: list[str] = []
    address = f"/en/evidence?sort={sort}"
    while address:
        listed = page.get(address)
        seen += cards(listed)
        older = listed.soup.select(".paging a[rel=next]")
        address = str(older[0]["href"]) if older else ""
    assert sorted(seen) == sorted(published)
