"""One row of many: what a file or a list says of an insight, in either language's words, and what cannot be taken."""

import re
from collections.abc import Mapping
from functools import cache

from involve.errors import BadInput
from involve.services.insights.insight_draft import InsightDraft
from involve.vocabulary.areas import AREAS
from involve.vocabulary.insights import BANDS, HOW

COLUMNS = ("text", "people", "how", "area", "try")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
# "2-5", "6 – 20", "20+": a band as people write one.
_RANGE = re.compile(r"([0-9]{1,3}) ?[-–] ?([0-9]{1,3})")
_AND_MORE = re.compile(r"(20|21) ?\+")


def read_row(project: str, fields: Mapping[str, str]) -> InsightDraft:
    """Return the draft that the cells of a row make, by name of the column; an empty cell says nothing.

    People are a number or a band, how and area ids or words of either language.

    Raises:
        BadInput: 'people', 'how' or 'area': what could not be read.
    """
    people, band = _read_people(fields.get("people", "").strip())
    return InsightDraft(
        project=project,
        text=fields.get("text", ""),
        people=people,
        band=band,
        how=_look_up("how", fields.get("how", "")),
        area=_look_up("area", fields.get("area", "")),
        idea=fields.get("try", ""),
    )


def _read_people(typed: str) -> tuple[int | None, str | None]:
    """Return a number or the id of a band; neither where nothing was typed."""
    if not typed:
        return None, None
    if _NUMBER.fullmatch(typed):
        return int(typed), None
    if _AND_MORE.fullmatch(typed):
        return None, "many"
    ends = _RANGE.fullmatch(typed)
    for band in BANDS:
        if ends and (int(ends[1]), int(ends[2])) == (band.least, band.most):
            return None, band.id
    return None, _look_up("people", typed)


def _look_up(name: str, typed: str) -> str | None:
    """Return the id that an id or a word of either language stands for."""
    wanted = " ".join(typed.split()).casefold().replace("'", "’")
    if not wanted:
        return None
    known = _names()[name]
    if wanted not in known:
        raise BadInput(name)
    return known[wanted]


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    """Return for each column the ids by what people may write."""
    named = {
        "people": [(band.id, band.name) for band in BANDS],
        "how": [(how.id, how.name) for how in HOW],
    }
    names = {
        column: {word.casefold(): id_ for id_, name in known for word in (id_, name.cy, name.en)}
        for column, known in named.items()
    }
    names["area"] = {
        word.casefold(): area.gss
        for area in AREAS
        for word in (area.gss, area.name.cy, area.name.en, area.short.cy, area.short.en)
    }
    return names
