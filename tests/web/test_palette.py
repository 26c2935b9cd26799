"""The contrast of the colours that the style sheets put together, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

from involve.paths import PACKAGE

SCSS = PACKAGE / "web" / "assets" / "scss"
CONCEPTS = (
    "prosperous", "resilient", "healthier", "equal", "cohesive", "culture", "global", "way", "theme", "brand", "good",
    "bad", "warn",
)  # fmt: skip
GROUNDS = ("paper", "band", "card")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "soft", "link", "link-deep", "brand-ink", "bad") for ground in GROUNDS),
    *((f"{concept}-ink", f"{concept}-tint") for concept in CONCEPTS),
    *((f"{concept}-ink", "card") for concept in CONCEPTS),
    *(("ink", tint) for tint in ("mark", "good-tint", "bad-tint", "warn-tint", "brand-tint", "healthier-tint")),
    ("soft", "brand-tint"), ("link", "brand-tint"), ("on-brand", "brand"), ("on-brand", "brand-deep"),
    ("paper", "bad-ink"), ("paper", "ink"),
]  # fmt: skip
SHAPE_PAIRS = [(shape, ground) for shape in ("edge", "ring", "brand", "bad") for ground in GROUNDS]


def read_mixin(name: str) -> dict[str, str]:
    block = re.search(rf"@mixin {name} {{(.*?)\n}}", (SCSS / "_palette.scss").read_text(), re.DOTALL)
    assert block
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_guidelines_say() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(scheme: str, ink: str, ground: str) -> None:
    colours = read_mixin(scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_and_the_ring_of_focus_stand_out(scheme: str, shape: str, ground: str) -> None:
    colours = read_mixin(scheme)
    assert contrast(colours[shape], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_in_the_hues_of_the_goals_stand_out(scheme: str) -> None:
    hues = re.findall(r'"[a-z]+": (#[0-9a-f]{6})', (SCSS / "_hues.scss").read_text())
    assert len(hues) == 9
    colours = read_mixin(scheme)
    assert [hue for hue in hues if contrast(hue, colours["paper"]) < 3] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_can_be_read_on_every_shade_of_a_picture(scheme: str) -> None:
    found = re.search(r"\$shades: \((.*)\)", (SCSS / "_pictures.scss").read_text())
    assert found
    colours = read_mixin(scheme)
    for place, share in enumerate(map(float, found[1].split(","))):
        ground = mix(colours["brand"], colours["paper"], share)
        assert contrast(colours["on-brand" if place > 2 else "ink"], ground) >= 4.5, place


def mix(colour: str, ground: str, share: float) -> str:
    """Return what a colour looks like that covers so much of a ground."""
    parts = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02x}" for over, under in parts)


def test_both_schemes_name_the_same_colours() -> None:
    assert read_mixin("light").keys() == read_mixin("dark").keys()


def test_no_colour_is_used_that_the_palette_lacks() -> None:
    defined = set(read_mixin("light")) | {"shadow", "words", "step"}
    for path in Path(SCSS).glob("_*.scss"):
        assert set(re.findall(r"var\(--([a-z-]+)\)", path.read_text())) <= defined, path.name
