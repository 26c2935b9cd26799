"""The forms of staff: what to hide, an answer, and a service to turn to."""

import re

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, Optional

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.replies import LONGEST_REPLY
from involve.services.staff_story import Span, StaffStory
from involve.vocabulary.personal_kinds import PERSONAL_KINDS, find_personal_kind
from involve.web.fields import (
    DayField,
    HiddenField,
    LineField,
    PickField,
    SomeOfField,
    TickField,
    WordsField,
    choice,
)

OTHER = "other"
_PLACE = re.compile(r"[0-9]{1,6}")  # longer than any story
NEEDED = _l("Write something here")


class HideForm(FlaskForm):  # type: ignore[misc]
    """Which noticed details and which other words the public does not see."""

    version = HiddenField()
    spans = SomeOfField(_l("Hide these"), [Optional()])
    words = WordsField(
        _l("Other words to hide"),
        [Optional(), Length(max=2000, message=_l("At most 2,000 characters"))],
        description=_l(
            "One to a line, exactly as in the story. Every place where they stand is hidden. At most 2,000 characters."
        ),
    )

    kind = PickField(
        _l("What these other words are"),
        [Optional()],
        description=_l("The public sees it in their place."),
        default=OTHER,
    )

    def __init__(self, story: StaffStory) -> None:
        # On a story that nobody has moderated, all that the machine noticed is ticked.
        super().__init__(data={"version": story.version, "spans": [_value(span) for span in story.hidden]})
        language, text = page_language(), story.text or ""
        spoken = story.language if story.language in ("cy", "en") else None
        # What was ticked when the page was opened stays to be ticked, whatever a colleague did meanwhile.
        ticked = {span for value in self.spans.data or () if (span := _read_span(value, text))}
        self.spans.data = [_value(span) for span in sorted(ticked)]
        self.spans.choices = [
            choice(
                _value(span),
                text[span[0] : span[1]],
                hint=find_personal_kind(span[2]).name.in_language(language),
                lang=spoken,
            )
            for span in sorted({*story.personal, *story.hidden, *ticked})
        ]
        self.kind.choices = [
            choice(kind.id, kind.name.in_language(language)) for kind in reversed(PERSONAL_KINDS)
        ]

    def catch_up(self, story: StaffStory) -> None:
        """Take over what a colleague hid meanwhile: only who sees it and takes its tick away may show it again."""
        self.version.data = story.version
        self.spans.data = sorted({*(self.spans.data or ()), *(_value(span) for span in story.hidden)})

    def spans_in(self, text: str) -> tuple[Span, ...]:
        """Return all that is to be hidden of *text* (start, end, kind)."""
        spans = {span for value in self.spans.data or () if (span := _read_span(value, text))}
        for line in filter(None, (line.strip() for line in (self.words.data or "").splitlines())):
            at = text.find(line)
            while at >= 0:
                spans.add((at, at + len(line), self.kind.data or OTHER))
                at = text.find(line, at + len(line))
        return tuple(sorted(spans))

    def missing_in(self, text: str) -> list[str]:
        """Return the lines that do not stand in *text*, so that a slip does not leave a name in public."""
        lines = (line.strip() for line in (self.words.data or "").splitlines())
        return [line for line in lines if line and line not in text]


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """An answer in one language or both."""

    text_cy = WordsField(_l("The answer in Welsh"), [Optional()], limit=LONGEST_REPLY)
    text_en = WordsField(_l("The answer in English"), [Optional()], limit=LONGEST_REPLY)
    public = TickField(
        _l("Also show it to everyone on the page of what changed"),
        description=_l("It then needs both languages, and must not say anything about one person."),
    )


class SignpostForm(FlaskForm):  # type: ignore[misc]
    """A service to turn to, in both languages, with where the facts were checked and when."""

    name_cy = LineField(_l("Name in Welsh"), [InputRequired(NEEDED)])
    name_en = LineField(_l("Name in English"), [InputRequired(NEEDED)])
    purpose_cy = WordsField(_l("What for, in Welsh"), [InputRequired(NEEDED)], limit=500)
    purpose_en = WordsField(_l("What for, in English"), [InputRequired(NEEDED)], limit=500)
    reach = LineField(_l("Telephone number or address"), [InputRequired(NEEDED)])
    hours_cy = LineField(_l("Hours, in Welsh"), [InputRequired(NEEDED)])
    hours_en = LineField(_l("Hours, in English"), [InputRequired(NEEDED)])
    source = LineField(_l("Where this was checked"), [InputRequired(NEEDED)])
    checked_on = DayField(_l("When it was checked"), [InputRequired(_l("Write a day, a month and a year"))])
    verified = TickField(_l("These facts were checked: show them to the public"))


def _read_span(value: str, text: str) -> Span | None:
    """Return the span that the value of a box says, if it is one of *text*."""
    start, _, rest = value.partition(":")
    end, _, kind = rest.partition(":")
    known = kind in {each.id for each in PERSONAL_KINDS} and _PLACE.fullmatch(start) and _PLACE.fullmatch(end)
    return (int(start), int(end), kind) if known and int(start) < int(end) <= len(text) else None


def _value(span: Span) -> str:
    """Return a span as the value of a box."""
    return ":".join(str(part) for part in span)
