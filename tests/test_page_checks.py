"""The checks of every page find what they are there to find."""

import pytest
from html5lib.html5parser import ParseError

from tests.page_checks import check_page

SOUND = """<!doctype html>
<html lang="cy">
<head><meta charset="utf-8"><title>Straeon – Involve</title>
<link rel="alternate" hreflang="en" href="/en/stories"></head>
<body>
<a href="/en/stories" hreflang="en" lang="en">English</a>
<main id="main">
<h1>Straeon</h1>
<p>Mae pob stori yn aros yma.</p>
<p lang="en">The people said it in their own words here.</p>
<form><label for="name">Enw</label><input id="name" name="name"><button>Anfon</button></form>
</main>
</body>
</html>
"""
FAULTS = [
    ("lang is", '<html lang="cy">', '<html lang="fr">'),
    ("no title", "Straeon – Involve", "Straeon"),
    ("not one h1", "<h1>Straeon</h1>", ""),
    ("not one h1", "<h1>Straeon</h1>", "<h1> </h1>"),
    ("no way to the other language", ' hreflang="en" lang="en">', ' lang="en">'),
    ("no words for", 'for="name"', 'for="main"'),
    ("no words for", "<button>Anfon</button>", "<button> </button>"),
    ("no words for", "</form>", '</form><a href="/cy"><b></b></a>'),
    ("no words for", "</form>", "</form><textarea></textarea>"),
    ("stands twice", "<p>Mae", '<p id="main">Mae'),
    ("there is no 'gone'", "<p>Mae", '<p aria-describedby="gone">Mae'),
    ("there is no 'gone'", "</form>", '</form><a href="#gone">Mwy</a>'),
    ("inline style in p", "<p>Mae", '<p style="color: red">Mae'),
    ("inline script", "</main>", "<script>1</script></main>"),
    ("onclick in p", "<p>Mae", '<p onclick="1">Mae'),
    ("'None' is shown", "<p>Mae", "<p>None</p><p>Mae"),
    ("English", '<p lang="en">The', "<p>The"),
]


def test_a_sound_page_has_no_fault() -> None:
    check_page(SOUND, "/cy/straeon")


@pytest.mark.parametrize(("fault", "was", "is_now"), FAULTS)
def test_each_fault_is_found(fault: str, was: str, is_now: str) -> None:
    assert was in SOUND
    with pytest.raises(AssertionError, match=fault):
        check_page(SOUND.replace(was, is_now, 1), "/cy/straeon")


def test_a_page_of_the_other_language_is_found() -> None:
    with pytest.raises(AssertionError, match="lang is"):
        check_page(SOUND, "/en/stories")


def test_html_that_no_browser_should_be_given_is_found() -> None:
    with pytest.raises(ParseError):
        check_page(SOUND.replace("</main>", "</section></main>"), "/cy/straeon")
