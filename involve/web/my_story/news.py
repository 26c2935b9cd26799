"""What is new since the teller was here, said at the top of their story with the way to each."""

from collections.abc import Sequence
from dataclasses import dataclass

from involve.i18n import gettext as _
from involve.i18n import ngettext
from involve.services.publishing.corrections import CorrectionView
from involve.services.tellers.appeals import MyAppeal
from involve.services.tellers.conversation import Conversation
from involve.services.tellers.my_story import MyStory


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of news: how many of it, in words, and the part of the page where it stands."""

    count: int
    words: str
    part: str


def tell_news(
    story: MyStory,
    conversation: Conversation,
    corrections: Sequence[CorrectionView],
    appeal: MyAppeal | None,
) -> tuple[Piece, ...]:
    """Return what the teller sees for the first time."""
    answers = sum(reply.new for reply in story.replies)
    notices = sum(notice.new for notice in story.notices)
    asked = sum(each.new and each.kind == "question" for each in conversation.said)
    told = conversation.new - asked
    offered = sum(correction.new for correction in corrections)
    looked = appeal is not None and appeal.new
    pieces = (
        Piece(
            answers,
            ngettext("%(num)s answer to your story", "%(num)s answers to your story", answers),
            "answer",
        ),
        Piece(notices, _("The promise was changed"), "changed-promise"),
        Piece(
            asked, ngettext("%(num)s question for you", "%(num)s questions for you", asked), "conversation"
        ),
        Piece(told, ngettext("%(num)s message for you", "%(num)s messages for you", told), "conversation"),
        Piece(
            offered, ngettext("%(num)s small correction", "%(num)s small corrections", offered), "corrections"
        ),
        Piece(looked, _("What the second person said"), "second-person"),
        # An answer to an appeal tells of the same.
        Piece(story.moved and not looked, _("What becomes of your story"), "so-far"),
    )
    return tuple(piece for piece in pieces if piece.count)
