"""What differs between two versions of a codebook, theme by theme and part by part."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from involve.services.codebook.books import CodebookView, ThemeView

PARTS = ("name", "definition", "includes", "excludes")


@dataclass(frozen=True, slots=True)
class PartDifference:
    """One part in one language, as it was and as it is; of cues, those that were taken out and put in."""

    part: str
    language: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeDifference:
    """What happened to a theme: it was added, retired, brought back or changed, and in which parts."""

    theme: ThemeView
    kind: Literal["added", "retired", "restored", "changed"]
    parts: tuple[PartDifference, ...]


def compare_versions(before: CodebookView | None, after: CodebookView) -> tuple[ThemeDifference, ...]:
    """Return what differs in *after*, in its order. Themes never leave a codebook: they are retired."""
    known = {theme.key: theme for theme in before.themes} if before else {}
    found = []
    for theme in after.themes:
        old = known.get(theme.key)
        parts = tuple(_parts(old, theme))
        if old is None:
            found.append(ThemeDifference(theme, "added", parts))
        elif old.retired != theme.retired:
            found.append(ThemeDifference(theme, "retired" if theme.retired else "restored", parts))
        elif parts:
            found.append(ThemeDifference(theme, "changed", parts))
    return tuple(found)


def _parts(old: ThemeView | None, new: ThemeView) -> Iterator[PartDifference]:
    for part in PARTS:
        for language in ("cy", "en"):
            was = getattr(getattr(old, part), language) if old else ""
            words = getattr(getattr(new, part), language)
            if was != words:
                yield PartDifference(part, language, (was,) if was else (), (words,) if words else ())
    for language, name in (("cy", "cues_cy"), ("en", "cues_en")):
        had: tuple[str, ...] = getattr(old, name) if old else ()
        cues: tuple[str, ...] = getattr(new, name)
        out = tuple(cue for cue in had if cue not in cues)
        put_in = tuple(cue for cue in cues if cue not in had)
        if out or put_in:
            yield PartDifference("cues", language, out, put_in)
