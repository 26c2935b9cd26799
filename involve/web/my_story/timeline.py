"""What has happened to a story so far, and what comes next, in the words of the page."""

from dataclasses import dataclass
from datetime import date

from involve.i18n import format_date
from involve.i18n import gettext as _
from involve.services.my_story import MyStory


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: what happened, the day in words and as a machine reads it (both empty for what has no day).

    `ahead` marks what has not happened yet.
    """

    title: str
    date: str = ""
    iso: str = ""
    text: str = ""
    ahead: bool = False


def tell_timeline(story: MyStory, today: date) -> tuple[Happening, ...]:
    """Return what happened, in order, and what the teller can expect."""
    lines = [_on(_("We received your story"), story.received_on)]
    if story.tagged_on is None:
        lines.append(Happening(_("The software has not read it yet"), ahead=True))
    else:
        lines.append(_on(_("The software read it and made suggestions"), story.tagged_on))
    if story.read_on is None:
        lines.append(Happening(_("Nobody has read it yet"), ahead=True))
    else:
        lines.append(_on(_("Someone read it"), story.read_on))
    return (*lines, _publishing(story), *_answers(story, today))


def _publishing(story: MyStory) -> Happening:
    """Say whether the story is public, and why not."""
    if story.published_on is not None:
        return _on(_("It was published"), story.published_on)
    if "publish" not in story.uses:
        return Happening(
            _("It is not published"),
            text=_("You did not agree to that. You can change what you agree to below."),
        )
    if story.state == "held":
        return Happening(
            _("Someone is looking at it more closely"),
            text=_("Staff want to be sure that publishing it will not harm anyone."),
            ahead=True,
        )
    if story.state == "declined":
        return Happening(
            _("It will not be published"),
            text=_("Staff read it and decided not to publish it. You will still get an answer."),
        )
    return Happening(
        _("It is not published yet"),
        text=_("Someone reads it first and hides anything that could identify you."),
        ahead=True,
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
