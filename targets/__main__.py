"""Prints the table of targets: `make bench-text`. Takes a few minutes; needs the reference data beside the checkout."""

import sys
from collections.abc import Callable, Iterator

from involve.cli.tables import write_columns
from targets.care import measure_personal, measure_risk, measure_speed
from targets.measure import SHARED, Measure
from targets.publishing import measure_publishing
from targets.stories import measure_stories
from targets.themes import measure_nhs, measure_sdg, measure_sib
from targets.words import measure_languages, measure_words

_ALL: tuple[Callable[[], Iterator[Measure]], ...] = (
    measure_stories,
    measure_words,
    measure_languages,
    measure_nhs,
    measure_sib,
    measure_sdg,
    measure_personal,
    measure_publishing,
    measure_risk,
    measure_speed,
)


def main(names: list[str]) -> None:
    """Print the measures whose function's name holds one of *names*, or all of them."""
    if not SHARED.is_dir():
        sys.exit(
            "The reference data ../shared is not beside this checkout, so there is nothing to measure on."
        )
    rows = [("measure", "on", "target", "value", "met")]
    for measure in _ALL:
        if not names or any(name in measure.__name__ for name in names):
            print(measure.__name__, file=sys.stderr)
            rows += [
                (
                    each.name,
                    each.on,
                    "" if each.target is None else f"{'<=' if each.at_most else '>='} {each.target:.3g}",
                    f"{each.value:.3f}",
                    each.met,
                )
                for each in measure()
            ]
    print("\n".join(write_columns(rows)))


if __name__ == "__main__":
    main(sys.argv[1:])
