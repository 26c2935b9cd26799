"""What has happened to a story so far, and what comes next, in the words of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from involve.i18n import format_date, ngettext, page_language
from involve.i18n import gettext as _
from involve.services.stories.voices import Understood
from involve.services.tellers.my_story import MyStory
from involve.services.tellers.my_way import MyWay
from involve.vocabulary.reasons import find_reason
from involve.web.labels import facet_label
from involve.web.my_story.gathered import Gathered
from involve.web.my_story.timeline_decisions import tell_decisions, tell_later
from involve.web.my_story.timeline_lines import Happening, on_day


def tell_timeline(all_of_it: Gathered, today: date) -> tuple[Happening, ...]:
    """Return what happened, by day, and then what the teller can expect."""
    story = all_of_it.story
    lines = [
        on_day(_("We received your story"), story.received_on),
        *_read(story, today),
        _among_others(tell_decision(story), all_of_it.way),
        *_linked(story),
        *_answers(story, today),
        *tell_decisions(all_of_it),
        *tell_later(all_of_it, today),
    ]
    # What has no day keeps its place among those of the first.
    first = story.received_on.isoformat()
    return tuple(sorted(lines, key=lambda line: (line.ahead, line.iso or first)))


def _read(story: MyStory, today: date) -> Iterator[Happening]:
    """Yield when the software read the story, with what it suggests, and when a person did."""
    if story.tagged_on is None:
        yield Happening(_("The software has not read it yet"), ahead=True)
    else:
        line = on_day(_("The software read it and made suggestions"), story.tagged_on)
        names = _names([tag for tag in story.tags if tag.verdict == "suggested"])
        yield replace(line, text=_("Suggested: %(names)s", names=names) if names else "")
    yield _unread(story, today) if story.read_on is None else on_day(_("Someone read it"), story.read_on)


def _linked(story: MyStory) -> Iterator[Happening]:
    """Yield what people linked the story to."""
    names = _names([tag for tag in story.tags if tag.verdict == "confirmed"])
    if names:
        day = story.read_on or story.tagged_on or story.received_on
        yield Happening(_("It is linked to what it is about"), text=names, iso=day.isoformat())


def _names(tags: Sequence[Understood]) -> str:
    return " · ".join(facet_label(tag.scheme, tag.concept) for tag in tags)


def _among_others(line: Happening, way: MyWay) -> Happening:
    """Return the line on publishing; of a published story it says among how many it counts."""
    if not way.counted:
        return line
    if way.counted == 1:
        return replace(line, text=_("It is the first story of its project that is published."))
    words = ngettext(
        "It counts as %(num)s published story of its project.",
        "It counts as one of %(num)s published stories of its project.",
        way.counted,
    )
    return replace(line, text=words)


def tell_decision(story: MyStory) -> Happening:
    """Say whether the story is public, and why not."""
    if story.published_on is not None:
        return on_day(_("It was published"), story.published_on)
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
    line = on_day(title, story.decided.on, ahead)
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
        return [on_day(_("You were answered"), reply.written_on) for reply in story.replies]
    late = story.answer_by < today
    return [
        on_day(_("An answer was due by") if late else _("You get an answer by"), story.answer_by, ahead=True)
    ]
