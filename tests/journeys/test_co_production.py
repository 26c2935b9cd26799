"""A co-produced project from end to end: set up, told with a triad, read together, decided with a panel, and judged."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page

from tests.journeys.citizen import Citizen
from tests.journeys.conftest import RunningSite
from tests.journeys.decider import WORDS, Decider
from tests.journeys.looking import WALKED_IN, look
from tests.journeys.staff import Moderator
from tests.journeys.triad import TriadTeller

STORIES = {
    "cy": (
        "Does dim byd i’w wneud yn y dref gyda’r nos. Dwi’n gweld eisiau fy ffrindiau.",
        "Mae’r bws olaf yn mynd am chwech. Rhaid i Mam ddod i fy nôl i.",
        "Caeodd y clwb. Doedd neb wedi gofyn i ni.",
    ),
    "en": (
        "There is nothing to do in town in the evening. I miss my friends.",
        "The last bus goes at six. Mum has to come and fetch me.",
        "The club closed. Nobody had asked us.",
    ),
}
THEME = {"name_cy": "Nosweithiau gyda’n gilydd", "name_en": "Evenings together"}
TABLE = {"cy": "/cy/prosiectau/{}/themau", "en": "/en/projects/{}/themes"}
PROMISE = {"cy": "/cy/prosiectau/{}/addewid", "en": "/en/projects/{}/promise"}
PANEL = {"cy": "/cy/fy-stori/panel", "en": "/en/my-story/panel"}
MY_STORY = {"cy": "/cy/fy-stori", "en": "/en/my-story"}
JUDGE = {"cy": "/cy/fy-stori/addewid", "en": "/en/my-story/promise"}
NOBODY = {"cy": "nid oes neb wedi derbyn sedd", "en": "nobody has taken a seat"}
FIRST = {"cy": "Rhowch y penderfyniad gerbron y panel", "en": "Put the decision before the panel first"}
TOO_FEW = {
    "cy": "Mae rhy ychydig o bobl wedi ateb i ddangos hyn.",
    "en": "Too few people have answered to show this.",
}
CLAIMED = {"cy": "Yr hyn a honnwyd: Ymgynghori.", "en": "Claimed: Consult."}
NO_EVIDENCE = {
    "cy": "Nid yw’r penderfyniad yn seiliedig ar ddim a ddywedodd pobl",
    "en": "The decision stands on nothing that people said",
}
SOUGHT = {"cy": "clwb", "en": "club"}
MEMBERS = {"cy": "Nid yw pob aelod o’r panel wedi cytuno", "en": "Not every member of the panel has agreed"}


@pytest.mark.parametrize("language", WALKED_IN)
def test_a_project_is_set_up_read_together_and_decided_with_a_participant(
    phone: Page, plain_phone: Page, desk: Page, back_office: Page, running_site: RunningSite, language: str
) -> None:
    slug = f"pobl-ifanc-{language}"
    decider = Decider(desk, language)
    decider.sign_in(*running_site.passwords["decisions"])
    decider.set_up(slug)
    decider.ask_triad(slug)

    references = tell_three_stories(phone, plain_phone, language, slug)
    decider.read_meanings(slug)
    moderator = Moderator(back_office)
    moderator.sign_in(*running_site.passwords["moderator"])
    for reference in references:
        moderator.publish(reference, "")

    decider.change_reading(slug)
    group_and_agree(phone, desk, language)
    decider.change_reading(slug)
    phone.goto(TABLE[language].format(slug))
    look(phone, f"public-themes-{language}")
    assert THEME[f"name_{language}"] in phone.locator(".theme:has(.state--good)").inner_text()

    decide_with_panel(phone, desk, decider, slug, references[1])
    decision = desk.url.rsplit("/", 1)[1]
    judge(phone, language)
    phone.goto(PROMISE[language].format(slug))
    look(phone, f"promise-{language}")
    assert WORDS[f"text_{language}"] in phone.locator("main").inner_text()
    assert str(date.today().year) in phone.locator(f"#decision-{decision}").inner_text()
    read_claimed_against_felt(phone, language)


def tell_three_stories(phone: Page, plain_phone: Page, language: str, slug: str) -> list[str]:
    """Tell one story whose spot is moved by keys, one whose spot is tapped, and one without scripts.

    The phone stays with the second. Returns their references.
    """
    teller = TriadTeller(phone, language, slug)
    teller.begin(STORIES[language][0])
    moved = teller.press_keys()
    assert sum(moved) == 100
    assert moved[0] > 40 > moved[2] > moved[1]
    shown = [teller.send()]
    teller.begin(STORIES[language][1])
    assert teller.tap() == [50, 25, 25]
    shown.append(teller.send())
    plain = TriadTeller(plain_phone, language, slug)
    plain.begin(STORIES[language][2])
    plain.type_numbers("2", "1", "1")
    shown.append(plain.send())
    Citizen(phone, language).read_what_was_understood()
    return [found[0] for page in shown if (found := re.search(r"\b\d{4}-\d{4}\b", page))]


def group_and_agree(phone: Page, desk: Page, language: str) -> None:
    """The participant groups two sentences under a name of one language; staff agree and add the other one."""
    phone.goto(MY_STORY[language])
    phone.locator("a.button--quiet[href*='/darllen/'], a.button--quiet[href*='/reading/']").press("Enter")
    phone.wait_for_selector("#stories")
    look(phone, f"reading-{language}")
    phone.locator("#stories ~ ul a").first.press("Enter")
    phone.wait_for_selector("#group")
    for box in phone.locator("input[name=sentences]").all():
        box.press("Space")
    phone.locator("input[name=theme][value=new]").press("Space")
    phone.fill(f"input[name=name_{language}]", THEME[f"name_{language}"])
    look(phone, f"grouping-{language}")
    phone.locator("#group button.button").press("Enter")
    phone.wait_for_selector(".notice--good")

    card = f".theme:has-text('{THEME[f'name_{language}']}')"
    desk.reload()
    desk.click(f"{card} button[name=say][value=agree]")
    desk.wait_for_selector(".notice--good")
    look(desk, f"reading-staff-{language}")
    desk.locator(f"{card} a[href$='/enw'], {card} a[href$='/name']").press("Enter")
    desk.wait_for_selector("#name")
    look(desk, f"naming-{language}")
    other = "name_en" if language == "cy" else "name_cy"
    desk.fill(f"input[name={other}]", THEME[other])
    desk.click("#name button.button")
    desk.wait_for_selector(".notice--good")


def decide_with_panel(phone: Page, desk: Page, decider: Decider, slug: str, reference: str) -> None:
    """Try to publish before there is a panel, before it was asked, and before it agreed; then publish."""
    language = decider.language
    decider.draft(slug)
    decision = desk.url
    assert NOBODY[language] in decider.move("publish")
    decider.offer_seat(slug, reference)
    take_seat(phone, language)
    desk.goto(decision)
    assert FIRST[language] in decider.move("publish")
    desk.goto(decision)
    decider.move("propose")
    assert MEMBERS[language] in decider.move("publish")
    agree(phone, language)
    desk.goto(decision)
    assert NO_EVIDENCE[language] in decider.move("publish")
    desk.goto(decision)
    decider.stand_on(SOUGHT[language])
    desk.goto(decision)
    decider.move("publish")
    desk.goto(decision)


def read_claimed_against_felt(phone: Page, language: str) -> None:
    """One answer is not shown; where enough people have answered, what was felt stands beside what was claimed."""
    assert phone.locator("main table").count() == 0
    assert TOO_FEW[language] in phone.locator("main").inner_text()
    phone.goto(PROMISE[language].format("gofal-yn-nes-at-adref"))
    look(phone, f"held-{language}")
    said = phone.locator("main").inner_text()
    assert CLAIMED[language] in said
    assert phone.locator("main table tbody tr").count() >= 3


def take_seat(phone: Page, language: str) -> None:
    """Take the seat that was offered."""
    phone.goto(PANEL[language])
    look(phone, f"panel-offer-{language}")
    phone.click("button[name=seat][value=take]")
    phone.wait_for_selector(".notice--good")


def agree(phone: Page, language: str) -> None:
    """Read the decision and agree, by keyboard alone."""
    phone.goto(PANEL[language])
    look(phone, f"panel-{language}")
    phone.locator("main .card a.button").press("Enter")
    phone.wait_for_selector("#speak")
    look(phone, f"panel-speak-{language}")
    phone.locator("input[name=verdict][value=agree]").press("Space")
    phone.locator("#speak button.button").press("Enter")
    phone.wait_for_selector(".notice--good")


def judge(phone: Page, language: str) -> None:
    """Say how much say it felt like, and how one felt about influence before and after."""
    phone.goto(JUDGE[language])
    look(phone, f"judge-{language}")
    for name, value in (("influence_before", "2"), ("influence_after", "4"), ("felt", "collaborate")):
        phone.check(f"input[name={name}][value='{value}']")
    phone.click("#promise button.button")
    phone.wait_for_selector(".notice--good")
