"""Helping with a code over the telephone: every character in both languages, and nowhere to type a code."""

import pytest

from tests.pages import Browser


@pytest.mark.parametrize(
    ("address", "caution"),
    [
        ("/en/staff/code-on-the-phone", "Never ask for somebody’s code"),
        ("/cy/staff/cod-ar-y-ffon", "Peidiwch byth â gofyn am god rhywun"),
    ],
)
def test_every_character_is_said_in_both_languages(moderator: Browser, address: str, caution: str) -> None:
    told = moderator.get(address)
    assert caution in told
    rows = {row.th.get_text(): row.get_text(" ", strip=True) for row in told.soup.select(".spoken tbody tr")}
    assert len(rows) == 32
    assert "saith" in rows["7"]
    assert "seven" in rows["7"]
    assert "draig" in rows["D"]
    assert "Delta" in rows["D"]
    assert not told.soup.select("main input:not([type=hidden]), main textarea")
