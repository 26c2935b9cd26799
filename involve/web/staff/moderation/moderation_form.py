"""The form of moderation: what is hidden of a story, and what becomes of it."""

import re

from flask_wtf import FlaskForm
from wtforms.validators import Length, Optional

from involve.i18n import gettext, page_language
from involve.i18n import lazy_gettext as _l
from involve.services.moderation.staff_story import Span, StaffStory
from involve.vocabulary.personal_kinds import PERSONAL_KINDS, find_personal_kind
from involve.vocabulary.reasons import LONGEST_SENTENCE, reasons_for
from involve.web.fields import HiddenField, PickField, SomeOfField, WordsField, choice

OTHER = "other"
_PLACE = re.compile(r"[0-9]{1,6}")  # longer than any story
REASON_NEEDED = _l("Choose a reason: its teller reads it")


class HideForm(FlaskForm):  # type: ignore[misc]
    """Which noticed details and which other words the public does not see, and why a story is held or declined."""

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
    held_reason = PickField(_l("Why it is held"), [Optional()])
    declined_reason = PickField(_l("Why it is declined"), [Optional()])
    sentence = WordsField(
        _l("A sentence of yours for its teller, if one is needed"), [Optional()], limit=LONGEST_SENTENCE
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

        for field, verdict in ((self.held_reason, "held"), (self.declined_reason, "declined")):
            reasons = [choice(each.id, each.name.in_language(language)) for each in reasons_for(verdict)]
            field.choices = [choice("", gettext("Choose a reason")), *reasons]

    def reason_for(self, verdict: str) -> str | None:
        """Return the reason that was chosen for a verdict; None where it needs none or none was chosen."""
        chosen = {"held": self.held_reason, "declined": self.declined_reason}
        return (chosen[verdict].data or None) if verdict in chosen else None

    def refuse_missing(self, text: str, verdict: str) -> bool:
        """Whether words to hide do not stand in *text*, or a reason was not chosen; the fields then say so."""
        missing = self.missing_in(text)
        if missing:
            words = " · ".join(missing)
            self.words.errors = [
                _l("These words are not in the story, exactly as written: %(words)s", words=words)
            ]
        asked = {"held": self.held_reason, "declined": self.declined_reason}.get(verdict)
        if asked is not None and not asked.data:
            asked.errors = [REASON_NEEDED]
            return True
        return bool(missing)

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


def _read_span(value: str, text: str) -> Span | None:
    """Return the span that the value of a box says, if it is one of *text*."""
    start, _, rest = value.partition(":")
    end, _, kind = rest.partition(":")
    known = kind in {each.id for each in PERSONAL_KINDS} and _PLACE.fullmatch(start) and _PLACE.fullmatch(end)
    return (int(start), int(end), kind) if known and int(start) < int(end) <= len(text) else None


def _value(span: Span) -> str:
    """Return a span as the value of a box."""
    return ":".join(str(part) for part in span)
