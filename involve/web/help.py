"""Where to turn, in two parts: the few that come first when somebody's words speak of danger, and all the others."""

from collections.abc import Sequence

from involve.services.projects.signposts import SignpostView

# In danger, in despair (in both languages), hurt at home: the rest waits behind one press.
FIRST = ("999", "nhs-111-2", "samaritans", "samaritans-welsh", "live-fear-free")


def part_help(signposts: Sequence[SignpostView]) -> tuple[list[SignpostView], list[SignpostView]]:
    """Return the signposts that come first, then the others; where none of the first is shown, all come first."""
    first = [each for each in signposts if each.slug in FIRST]
    others = [each for each in signposts if each.slug not in FIRST]
    return (first, others) if first else (others, [])
