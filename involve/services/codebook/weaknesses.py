"""What is weak in a codebook without being wrong, theme by theme: words that one language lacks, cues that collide."""

from collections.abc import Sequence
from dataclasses import dataclass

from involve.services.codebook.books import ThemeView, as_concepts
from involve.text.codebook_check import find_weaknesses
from involve.text.codebook_file import Findings

SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Weakness:
    """One weakness of *theme*: its kind, the language that it is about, and the words: a cue, and what it meets."""

    theme: ThemeView
    code: str
    language: str
    words: tuple[str, ...] = ()
    others: tuple[ThemeView, ...] = ()


def list_weaknesses(themes: Sequence[ThemeView]) -> tuple[Weakness, ...]:
    """Return what is weak in the themes that are not retired: first each by itself, then what they share."""
    active = [theme for theme in themes if not theme.retired]
    found = []
    for theme in active:
        alone = Findings()
        find_weaknesses(as_concepts([theme]), alone)
        found += [Weakness(theme, each.code, each.about[0], each.about[1:]) for each in alone.warnings]
    by_concept = {theme.concept: theme for theme in active}
    together = Findings()
    find_weaknesses(as_concepts(active), together)
    for each in together.warnings:
        if each.code == SHARED:
            language, cue, first, *others = each.about
            meets = tuple(by_concept[other] for other in others)
            found.append(Weakness(by_concept[first], SHARED, language, (cue,), meets))
    return tuple(found)
