"""Fields and their widgets: whatever is sent, a value or a clear error; every text in the page's language."""

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages import mofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from flask import Flask, g
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired

from involve.i18n import page_language
from involve.paths import PACKAGE
from involve.web import fields

KEYWORDS = {"gettext": None, "_l": None, "ngettext": (1, 2)}
# A mark that no English text has: what lacks it on a Welsh page was never passed through the catalogue.
MARK = "ŷ"


class Sample(Form):
    story = fields.WordsField(f"{MARK}1", [InputRequired(f"{MARK}2")], limit=20, description=f"{MARK}3")
    notes = fields.WordsField(f"{MARK}4")
    line = fields.LineField(f"{MARK}5")
    day = fields.DayField(f"{MARK}6", [InputRequired(f"{MARK}7")])
    one = fields.OneOfField(
        f"{MARK}8",
        choices=[
            fields.choice("a", f"{MARK}9", hint=f"{MARK} <b>"),
            fields.choice("cy", "Cymraeg", lang="cy"),
        ],
    )
    some = fields.SomeOfField(
        f"{MARK}10", choices=[fields.choice("a", f"{MARK}11"), fields.choice("b", f"{MARK}12")]
    )
    pick = fields.PickField(
        f"{MARK}13", choices=[fields.choice("a", f"{MARK}14"), fields.choice("b", f"{MARK}15")]
    )
    secret = fields.SecretField(f"{MARK}16")
    tick = fields.TickField(f"{MARK}17")
    kept = fields.HiddenField()
    send = fields.SendField(f"{MARK}18")


def marked_catalogue() -> bytes:
    """A Welsh catalogue in which every message of the widgets and fields is itself with MARK before it."""
    catalogue = Catalog(locale="cy")
    for name in ("widgets.py", "fields.py"):
        with (PACKAGE / "web" / name).open("rb") as source:
            for found in extract_from_file("python", source.name, KEYWORDS):
                catalogue.add(
                    found[1],
                    [MARK + part for part in found[1]] * 3
                    if isinstance(found[1], tuple)
                    else MARK + found[1],
                )
    out = io.BytesIO()
    mofile.write_mo(out, catalogue)
    return out.getvalue()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("translations") / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.mo").write_bytes(marked_catalogue())
    app = Flask(__name__)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder.parents[1])
    Babel(app, locale_selector=page_language)
    return app


@pytest.fixture
def cy(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        g.language = "cy"
        yield


@pytest.fixture
def en(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        g.language = "en"
        yield


def send(**typed: Any) -> Sample:
    form = Sample(MultiDict({"story": "x", "day-day": "1", "day-month": "3", "day-year": "2026", **typed}))
    form.validate()
    return form


def test_a_date_comes_from_its_three_parts(en: None) -> None:
    assert send().day.data == date(2026, 3, 1)
    assert send(**{"day-month": "Mawrth"}).day.data == date(2026, 3, 1)
    assert send(**{"day-month": "march"}).day.data == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"day-day": ""}, {"day"}),
        ({"day-month": " ", "day-year": ""}, {"month", "year"}),
        ({"day-day": "31", "day-month": "2"}, {"day", "month", "year"}),
        ({"day-year": "9" * 5000}, {"day", "month", "year"}),
        ({"day-day": "-1"}, {"day", "month", "year"}),
        ({"day-day": "\N{SUPERSCRIPT TWO}"}, {"day", "month", "year"}),
        ({"day-month": "\0"}, {"day", "month", "year"}),
    ],
)
def test_a_date_that_is_none_is_an_error_with_its_parts_still_there(
    en: None, typed: dict[str, str], wrong: set[str]
) -> None:
    field = send(**typed).day
    assert field.data is None
    assert field.errors
    assert field.wrong == wrong
    assert field.parts["day"] == typed.get("day-day", "1")
    assert 'value="2026"' in field() or "day-year" in typed


def test_a_date_whose_parts_were_never_sent_is_missing_not_a_fault(en: None) -> None:
    form = Sample(MultiDict({"story": "x"}))
    assert not form.validate()
    assert form.day.errors == [f"{MARK}7"]
    assert form.day.anchor == "day-day"


def test_an_empty_date_may_be_left_out_where_nothing_asks_for_it(en: None) -> None:
    class Loose(Form):
        day = fields.DayField("Day")

    assert Loose(MultiDict({"day-day": ""})).validate()
    assert Loose(data={"day": date(2026, 3, 1)}).day.parts == {"day": "1", "month": "3", "year": "2026"}


def test_an_answer_that_was_not_on_the_page_is_refused(en: None) -> None:
    form = send(one="zz", some="b", pick="zz")
    assert set(form.errors) == {"one", "pick"}
    assert form.one.errors == ["Choose from the answers shown"]


def test_a_limit_counts_characters_as_people_do(en: None) -> None:
    assert not send(story="\N{GRINNING FACE}" * 20).story.errors
    assert not send(story="a\r\n" * 10).story.errors
    assert send(story="ŵ" * 21).story.errors == ["This is too long: write at most 20 characters"]


@pytest.mark.parametrize("typed", ["a\0b", "a\x07b", "a\ud800b"])
def test_what_cannot_be_read_is_refused_and_the_page_can_still_be_sent(en: None, typed: str) -> None:
    form = send(story=typed, line=typed)
    assert set(form.errors) == {"story", "line"}
    assert b"a\xef\xbf\xbdb" in (form.story() + form.line()).encode()


def test_a_text_comes_back_as_it_was_typed(en: None) -> None:
    shown = send(notes="\r\n  a <b>\r\n    c & d").notes()
    found = re.search(r"<textarea[^>]*>(.*)</textarea>", shown, re.DOTALL)
    assert found
    assert found[1] == "\n\n  a &lt;b&gt;\n    c &amp; d"


def test_nobody_sees_what_somebody_else_typed(en: None) -> None:
    assert "first words" in send(story="first words", line="first line").story()
    second = send(story="second", line="other")
    assert "first" not in second.story() + second.line()


def test_a_password_is_never_sent_back(en: None) -> None:
    assert "hunter2" not in send(secret="hunter2").secret()


def test_a_hidden_value_has_no_id_so_that_two_forms_may_hold_it(en: None) -> None:
    assert send(kept='"x"').kept() == '<input type="hidden" name="kept" value="&#34;x&#34;">'


def test_a_choice_may_have_a_hint_and_a_language_of_its_own(en: None) -> None:
    shown = send(one="cy").one()
    assert '<span lang="cy">Cymraeg</span>' in shown
    assert "&lt;b&gt;" in shown
    assert re.search(r'value="cy"\s+checked', shown)


def test_a_field_can_be_the_heading_of_its_page(en: None) -> None:
    form = send()
    assert '<h1 class="govuk-label-wrapper">' in form.story(heading=True)
    assert '<h1 class="govuk-fieldset__heading">' in form.one(heading=True)
    assert "<h1" not in form.story()


def test_an_attribute_of_the_control_may_be_given(en: None) -> None:
    assert "data-story-code" in send().line(data_story_code="", autocomplete="off")


def test_the_counter_has_a_text_for_every_plural_of_welsh(cy: None) -> None:
    shown = send().story()
    for category in ("zero", "one", "two", "few", "many", "other"):
        assert f"data-i18n.characters-under-limit.{category}=" in shown


def test_the_counter_has_the_two_plurals_of_english(en: None) -> None:
    shown = send().story()
    assert 'data-i18n.characters-under-limit.one="You have %{count} character left"' in shown
    assert "characters-under-limit.few" not in shown


def test_no_text_of_a_welsh_form_bypasses_the_catalogue(cy: None) -> None:
    form = send(story="", one="zz", **{"day-day": ""})
    shown = "".join(field() for field in form)
    texts = re.findall(r">([^<>]+)<", shown) + re.findall(r'(?:data-i18n[^=]*|aria-label)="([^"]*)"', shown)
    said = [text.strip().rstrip(":") for text in texts if re.search(r"[A-Za-z]{2}", text)]
    assert len(said) > 20
    assert [text for text in said if MARK not in text and text != "Cymraeg"] == []


def test_the_macros_of_the_installed_package_are_all_there() -> None:
    import govuk_frontend_jinja

    folder = Path(govuk_frontend_jinja.__file__).parent / "templates" / "components"
    used = {
        "input",
        "password-input",
        "textarea",
        "character-count",
        "select",
        "radios",
        "checkboxes",
        "date-input",
        "button",
    }
    assert used <= {path.name for path in folder.iterdir()}
