"""What is asked of every page that any test fetches, whatever the test is about."""

import re
from collections import Counter
from functools import cache
from typing import Any

import html5lib
import lxml.html
from lxml.etree import XPath

from involve import catalogues
from involve.text.language import identify_language

LANGUAGES = {"cy": "en", "en": "cy"}
# A page beyond this holds a text beyond any limit, which takes the strict parser many seconds.
LARGEST_PARSED = 200_000
# Below this nobody can tell one language from the other.
FEWEST_WORDS = 5

# Every test asks all of these of every page: made once, and by a parser that is quick.
IDS = XPath("//@id")
# Lists of ids in one attribute, and addresses within the page.
NAMED_IDS = XPath("//@for | //@form | //@aria-labelledby | //@aria-describedby | //@aria-controls")
OWN_ADDRESSES = XPath("//a/@href[starts-with(., '#')]")
LABELS = XPath("//label[normalize-space(.)]/@for")
UNNAMED = "not(@aria-label) and not(@aria-labelledby)"
CONTROLS = XPath(
    f"//input[not(@type = 'hidden' or @type = 'submit' or @type = 'button')][{UNNAMED}]"
    f" | //select[{UNNAMED}] | //textarea[{UNNAMED}]"
)
PRESSED = XPath("(//button | //a[@href])[not(normalize-space(.)) and not(@aria-label)]")
INLINE_STYLES = XPath("//*[@style] | //style")
INLINE_SCRIPTS = XPath("//script[not(@src)]")
HANDLERS = XPath("//@*[starts-with(name(), 'on')]")
UNFILLED = XPath("//text()[normalize-space(.) = 'None' or normalize-space(.) = 'Undefined']")
ALTERNATES = XPath("//link[@rel = 'alternate']")
SWITCH = XPath("//a[@hreflang = $other] | //*[@lang = $other]//button[@formaction]")
# Elements of the page's own language: nothing around them says another.
UNMARKED = XPath(
    "//body//*[not(ancestor-or-self::*[@lang][1][not(self::html)])]"
    "[not(ancestor-or-self::script or ancestor-or-self::textarea)][text()[normalize-space(.)]]"
)


# What plain words and plain values cannot change: the strict parser, which is slow, sees each skeleton once.
TEXTS = re.compile(r">\s*[^\s<&][^<&]*")
ATTRIBUTES = re.compile(r'="[^"&]*"')
_well_formed: set[int] = set()


def check_page(html: str, path: str) -> None:
    """Hold a page to what every page must be."""
    skeleton = hash(ATTRIBUTES.sub('=""', TEXTS.sub(">x", html)))
    if len(html) < LARGEST_PARSED and skeleton not in _well_formed:
        html5lib.HTMLParser(strict=True).parse(html)
        _well_formed.add(skeleton)
    tree = lxml.html.document_fromstring(html)
    faults = [
        *head_faults(tree, path),
        *label_faults(tree),
        *reference_faults(tree),
        *inline_faults(tree),
        *language_faults(tree),
    ]
    assert faults == [], f"{path}: " + "; ".join(faults)


def head_faults(tree: Any, path: str) -> list[str]:
    """Return what is wrong with the language, the title, the heading and the way to the other language."""
    first = path.strip("/").split("/")[0]
    language = tree.get("lang", "")
    faults = []
    if language not in LANGUAGES or (first in LANGUAGES and first != language):
        faults.append(f"lang is {language!r}")
    if not re.search(r"\S+ – Involve$", " ".join((tree.findtext(".//title") or "").split())):
        faults.append("no title")
    if [bool(h1.text_content().strip()) for h1 in tree.iter("h1")] != [True]:
        faults.append("not one h1")
    if ALTERNATES(tree) and not SWITCH(tree, other=LANGUAGES.get(language, "")):
        faults.append("no way to the other language")
    return faults


def label_faults(tree: Any) -> list[str]:
    """Return the controls, buttons and links without words."""
    labels = set(LABELS(tree))
    bare = [control for control in CONTROLS(tree) if control.get("id") not in labels] + PRESSED(tree)
    return [f"no words for {lxml.html.tostring(each, encoding='unicode')[:80]}" for each in bare]


def reference_faults(tree: Any) -> list[str]:
    """Return ids that stand twice, and references to ids that do not stand at all."""
    ids = Counter(IDS(tree))
    wanted = {name for names in NAMED_IDS(tree) for name in names.split()}
    wanted |= {address[1:] for address in OWN_ADDRESSES(tree)}
    return [f"id {name!r} stands twice" for name, count in sorted(ids.items()) if count > 1] + [
        f"there is no {name!r}" for name in sorted(wanted - set(ids))
    ]


def inline_faults(tree: Any) -> list[str]:
    """Return what the content security policy would not let through, and values that nobody filled in."""
    faults = [f"inline style in {each.tag}" for each in INLINE_STYLES(tree)]
    faults += ["inline script" for _ in INLINE_SCRIPTS(tree)]
    faults += [f"{each.attrname} in {each.getparent().tag}" for each in HANDLERS(tree)]
    return faults + [f"{each.strip()!r} is shown" for each in UNFILLED(tree)]


def language_faults(tree: Any) -> list[str]:
    """Return texts of a Welsh page that are English and do not say so."""
    if tree.get("lang") != "cy" or not catalogue_is_whole():
        return []
    texts = (" ".join(" ".join(element.xpath("text()")).split()) for element in UNMARKED(tree))
    return [
        f"English: {own[:80]!r}"
        for own in texts
        if len(own.split()) >= FEWEST_WORDS and identify_language(own) == "en"
    ]


@cache
def catalogue_is_whole() -> bool:
    """Whether every message has its Welsh."""
    catalogue = catalogues.read_catalogue(catalogues.catalogue_path("cy"), "cy")
    return all(catalogues.is_whole(message) for message in catalogues.messages_of(catalogue))
