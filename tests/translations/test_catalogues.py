"""Both catalogues are whole: fresh, nothing empty or guessed, and each plural form keeps its marks and tags."""

import re
from collections import Counter
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from involve import catalogues

LOCALES = catalogues.LOCALES
NAMED = re.compile(r"%\((\w+)\)[a-z]|(?<!%)%[sd]|\{(\w*)\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^<>]*>", re.IGNORECASE)
FORMS = {"cy": 6, "en": 2}


def catalogue_of(locale: str) -> Catalog:
    return catalogues.read_catalogue(catalogues.catalogue_path(locale), locale)


def messages_of(locale: str) -> list[Message]:
    return list(catalogues.messages_of(catalogue_of(locale)))


def marks_of(text: str) -> Counter[str]:
    """Return the gaps that values are put into and the tags, which a translation may move but not change."""
    return Counter(match.group() for pattern in (NAMED, TAG) for match in pattern.finditer(text))


def pairs_of(message: Message) -> list[tuple[list[str], str]]:
    """Return each text beside the ids whose marks it may have: a form for one number may leave the number out."""
    if not message.pluralizable:
        return [([message.id], message.string)]
    *fixed, other = message.string
    return [(list(message.id), text) for text in fixed] + [([message.id[1]], other)]


def wrong_marks(message: Message) -> list[str]:
    return [
        f"{ids[0]!r} → {text!r}"
        for ids, text in pairs_of(message)
        if text and all(marks_of(text) != marks_of(known) for known in ids)
    ]


def test_the_template_holds_exactly_the_messages_of_the_code_and_the_templates() -> None:
    now = catalogues.render_catalogue(catalogues.extract_messages(), None)
    assert catalogues.template_path().read_bytes() == now, "run `make translations`"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalogue_has_the_messages_of_the_template_and_no_others(locale: str) -> None:
    template = catalogues.read_catalogue(catalogues.template_path(), None)
    ids = {(message.context, message.id) for message in catalogues.messages_of(template)}
    assert {(message.context, message.id) for message in messages_of(locale)} == ids, (
        "run `make translations`"
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalogue_is_written_as_make_translations_writes_it(locale: str) -> None:
    path = catalogues.catalogue_path(locale)
    assert path.read_bytes() == catalogues.render_catalogue(catalogue_of(locale), locale), (
        "run `make translations`"
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_untranslated(locale: str) -> None:
    assert [message.id for message in messages_of(locale) if not catalogues.is_whole(message)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_guessed_and_nothing_is_left_over(locale: str) -> None:
    catalogue = catalogue_of(locale)
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert list(catalogue.obsolete) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_marks_and_tags_are_the_same_in_each_form(locale: str) -> None:
    assert [line for message in messages_of(locale) for line in wrong_marks(message)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_each_plural_has_all_the_forms_of_its_language(locale: str) -> None:
    assert catalogue_of(locale).num_plurals == FORMS[locale]
    plurals = [message for message in messages_of(locale) if message.pluralizable]
    assert {message.id[0]: len(message.string) for message in plurals} == {
        message.id[0]: FORMS[locale] for message in plurals
    }


def test_welsh_chooses_among_six_forms(tmp_path: Path) -> None:
    catalogue = catalogue_of("cy")
    catalogue.add(("%(num)d story!", "%(num)d stories!"), tuple("012345"))
    with (tmp_path / "cy.mo").open("w+b") as file:
        write_mo(file, catalogue)
        file.seek(0)
        welsh = GNUTranslations(file)
    chosen = {
        n: welsh.ngettext("%(num)d story!", "%(num)d stories!", n)
        for n in (0, 1, 2, 3, 4, 5, 6, 7, 11, 16, 100)
    }
    assert chosen == {0: "0", 1: "1", 2: "2", 3: "3", 6: "4"} | dict.fromkeys((4, 5, 7, 11, 16, 100), "5")


@pytest.mark.parametrize(
    ("ids", "texts", "faults"),
    [
        ("Hello %(name)s", "Helo %(name)s", 0),
        ("Hello %(name)s", "Helo %(enw)s", 1),
        ("Hello {name}", "Helo {enw}", 1),
        ("<strong>Stop</strong>", "<strong>Stopiwch", 1),
        (("%(num)d story", "%(num)d stories"), ("dim stori", "%(num)d stori"), 1),
        (("One story", "%(num)d stories"), ("Un stori", "%(num)d stori"), 0),
        (("One story", "%(num)d stories"), ("Un stori", "llawer o straeon"), 1),
    ],
)
def test_a_mark_or_tag_that_was_changed_is_found(ids: str, texts: str, faults: int) -> None:
    assert len(wrong_marks(Message(ids, texts))) == faults


def test_the_plural_rule_of_welsh_survives_an_update(tmp_path: Path) -> None:
    path = tmp_path / "cy" / "messages.po"
    template = catalogues.new_catalogue(None)
    template.add(("%(num)d story", "%(num)d stories"))
    catalogues.update_catalogue(path, "cy", template)
    catalogues.update_catalogue(path, "cy", template)
    written = catalogues.read_catalogue(path, "cy")
    assert catalogues.PLURALS["cy"] in path.read_text(encoding="utf-8")
    assert [len(message.string) for message in catalogues.messages_of(written)] == [6]


def test_english_is_filled_from_the_ids_and_welsh_is_not() -> None:
    one, many = Message("Tell a story"), Message(("%(num)d story", "%(num)d stories"))
    catalogues.fill_english(one)
    catalogues.fill_english(many)
    assert (one.string, many.string) == ("Tell a story", ("%(num)d story", "%(num)d stories"))
