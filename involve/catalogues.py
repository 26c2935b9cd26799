"""Keep translations/ in step with the code: `python -m involve.catalogues` extracts, updates, fills and compiles.

English is the message id. The English catalogue is filled from it, so that one rule ("nothing empty") holds for both
languages. Nothing is guessed: a changed message starts empty in Welsh.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from involve.paths import PACKAGE, asset_dir

LOCALES = ("cy", "en")
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(
    ["_l", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2", "_n:1,2", "_ln:1,2"]
)
# Unicode CLDR knows six categories for Welsh; the rule that Babel would write has five and merges two of them.
PLURALS = {
    "cy": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
    "en": "nplurals=2; plural=(n != 1);",
}
# Headers that hold a date or a name: they would make two equal catalogues differ, and say nothing here.
DROPPED_HEADERS = (
    b'"Project-Id-Version',
    b'"Report-Msgid-Bugs-To',
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Generated-By',
)


def template_path() -> Path:
    """Return where the template of all messages is."""
    return asset_dir("translations") / "messages.pot"


def catalogue_path(locale: str) -> Path:
    """Return where the catalogue of *locale* is."""
    return asset_dir("translations") / locale / "LC_MESSAGES" / "messages.po"


def extract_messages() -> Catalog:
    """Return every message of the package and its templates, as translations/babel.cfg maps them."""
    root = PACKAGE.parent
    with (asset_dir("translations") / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    template = new_catalogue(None)
    for folder in ("involve", "templates"):
        here = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        opts = {pattern.removeprefix(f"{folder}/"): option for pattern, option in options.items()}
        found = extract_from_dir(
            root / folder,
            here,
            opts,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for _name, _line, message, comments, context in found:
            template.add(message, auto_comments=comments, context=context)
    return template


def new_catalogue(locale: str | None) -> Catalog:
    """Return an empty catalogue with the headers of this project."""
    return Catalog(
        locale=locale,
        project="involve",
        charset="utf-8",
        fuzzy=False,
        header_comment="# Messages of Involve. Distributed under the Apache License 2.0, like the code.",
    )


def render_catalogue(catalogue: Catalog, locale: str | None) -> bytes:
    """Return the text of a catalogue, without places and dates: equal messages give equal bytes."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = [line for line in buffer.getvalue().split(b"\n") if not line.startswith(DROPPED_HEADERS)]
    if locale:
        forms = f'"Plural-Forms: {PLURALS[locale]}\\n"'.encode()
        lines = [forms if line.startswith(b'"Plural-Forms') else line for line in lines]
    return b"\n".join(lines)


def read_catalogue(path: Path, locale: str | None) -> Catalog:
    """Return the catalogue in *path*, or an empty one when there is none yet."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render_catalogue(new_catalogue(locale), locale))
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def update_catalogue(path: Path, locale: str, template: Catalog) -> None:
    """Take the messages of *template* into the catalogue of *locale* in *path*, keeping what is translated."""
    catalogue = read_catalogue(path, locale)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=True)
    if locale == "en":
        for message in messages_of(catalogue):
            fill_english(message)
    path.write_bytes(render_catalogue(catalogue, locale))


def fill_english(message: Message) -> None:
    """Give an English message that is empty its own id as text."""
    if not any(texts_of(message)):
        message.string = tuple(message.id) if message.pluralizable else message.id


def messages_of(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages without the header."""
    return (message for message in catalogue if message.id)


def compile_catalogues() -> None:
    """Write the .mo file beside each catalogue."""
    for locale in LOCALES:
        path = catalogue_path(locale)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read_catalogue(path, locale))


def main() -> None:
    """Extract, update, fill and compile; say how much of each language is there."""
    template = extract_messages()
    template_path().write_bytes(render_catalogue(template, None))
    for locale in LOCALES:
        update_catalogue(catalogue_path(locale), locale, template)
        messages = list(messages_of(read_catalogue(catalogue_path(locale), locale)))
        empty = sum(1 for message in messages if not is_whole(message))
        print(f"{locale}: {len(messages)} messages, {empty} untranslated", file=sys.stderr)
    compile_catalogues()


def is_whole(message: Message) -> bool:
    """Return whether every form of the message has a text."""
    return all(texts_of(message))


def texts_of(message: Message) -> tuple[str, ...]:
    """Return the translated text, in each of its forms where it has several."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


if __name__ == "__main__":
    main()
