"""No template holds words of its own: each is a message, or stands in an element that says its language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))
WORDS = re.compile(r"[^\W\d_]{2,}")
# The name of the software, the same in both languages, and the form in which a page declares itself.
NAMES = {"Involve", "html", "DOCTYPE"}
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "content", "label", "placeholder", "title"}
META_NAMES = {"description", "application-name"}
SPOKEN_KEYS = {
    "alt", "ariaLabel", "caption", "heading", "html", "label", "landmarkLabel", "legend", "text", "title", "titleText",
    "visuallyHiddenText", "visuallyHiddenTitle",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def environment() -> Environment:
    return Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True
    )


def own_text(source: str) -> str:
    """Return what a template says by itself: no expression, no comment, nothing within {% trans %}."""
    kept: list[str] = []
    in_message = expecting_name = False
    for _line, kind, value in environment().lex(source):
        if kind == "block_begin":
            expecting_name = True
        elif expecting_name and kind == "name":
            expecting_name = False
            in_message = value == "trans" or (in_message and value != "endtrans")
        elif kind == "data" and not in_message:
            kept.append(value)
        elif kind in ("variable_begin", "block_end"):
            # A gap right after a bracket is the name of an element: <{{ level }}>.
            kept.append("x" if kept and kept[-1].endswith(("<", "</")) else " ")
    return "".join(kept)


class BareWords(HTMLParser):
    """Collects the words of a page that no element with a language of its own holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        silent = tag in ("script", "style") or (tag != "html" and bool((values.get("lang") or "").strip()))
        if not self.is_silent(silent) and not (tag == "meta" and values.get("name") not in META_NAMES):
            for name in SPOKEN_ATTRIBUTES & set(values):
                self.collect(values[name] or "")
        if tag not in VOID:
            self.open.append((tag, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _silent in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.is_silent(False):
            self.collect(data)

    def is_silent(self, here: bool) -> bool:
        return here or any(silent for _name, silent in self.open)

    def collect(self, text: str) -> None:
        self.found += [word for word in WORDS.findall(text) if word not in NAMES]


def words_in_markup(source: str) -> list[str]:
    parser = BareWords()
    parser.feed(own_text(source))
    parser.close()
    return parser.found


def words_in_parameters(source: str) -> Iterator[str]:
    """Yield the words given to a macro as they are: {"text": "Send"}."""
    tree = environment().parse(source)
    pairs = [(pair.key, pair.value) for pair in tree.find_all(nodes.Pair)]
    pairs += [(nodes.Const(keyword.key), keyword.value) for keyword in tree.find_all(nodes.Keyword)]
    for key, value in pairs:
        spoken = isinstance(key, nodes.Const) and key.value in SPOKEN_KEYS
        if spoken and isinstance(value, nodes.Const) and isinstance(value.value, str):
            yield from (
                word for word in WORDS.findall(re.sub(r"<[^<>]*>", " ", value.value)) if word not in NAMES
            )


def bare_words(source: str, is_html: bool = True) -> list[str]:
    found = words_in_markup(source) if is_html else WORDS.findall(own_text(source))
    return [word for word in found if word not in NAMES] + list(words_in_parameters(source))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_says_nothing_that_is_not_a_message(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8"), path.suffix == ".html") == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>{{ _('Tell a story') }}</p>", []),
        ("<p>{% trans %}Tell a story{% endtrans %}</p>", []),
        ("{# a note #}<p class='govuk-body'>{{ story.text }} – 3</p>", []),
        ("<a lang='cy' href='/cy/'>Cymraeg</a>", []),
        ("<a lang='cy' href='/cy/'>Cymraeg</a> or", ["or"]),
        ("<p>Tell</p>", ["Tell"]),
        ("<img src='a.svg' alt='A map'>", ["map"]),
        ("<meta name='viewport' content='width=device-width'>", []),
        ("<input {% if a %}required{% endif %} placeholder='Town'>", ["Town"]),
        ("<{{ level }} class='wide'>{{ _('Send') }}</{{ level }}>", []),
        ("<{{ level }} class='wide'>Send</{{ level }}>", ["Send"]),
        ("{{ govukButton({'text': 'Send', 'classes': 'wide'}) }}", ["Send"]),
        ("{{ govukButton({'text': _('Send')}) }}", []),
        ("{{ card(title='Send') }}", ["Send"]),
    ],
)
def test_the_check_finds_bare_words_and_only_those(source: str, words: list[str]) -> None:
    assert bare_words(source) == words
