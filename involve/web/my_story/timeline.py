"""What has happened to a story so far, and what comes next, in the words of the page."""

from dataclasses import dataclass, replace
from datetime import date

from involve.i18n import format_date, page_language
from involve.i18n import gettext as _
from involve.services.tellers.my_story import MyStory
from involve.vocabulary.reasons import find_reason


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: what happened, the day in words and as a machine reads it (both empty for what has no day).

    `ahead` marks what has not happened yet. `quote` is what a member of staff wrote, in the language `quote_lang`.
    """

    title: str
    date: str = ""
    iso: str = ""
    text: str = ""
    ahead: bool = False
    quote: str = ""
    quote_lang: str = ""


def tell_timeline(story: MyStory, today: date) -> tuple[Happening, ...]:
    """Return what happened, in order, and what the teller can expect."""
    lines = [_on(_("We received your story"), story.received_on)]
    if story.tagged_on is None:
        lines.append(Happening(_("The software has not read it yet"), ahead=True))
    else:
        lines.append(_on(_("The software read it and made suggestions"), story.tagged_on))
    if story.read_on is None:
        lines.append(_unread(story, today))
    else:
        lines.append(_on(_("Someone read it"), story.read_on))
    return (*lines, tell_decision(story), *_answers(story, today))


def tell_decision(story: MyStory) -> Happening:
    """Say whether the story is public, and why not."""
    if story.published_on is not None:
        return _on(_("It was published"), story.published_on)
    if "publish" not in story.uses:
        return Happening(
            _("It is not published"),
            text=_("You did not agree to that. You can change what you agree to below."),
        )
    if story.state == "held":
        return _decided(
            story,
            _("Someone is looking at it more closely"),
            _("Staff want to be sure that publishing it will not harm anyone."),
            ahead=True,
        )
    if story.state == "declined":
        return _decided(
            story,
            _("It will not be published"),
            _("Staff read it and decided not to publish it. You will still get an answer."),
        )
    return Happening(
        _("It is not published yet"),
        text=_("Someone reads it first and hides anything that could identify you."),
        ahead=True,
    )


def _unread(story: MyStory, today: date) -> Happening:
    """Say by when somebody is to read it, which every project promises."""
    day = format_date(story.read_by)
    late = story.read_by < today
    text = (
        _("Someone was to read it by %(day)s.", day=day)
        if late
        else _("Someone is to read it by %(day)s.", day=day)
    )
    return Happening(_("Nobody has read it yet"), text=text, ahead=True)


def _decided(story: MyStory, title: str, text: str, ahead: bool = False) -> Happening:
    """Say why the story is held or declined, with what a moderator added; *text* where nobody gave a reason."""
    if story.decided is None:
        return Happening(title, text=text, ahead=ahead)
    line = _on(title, story.decided.on, ahead)
    reason = find_reason(story.decided.reason).sentence.in_language(page_language())
    more = "" if story.state == "held" else _("Nothing of it is deleted, and you will still get an answer.")
    return replace(
        line,
        text=f"{reason} {more}".strip(),
        quote=story.decided.sentence or "",
        quote_lang=story.decided.language or "",
    )


def _answers(story: MyStory, today: date) -> list[Happening]:
    """Say when the teller was answered, or by when they will be."""
    if story.replies:
        return [_on(_("You were answered"), reply.written_on) for reply in story.replies]
    late = story.answer_by < today
    return [
        _on(_("An answer was due by") if late else _("You get an answer by"), story.answer_by, ahead=True)
    ]


def _on(title: str, day: date, ahead: bool = False) -> Happening:
    """Return a line with its day."""
    return Happening(title, format_date(day), day.isoformat(), ahead=ahead)
