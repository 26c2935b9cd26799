"""What someone logs as an insight, and the rules that it is held to."""

from dataclasses import dataclass, replace

from involve.errors import BadInput, TextRefused
from involve.services.stories.tell import clean_text, plain_line_ends
from involve.vocabulary.areas import AREAS
from involve.vocabulary.insights import BANDS, HOW, band_of

LONGEST_INSIGHT = 2_000
LONGEST_IDEA = 1_000
MOST_PEOPLE = 9_999_999


@dataclass(frozen=True, slots=True)
class InsightDraft:
    """What someone logs: `band` and `how` are ids of vocabulary.insights, `area` a GSS code, `people` a number."""

    project: str
    text: str
    people: int | None = None
    band: str | None = None
    how: str | None = None
    area: str | None = None
    idea: str = ""
    wants_letter: bool = False


def check_draft(draft: InsightDraft) -> InsightDraft:
    """Return a draft as it can be kept: plain line ends, no space around, the band of the number.

    Raises:
        TextRefused: 'empty', 'long' or 'unreadable'.
        BadInput: 'people', 'band', 'how', 'area', 'idea': what cannot be.
    """
    text, idea = plain_line_ends(draft.text).strip(), plain_line_ends(draft.idea).strip()
    if not text:
        raise TextRefused("empty")
    if len(text) > LONGEST_INSIGHT:
        raise TextRefused("long")
    if text != clean_text(text) or idea != clean_text(idea):
        raise TextRefused("unreadable")
    if len(idea) > LONGEST_IDEA:
        raise BadInput("idea")
    if draft.people is not None and not 1 <= draft.people <= MOST_PEOPLE:
        raise BadInput("people")
    for name, value, known in (
        ("band", draft.band, {band.id for band in BANDS}),
        ("how", draft.how, {how.id for how in HOW}),
        ("area", draft.area, {area.gss for area in AREAS}),
    ):
        if value is not None and value not in known:
            raise BadInput(name)
    band = band_of(draft.people) if draft.people else draft.band
    return replace(draft, text=text, idea=idea, band=band)
