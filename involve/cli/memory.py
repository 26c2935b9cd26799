"""How often Python looks for rubbish in a program that makes and drops thousands of objects at a time."""

import gc

# A page, or a part of a file, makes a few thousand objects, which go away by themselves: Python's own thresholds look
# several times at each.
THRESHOLDS = (20_000, 10, 10)


def settle_memory() -> None:
    """Set apart what the program is made of: to look through it again and again is a tenth of each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
