"""What a decision-maker does: sets a project up, drafts a decision, and puts it before a panel."""

from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Locator, Page

from tests.journeys.looking import look

ADDRESSES = {
    "cy": {"staff": "/cy/staff", "set_up": "/cy/staff/sefydlu", "projects": "/cy/staff/prosiectau"},
    "en": {"staff": "/en/staff", "set_up": "/en/staff/set-up", "projects": "/en/staff/projects"},
}
STAGES = {"cy": "camau", "en": "stages"}
SECTIONS: dict[str, dict[str, str]] = {
    "about": {
        "name_cy": "Lle i bobl ifanc",
        "name_en": "A place for young people",
        "summary_cy": "Rydyn ni’n cynllunio lle gyda phobl ifanc.",
        "summary_en": "We plan a place with young people.",
    },
    "problem": {
        "problem_cy": "Does dim lle i fynd gyda’r nos.",
        "problem_en": "There is nowhere to go in the evening.",
        "source_cy": "Y fforwm ieuenctid.",
        "source_en": "The youth forum.",
    },
    "goals": {"aims_cy": "Pobl ifanc sy’n ffynnu.", "aims_en": "Young people who thrive."},
    "people": {"reader": "Mari", "answerer_cy": "Ifan", "answerer_en": "Nia"},
    "privacy": {
        "rests_on_cy": "Deddf Llesiant Cenedlaethau’r Dyfodol.",
        "rests_on_en": "The Well-being of Future Generations Act.",
        "controller_cy": "Y cyngor",
        "controller_en": "The council",
        "officer_cy": "01234 567890",
        "officer_en": "01234 567890",
        "keep_months": "24",
    },
    "again": {
        "again_cy": "Ni ofynnwyd i bobl ifanc o’r blaen.",
        "again_en": "Young people have not been asked before.",
    },
    "identification": {
        "question_cy": "Beth fyddai’n eich denu chi?",
        "question_en": "What would draw you in?",
        "undecided_cy": "Popeth am y lle.",
        "undecided_en": "Everything about the place.",
        "decided_cy": "Mae’r arian ar gael am ddwy flynedd.",
        "decided_en": "There is money for two years.",
        "invited_cy": "Pawb rhwng 13 a 25 oed.",
        "invited_en": "Everyone between 13 and 25.",
    },
}
CHOSEN = {
    "privacy": {"basis": "public_task", "condition": "statutory_purposes", "keep_published": "yes"},
}
WORDS = {
    "title_cy": "Caffi yn yr hen fanc",
    "title_en": "A café in the old bank",
    "text_cy": "Byddwn yn agor caffi yn yr hen fanc ym mis Mai.",
    "text_en": "We will open a café in the old bank in May.",
    "change_cy": "Roedden ni wedi meddwl am y llyfrgell; dywedoch chi ei bod yn rhy dawel.",
    "change_en": "We had the library in mind; you said that it is too quiet.",
}
EVIDENCE = "main a[href$='/tystiolaeth'], main a[href$='/evidence']"
TRIAD = {
    "question_cy": "Beth oedd bwysicaf i chi?",
    "question_en": "What mattered most to you?",
    "labels_cy": "Cwmni\nCymorth ymarferol\nRhywun yn gwrando",
    "labels_en": "Company\nPractical help\nBeing listened to",
}


@dataclass
class Decider:
    """A decision-maker at a desk, who reads the site in `language`."""

    page: Page
    language: str

    def sign_in(self, email: str, password: str) -> None:
        """Sign in."""
        self.page.goto(ADDRESSES[self.language]["staff"])
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(f"**{ADDRESSES[self.language]['staff']}")

    def set_up(self, slug: str) -> None:
        """Set up a project on the rung of collaboration, open from today on, and announce it."""
        self.page.goto(ADDRESSES[self.language]["set_up"])
        look(self.page, f"set-up-start-{self.language}")
        self.page.check("input[name=body] >> nth=0")
        self.page.fill("input[name=slug]", slug)
        self.page.click("#start button.button")
        listed = self.page.url
        for section, values in SECTIONS.items():
            self.page.goto(f"{listed}/{section}")
            for name, words in values.items():
                self.page.fill(f"[name={name}]", words)
            for name, value in CHOSEN.get(section, {}).items():
                self.page.check(f"input[name={name}][value={value}]")
            if section == "goals":
                self.page.check("input[name=goals][value=cohesive]")
            if section == "identification":
                self.fill_stage()
            look(self.page, f"set-up-{section}-{self.language}")
            self.page.click("#section button[value=keep]")
        look(self.page, f"set-up-whole-{self.language}")
        self.page.click("main form button.button")
        self.page.wait_for_selector(".notice--good")
        look(self.page, f"set-up-announced-{self.language}")

    def fill_stage(self) -> None:
        """Choose the rung and the days."""
        self.page.select_option("select[name=ladder_rung]", "iap2:collaborate")
        today = date.today()
        for name, day in (("opens_on", 0), ("closes_on", 30), ("answer_by", 60)):
            on = today + timedelta(days=day)
            for part in ("day", "month", "year"):
                self.page.fill(f"[name={name}-{part}]", str(getattr(on, part)))

    def ask_triad(self, slug: str) -> None:
        """Ask what stories mean by a triad."""
        self.page.goto(f"{ADDRESSES[self.language]['projects']}/{slug}")
        self.page.click("a[href$='/arwyddwyr'], a[href$='/signifiers']")
        look(self.page, f"signifiers-{self.language}")
        self.page.check("input[name=kind][value=triad]")
        for name, words in TRIAD.items():
            self.page.fill(f"[name={name}]", words)
        self.page.click("#question button.button")
        self.page.wait_for_selector(".notice--good")

    def read_meanings(self, slug: str) -> None:
        """See the three spots: one moved by keys, then one that was tapped and one that was typed, in one place."""
        self.page.goto(f"{ADDRESSES[self.language]['projects']}/{slug}")
        self.page.click("a[href$='/ystyron'], a[href$='/meanings']")
        look(self.page, f"meanings-{self.language}")
        spots = [(spot.get_attribute("cx"), spot.get_attribute("cy")) for spot in self._spots()]
        assert len(spots) == 3
        assert spots[0] != spots[1] == spots[2]
        self.page.locator("svg a[aria-label]:has(.cell)").first.press("Enter")
        self.page.wait_for_selector("#opened a")

    def change_reading(self, slug: str) -> None:
        """Open the reading session of the project's only stage; where it is open, close it."""
        self.page.goto(f"{ADDRESSES[self.language]['projects']}/{slug}")
        self.page.click("form[action$='/darllen'] button, form[action$='/reading'] button")
        self.page.wait_for_selector(".notice--good")

    def _spots(self) -> list[Locator]:
        return self.page.locator("svg .point").all()

    def offer_seat(self, slug: str, reference: str) -> None:
        """Offer the teller of a story a seat on the panel."""
        self.page.goto(f"{ADDRESSES[self.language]['projects']}/{slug}")
        self.page.fill("input[name=reference]", reference)
        self.page.click("main form:has(input[name=reference]) button")
        self.page.wait_for_selector(".notice--good")

    def draft(self, slug: str) -> None:
        """Draft a decision on the project's only stage."""
        self.page.goto(f"{ADDRESSES[self.language]['projects']}/{slug}")
        self.page.click(f"main a[href*='/{STAGES[self.language]}/'] >> nth=0")
        look(self.page, f"decision-form-{self.language}")
        for name, words in WORDS.items():
            self.page.fill(f"[name={name}]", words)
        self.page.click("#decision > button.button")
        self.page.wait_for_selector(".notice--good")

    def rely_on(self, words: str) -> str:
        """From its page, rely on a sentence of a story with *words*; return the address of the evidence."""
        self.page.click(EVIDENCE)
        evidence = self.page.url
        look(self.page, f"evidence-{self.language}")
        self.page.click("h2#relied ~ p a.button")
        self.page.fill("input[name=q]", words)
        self.page.press("input[name=q]", "Enter")
        look(self.page, f"evidence-stories-{self.language}")
        self.page.click(".tasks a >> nth=0")
        self.page.check("input[name=sentences] >> nth=0")
        self.page.check("input[name=side][value=for]")
        look(self.page, f"evidence-story-{self.language}")
        self.page.click("#cite button.button")
        self.page.wait_for_selector(".notice--good")
        return evidence

    def stand_on(self, words: str) -> None:
        """From its page, rely on a sentence of a story with *words*, and follow all that was heard."""
        evidence = self.rely_on(words)
        for address in self.page.eval_on_selector_all(
            "#heard ~ .tasks a", "links => links.map(each => each.href)"
        ):
            self.page.goto(address)
            self.page.check("input[name=judgement][value=followed]")
            look(self.page, f"heard-{self.language}")
            self.page.click("#judge button.button")
            self.page.wait_for_selector(".notice--good")
        self.page.goto(evidence)
        look(self.page, f"evidence-whole-{self.language}")

    def move(self, go: str) -> str:
        """Press *go* (propose or publish) on the decision and return what the page says."""
        if go == "publish":
            self.page.click("a[href$='/cyhoeddi'], a[href$='/publish']")
        self.page.click(f"button[name=go][value={go}]")
        look(self.page, f"decision-{go}-{self.language}")
        return self.page.locator(".notice").first.inner_text()
