"""What is asked of every page that a journey passes: no accessibility fault, no sideways scrolling; and its picture."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Languages in which the longer journeys are walked, as "cy,en". Their pages are asked for in both by the tests of
# tests/web; the main job (telling, publishing, finding, answering) and the return of results are walked in both anyhow.
WALKED_IN = os.environ.get("INVOLVE_WALKED_IN", "cy").split(",")
# Where pictures of the journey are kept, when somebody wants to look at them.
PICTURES = os.environ.get("INVOLVE_PICTURES", "")
AXE = Axe()
# Faults only, and the style sheets as the browser has them: to fetch them again, and to tell of every element that is
# right, takes longer than to look.
FIND_FAULTS = """
axe.run(document, {resultTypes: ["violations"], preload: false})
   .then(found => found.violations.map(fault => [fault.id, fault.nodes[0].html]))
"""


# What journeys share, the way in for instance, is looked through by the first of them, and a page in one language: in
# the other it has the same shape, roles and colours, and what differs is asked of it by tests/page_checks.py.
_sound: set[str] = set()


def settle(page: Page) -> Page:
    """Wait until the page that a press led to is there whole: a press waits only for its first bytes."""
    page.wait_for_load_state("load")
    return page


def look(page: Page, name: str) -> None:
    """Check the page as it stands, and keep its picture under *name* if pictures are wanted."""
    settle(page)
    shape = name.removesuffix("-cy").removesuffix("-en")
    if shape not in _sound:
        page.evaluate(AXE.axe_script)
        faults = page.evaluate(FIND_FAULTS)
        assert faults == [], f"{page.url}: " + "; ".join(f"{fault}: {html}" for fault, html in faults)
        _sound.add(shape)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, f"{page.url} scrolls sideways"
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)
