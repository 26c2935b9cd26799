"""What is new since the teller was here, said at the top of their story with the way to each."""

from collections.abc import Iterator
from dataclasses import dataclass

from involve.i18n import gettext as _
from involve.i18n import ngettext
from involve.web.my_story.gathered import Gathered


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of news: how many of it, in words, and the part of the page where it stands."""

    count: int
    words: str
    part: str


def tell_news(all_of_it: Gathered) -> tuple[Piece, ...]:
    """Return what the teller sees for the first time."""
    pieces = (*_of_decisions(all_of_it), *_of_words(all_of_it), *_of_the_story(all_of_it))
    return tuple(piece for piece in pieces if piece.count)


def _of_decisions(all_of_it: Gathered) -> Iterator[Piece]:
    """Yield what was decided with the story, and what came of it."""
    decided = sum(each.new for each in all_of_it.decisions)
    came = sum(outcome.new for each in all_of_it.decisions for outcome in each.outcomes)
    yield Piece(
        decided,
        ngettext(
            "%(num)s decision that considered your story",
            "%(num)s decisions that considered your story",
            decided,
        ),
        "decisions",
    )
    yield Piece(
        came,
        ngettext(
            "%(num)s piece of news on what came of a decision",
            "%(num)s pieces of news on what came of a decision",
            came,
        ),
        "decisions",
    )


def _of_words(all_of_it: Gathered) -> Iterator[Piece]:
    """Yield what staff wrote to the teller."""
    story, conversation = all_of_it.story, all_of_it.conversation
    answers = sum(reply.new for reply in story.replies)
    notices = sum(notice.new for notice in story.notices)
    asked = sum(each.new and each.kind == "question" for each in conversation.said)
    told = conversation.new - asked
    yield Piece(
        answers, ngettext("%(num)s answer to your story", "%(num)s answers to your story", answers), "answer"
    )
    yield Piece(notices, _("The promise was changed"), "changed-promise")
    yield Piece(
        asked, ngettext("%(num)s question for you", "%(num)s questions for you", asked), "conversation"
    )
    yield Piece(told, ngettext("%(num)s message for you", "%(num)s messages for you", told), "conversation")


def _of_the_story(all_of_it: Gathered) -> Iterator[Piece]:
    """Yield what became of the story itself, and what others told since."""
    appeal = all_of_it.appeal
    offered = sum(correction.new for correction in all_of_it.corrections)
    looked = appeal is not None and appeal.new
    yield Piece(
        offered, ngettext("%(num)s small correction", "%(num)s small corrections", offered), "corrections"
    )
    yield Piece(looked, _("What the second person said"), "second-person")
    # An answer to an appeal tells of the same.
    yield Piece(all_of_it.story.moved and not looked, _("What becomes of your story"), "so-far")
    yield Piece(all_of_it.alike.newer, _("More people have said something like it"), "alike")
