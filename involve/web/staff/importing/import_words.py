"""What staff are told of a file that they bring in: why it cannot be read, how it was read, and why a row stays out."""

from collections.abc import Iterator

from flask_babel import LazyString

from involve.i18n import gettext
from involve.i18n import lazy_gettext as _l
from involve.services.importing.tables import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS
from involve.services.importing.uploads import ImportView
from involve.vocabulary.insights import HOW
from involve.web.explanation import Explanation

MEGABYTES, ROWS = LARGEST_FILE // 1_000_000, f"{MOST_ROWS:,}"
# Why nothing of a file can be taken, by the name that the service gives it.
FILES = {
    "empty": _l("The file is empty"),
    "large": _l("The file is larger than %(size)s MB. Send it in parts.", size=MEGABYTES),
    "rows": _l("The file has more than %(rows)s rows. Send it in parts.", rows=ROWS),
    "kind": _l("This is no table. Send CSV, Excel (XLSX), OpenDocument (ODS) or JSON Lines."),
    "old_workbook": _l(
        "This is an Excel file of an older kind, or one locked with a password. Save it as an Excel workbook (XLSX) "
        "without a password and send that."
    ),
    "locked": _l("The file is locked with a password. Save it without one and send that."),
    "broken": _l("The file is damaged or was cut short. Open it, save it anew and send that."),
    "bomb": _l("Unpacked, the file is far larger than a table of stories. It was not opened."),
    "encoding": _l(
        "The letters of this file cannot be read. Save it as “CSV UTF-8”, so that letters such as ŵ and ŷ come through."
    ),
    "binary": _l("This is not a text file, whatever its name says. Save your table as “CSV UTF-8”."),
    "headings": _l(
        "There is no row beneath the names of the columns. The first line has to name the columns."
    ),
}
# How a file was read, where a person should look twice.
NOTES = {
    "cp1252": _l(
        "The file is not in UTF-8, so it was read as Windows letters (Windows-1252). Look at the rows: where letters "
        "are wrong, or ŵ and ŷ became a question mark, save it as “CSV UTF-8” and send that."
    ),
    "utf-16": _l("The file is in UTF-16, and was read as that."),
    "merged": _l(
        "Some cells are merged. What stands in them counts once, in the first cell; the others are empty."
    ),
    "formulas": _l(
        "Some cells hold formulas. None is run: what the spreadsheet saved last as the result counts, and nothing "
        "where it saved none."
    ),
    "sheets": _l("There are several sheets. Only the first that holds anything was read."),
    "columns": _l("There are more than %(columns)s columns. Only the first were read.", columns=MOST_COLUMNS),
}
# Why a row cannot be taken.
REASONS = {
    "empty": _l("No text"),
    "long": _l("The text is longer than 20,000 characters"),
    "unreadable": _l("The text holds characters that cannot be read"),
    "id": _l("The id is longer than 200 characters, or holds characters that cannot be read"),
    "csv": _l("The line cannot be read: perhaps a quotation mark is missing or stands in the wrong place"),
    "people": _l("People: write a whole number, or 2-5, 6-20 or 20+"),
    "how": _l("How: write %(words)s", words=", ".join(how.id for how in HOW)),
    "area": _l("Area: write the name of a local authority, in Welsh or in English, or its GSS code"),
    "idea": _l("What you would try is longer than 1,000 characters"),
}
LONG_INSIGHT = _l("The text is longer than 2,000 characters")
TOO_LARGE = Explanation(
    "too_large",
    413,
    _l("This file is too large"),
    _l("A file of stories can have up to %(size)s MB and %(rows)s rows.", size=MEGABYTES, rows=ROWS),
)


def reason_words(reason: str, view: ImportView) -> LazyString:
    """Return why a row of a file cannot be taken."""
    insights = view.plan is not None and view.plan.told_as == "insight"
    return LONG_INSIGHT if reason == "long" and insights else REASONS[reason]


def note_words(view: ImportView) -> Iterator[LazyString | str]:
    """Yield what to know of how a file was read."""
    yield from (words for note, words in NOTES.items() if note in view.notes)
    if view.heading > 1:
        yield gettext("The names of the columns were taken from line %(line)s.", line=view.heading)
