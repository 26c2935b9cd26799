"""The page of the account of moderation: house rules and numbers in both languages, the same for programs."""

import csv
from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from involve.services.account.counting import keep_month
from involve.web.site import Site
from tests.pages import Browser, CheckedClient

ADDRESSES = {"cy": "/cy/cymedroli", "en": "/en/moderation"}
WORDS = {
    "cy": ("Nid oes mis wedi’i gyfrif eto", "Ebrill 2026", "rhy ychydig"),
    "en": ("No month is counted yet", "April 2026", "too few stories to say"),
}
DUE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def counted(site: Site) -> None:
    """A month with many English stories and three Welsh ones."""
    counts = Counter({("arrived", "cy"): 3, ("published", "cy"): 3, ("late", "cy"): 3})
    english = {
        "arrived": 1_041,
        "in_time": 1_041,
        "published": 1_020,
        "held": 9,
        "held_ever": 9,
        "waiting": 12,
    }
    counts.update({(name, "en"): number for name, number in english.items()})
    with site.writing() as session:
        keep_month(session, date(2026, 4, 1), counts, DUE)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_rules_stand_there_before_anything_is_counted(page: Browser, language: str) -> None:
    shown = page.get(ADDRESSES[language])
    assert WORDS[language][0] in shown
    assert WORDS[language][2] in shown
    assert shown.soup.select("#appeal")
    for path in ("privacy", "preifatrwydd")[language == "cy" : (language == "cy") + 1]:
        linked = page.get(f"/{language}/{path}")
        assert linked.soup.select(f'main a[href="{ADDRESSES[language]}"]')


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.usefixtures("counted")
def test_numbers_that_may_be_shown_are_and_the_others_are_a_dash(page: Browser, language: str) -> None:
    shown = page.get(ADDRESSES[language])
    assert WORDS[language][1] in shown
    rows = {row.th.get_text(strip=True): row for row in shown.soup.select("tbody tr")}
    arrived = rows[{"cy": "Wedi cyrraedd", "en": "Arrived"}[language]]
    assert [cell.get_text(strip=True) for cell in arrived.select("td")] == ["–", "1,041"]


@pytest.mark.usefixtures("counted")
def test_programs_get_the_same_numbers_and_nothing_for_what_is_hidden(client: CheckedClient) -> None:
    answer = client.get("/api/v1/moderation").json or {}
    assert (answer["hidden_below"], answer["welsh_held"]) == (5, "few")
    months = {each["language"]: each["counts"] for each in answer["months"]}
    assert (months["en"]["arrived"], months["cy"]["arrived"]) == (1_041, None)
    for path in ("/cy/cymedroli.csv", "/en/moderation.csv"):
        table = client.get(path)
        rows = list(csv.DictReader(StringIO(table.get_data(as_text=True))))
        said = {(row["language"], row["measure"]): row["count"] for row in rows}
        assert (said["en", "arrived"], said["cy", "arrived"], said["cy", "published"]) == ("1041", "", "")
        assert {row["month"] for row in rows} == {"2026-04"}
