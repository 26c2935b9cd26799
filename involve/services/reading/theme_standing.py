"""Where a theme stands among its readers, by what they said (the rule in words: vocabulary.standings)."""

from involve.models import Theme
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.standings import Place, find_standing


def name_of(theme: Theme) -> Bilingual:
    """Return the name of a theme; where one language has none yet, that of the other stands for it."""
    return Bilingual(theme.name_cy or theme.name_en, theme.name_en or theme.name_cy)


def standing_of(theme: Theme) -> Place:
    """Return where a theme stands by what its readers said; who put it forward agrees until they say otherwise."""
    if theme.merged_into_id is not None:
        return "merged"
    agree = [word for word in theme.words if word.verdict == "agree"]
    if not agree:
        return "suggested"
    has_participant = any(word.story_id is not None for word in agree)
    return "agreed" if has_participant and 2 * len(agree) > len(theme.words) else "minority"


def is_kept(theme: Theme) -> bool:
    """Say whether a theme is public once its session is closed."""
    return find_standing(standing_of(theme)).kept
