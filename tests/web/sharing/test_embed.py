"""Stories of a filter in a frame on another site: light, without script or form, and only what may be quoted."""

import pytest

from involve.models import Publication
from involve.web.site import Site
from tests.factories import make_project
from tests.pages import Browser, words_of
from tests.publications import Shown, add_rows

FRAMES = {"cy": "/cy/mewnosod/tystiolaeth", "en": "/en/embed/evidence"}
COPIES = {"cy": "/cy/mewnosod", "en": "/en/embed"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@pytest.fixture
def stories(site: Site) -> list[str]:
    tags = (("goal", "healthier", "concern"),)
    with site.writing() as session:
        slug = make_project(session)
        found = add_rows(
            session,
            slug,
            [
                Shown("Dim bws i’r ysbyty.", "cy", tags=tags),
                Shown("Only to be read here.", tags=tags),
                Shown("Else."),
            ],
        )
        session.query(Publication).filter_by(reference=found[0]).update({"quotable": True})
    return found


@BOTH
def test_a_frame_counts_and_quotes_only_whose_teller_agreed(
    page: Browser, stories: list[str], language: str
) -> None:
    framed = page.get(f"{FRAMES[language]}?goal=healthier")
    assert {"cy": "2 stori", "en": "2 stories"}[language] in words_of(framed.one("main"))
    assert [(words_of(each), each["lang"]) for each in framed.soup.select("blockquote")] == [
        ("Dim bws i’r ysbyty.", "cy")
    ]
    assert "Only to be read here" not in framed.html
    assert [words_of(each) for each in framed.soup.select("dd")] == [
        {"cy": "2 stori", "en": "2 stories"}[language]
    ]


def test_a_frame_may_stand_anywhere_and_holds_nothing_that_acts(page: Browser, stories: list[str]) -> None:
    framed = page.get(FRAMES["en"])
    policy = framed.response.headers["Content-Security-Policy"]
    assert "frame-ancestors https: http:" in policy
    assert "script-src 'none'" in policy
    assert not {"X-Frame-Options", "Set-Cookie"} & set(framed.response.headers.keys())
    assert not framed.soup.select("script, form, img, iframe")
    for link in framed.soup.select("a:not([hreflang])"):
        assert (link["target"], link["rel"]) == ("_blank", ["noopener"])
    assert len(framed.html) < 6_000
    for elsewhere in (COPIES["en"], f"{FRAMES['en']}?goal=dim", "/en/evidence"):
        headers = page.get(elsewhere).response.headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], elsewhere


@BOTH
def test_the_lines_to_copy_lead_to_the_frame_of_the_same_filter(
    page: Browser, stories: list[str], language: str
) -> None:
    listed = page.get({"cy": "/cy/tystiolaeth", "en": "/en/evidence"}[language] + "?goal=healthier&q=bws")
    copied = page.get(str(listed.one(f'a[href^="{COPIES[language]}?"]')["href"]))
    lines = [words_of(each) for each in copied.soup.select("pre.snippet[lang]")]
    for line, expected in zip(lines, ("cy", "en"), strict=True):
        address = line.split('src="')[1].split('"')[0].replace("&amp;", "&")
        framed = page.get(address)
        assert framed.one("html")["lang"] == expected
        assert "1" in words_of(framed.one("main b"))
    assert 'title="Straeon wedi’u cyhoeddi" lang="cy"' in lines[0]
