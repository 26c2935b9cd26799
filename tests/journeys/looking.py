"""What is asked of every page that a journey passes: no accessibility fault, no sideways scrolling; and its picture."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Where pictures of the journey are kept, when somebody wants to look at them.
PICTURES = os.environ.get("INVOLVE_PICTURES", "")


def settle(page: Page) -> Page:
    """Wait until the page that a press led to is there whole: a press waits only for its first bytes."""
    page.wait_for_load_state("load")
    return page


def look(page: Page, name: str) -> None:
    """Check the page as it stands, and keep its picture under *name* if pictures are wanted."""
    settle(page)
    faults = Axe().run(page).response["violations"]
    assert faults == [], f"{page.url}: " + "; ".join(f"{f['id']}: {f['nodes'][0]['html']}" for f in faults)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, f"{page.url} scrolls sideways"
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)
